// Keys of the to-do list and of sheets verified together; after a move n opens the next of its kind.
(function () {
  "use strict";
  const doc = document, STEPS = "#rows a.main, [data-together] tbody input[type=checkbox]";
  let going = 0;

  function step(by, among) {
    const rows = [...doc.querySelectorAll(among)], on = doc.activeElement;
    const after = (one) => on.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const away = !on.closest("main") || on.id === "main";
    const next = by > 0 ? rows.find((one) => away || after(one)) : rows.reverse().find((one) => one !== on && (away || !after(one)));
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
    return next;
  }
  function turn(box, to) {
    if (box) { box.checked = to; box.dispatchEvent(new Event("change", { bubbles: true })); }
    return box;
  }
  const ticks = () => [...doc.querySelectorAll('#rows input[form="bulk"]')];
  const KEYS = {
    j: () => step(1, STEPS),
    k: () => step(-1, STEPS),
    n: () => {
      const next = doc.querySelector("a[data-next]");
      if (next) { next.click(); }
      return next || (doc.querySelector("[data-together]") && step(1, "[data-together] input[name=sheet]"));
    },
    o: (on) => { if (on.matches("#rows a.main")) { on.click(); return on; } return null; },
    x: (on) => {
      const box = on.matches("[data-together] input") ? on : on.closest("#rows tr") && on.closest("tr").querySelector('input[form="bulk"]');
      return box && turn(box, !box.checked);
    },
    a: () => { const all = ticks(), to = !all.every((one) => one.checked); all.forEach((one) => turn(one, to)); return all[0]; },
    v: () => { const bulk = ticks().some((one) => one.checked) && doc.getElementById("bulk"); if (bulk) { bulk.requestSubmit(); } return bulk; },
  };

  doc.addEventListener("keydown", (event) => {
    const on = event.target, whole = doc.querySelector("form[data-together]");
    if (whole && event.key === "Enter" && event.ctrlKey) { event.preventDefault(); whole.requestSubmit(); return; }
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName) && on.type !== "checkbox";
    if (typing || on.isContentEditable || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const went = Date.now() - going < 1200;  // "g" and a letter go elsewhere
    going = event.key === "g" ? Date.now() : 0;
    if (!went && Object.hasOwn(KEYS, event.key) && KEYS[event.key](on)) { event.preventDefault(); }
  });
})();
