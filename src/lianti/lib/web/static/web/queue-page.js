// Forms marked data-queue go through queue.js; #queue says what waits and what was said of it.
(function () {
  "use strict";
  const doc = document, queue = window.liantiQueue;
  if (!queue) { return; }
  const { bar, seat } = queue, words = JSON.parse(bar.dataset.words), FORMS = "form[data-queue]";
  const DROPPED = /^(csrfmiddlewaretoken|by)$/, SIDE = 1600;
  let opens = null;

  function el(tag, text, more, ...inside) {
    const made = doc.createElement(tag);
    if (text) { made.textContent = text; }
    Object.entries(more || {}).forEach(([name, value]) => (name === "do" ? made.addEventListener("click", value) : made.setAttribute(name, value)));
    made.append(...inside);
    return made;
  }
  const button = (text, press) => el("button", text, { type: "button", class: "button small", do: press });
  const posts = (form) => form.getAttribute("action") || location.pathname + location.search.replace(/([?&])kept=[^&]*/, "$1");
  const clock = (time) => new Date(+time).toLocaleString(doc.documentElement.lang, { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
  const filled = (text, n) => text.replace("{n}", n);

  // A number as the server's forms have it: time, then chance.
  function fresh(form) {
    const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let time = Date.now(), text = "";
    for (let i = 0; i < 10; i += 1) { text = letters[time % 32] + text; time = Math.floor(time / 32); }
    crypto.getRandomValues(new Uint8Array(16)).forEach((byte) => { text += letters[byte % 32]; });
    form.elements.key.value = text;
  }

  // A photo is drawn anew, smaller: what the camera wrote about place and device stays behind.
  async function shrunk(file) {
    const as = async (blob, name) => ({ name, type: blob.type, bytes: await blob.arrayBuffer() });
    try {
      if (!/^image\//.test(file.type)) { throw file; }
      const picture = new Image();
      picture.src = await load(file);
      await picture.decode();
      const part = Math.min(1, SIDE / Math.max(picture.width, picture.height)), width = picture.width * part, height = picture.height * part;
      const canvas = el("canvas", "", { width, height }), pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, width, height);
      pen.drawImage(picture, 0, 0, width, height);
      return await as(await new Promise((yes) => canvas.toBlob(yes, "image/jpeg", 0.82)), file.name.replace(/\.\w+$/, "") + ".jpg");
    } catch (other) { return as(file, file.name); }  // no picture, or none that this browser draws: the server cleans it
  }
  const load = (file) => new Promise((yes, no) => { const reader = new FileReader(); reader.onload = () => yes(reader.result); reader.onerror = no; reader.readAsDataURL(file); });

  // What stands in a form, as it is sent and as its writer reads it.
  async function read(form, by, before) {
    const fields = [], files = [], shown = [], seen = new Set();
    new FormData(form).forEach((value, name) => { if (typeof value === "string" && !DROPPED.test(name)) { fields.push([name, value]); } });
    if (by && by.name) { fields.push([by.name, by.value]); }
    for (const field of form.elements) {
      const row = field.closest("tr"), once = row && row.querySelector("[data-once]");
      if (once && !once.checked) { continue; }
      const box = field.closest(".field"), label = box && box.querySelector(".tick span, label, legend");
      if (field.type === "file") { for (const file of field.files) { files.push({ field: field.name, ...await shrunk(file) }); } }
      else if (label && field.value && field.type !== "hidden" && (!/checkbox|radio/.test(field.type) || field.checked)) {
        const text = field.selectedOptions ? field.selectedOptions[0].text : /checkbox|radio/.test(field.type) ? field.closest("label").textContent.trim() : field.value;
        const head = label.firstChild.textContent.trim();
        if (text !== "—") { shown.push([seen.has(head) ? "" : head, text]); seen.add(head); }
      }
    }
    // Files that the site holds stay named, where the form of today shows no tick for them.
    if (before) { fields.push(...before.fields.filter(([name, value]) => /^held-/.test(name) && ![...form.elements].some((tick) => tick.name === name && tick.value === value))); }
    form.querySelectorAll("[data-kept]:checked").forEach((tick) => files.push(before.files[tick.dataset.kept]));
    if (files.length) { shown.push([words.files, files.map((file) => file.name).join("、")]); }
    const title = form.querySelector("[data-title]") || doc.querySelector("h1");
    const size = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
    const one = { seat, url: posts(form), page: location.pathname + location.search, title: title.textContent, fields, files, shown, size, at: Date.now(), state: "" };
    return before ? { ...one, id: before.id, url: before.url } : one;
  }

  async function take(form, by) {
    let id;
    try {
      const before = +form.dataset.editing ? await queue.get(+form.dataset.editing) : null;
      id = queue.watched = await queue.put(await read(form, by, before));
    } catch (full) {  // nothing can be kept here: as without this file
      if (by && by.name) { form.append(el("input", "", { type: "hidden", name: by.name, value: by.value })); }
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    say(words.keeping);
    await queue.send();
    if (queue.landed[id]) {
      location.assign(queue.landed[id]);
      await new Promise(() => {});  // until the page is gone the form is sent
    }
    if (queue.answers[id] && stand(form, id)) { return; }
    done(form);
    say(words.kept);
    bar.scrollIntoView({ block: "center" });
  }
  function done(form) {
    form.querySelectorAll("[data-once]:checked").forEach((tick) => tick.closest("tr, li").remove());
    form.reset();
    form.removeAttribute("data-editing");
    form.querySelectorAll(".kept-file").forEach((one) => one.remove());
    fresh(form);
  }
  // The server's form with its sentences takes the place of the one that it refused, while its writer looks at it.
  function stand(form, id) {
    const there = new DOMParser().parseFromString(queue.answers[id], "text/html").querySelector(FORMS);
    if (!there) { return false; }
    form.replaceWith(doc.adoptNode(there));
    edit(there, id);
    const errors = there.querySelector(".errors");
    if (errors) { errors.focus(); }
    return true;
  }
  async function edit(form, id) {
    const one = await queue.get(id);
    if (!one) { return; }
    form.dataset.editing = id;
    form.querySelectorAll("input[name^=held-]").forEach((tick) => {  // what waits here needs not be held there
      if (!one.fields.some(([name, value]) => name === tick.name && value === tick.value)) { tick.closest(".tick").remove(); }
    });
    one.files.forEach((file, place) => {
      const tick = el("input", "", { type: "checkbox", "data-kept": place });
      tick.checked = true;
      form.elements[file.field].closest(".field").append(el("label", "", { class: "tick kept-file" }, tick, el("span", file.name)));
    });
    form.querySelectorAll("select[data-own]").forEach((giver) => giver.dispatchEvent(new Event("change", { bubbles: true })));
  }
  // Fill a form with what was typed; when its page is another one, go there.
  function change(one) {
    const path = (address) => new URL(address, location.href).pathname;
    const form = [...doc.querySelectorAll(FORMS)].find((form) => path(posts(form)) === path(one.url));
    if (!form) { location.assign(one.page.split("#")[0] + "#queued=" + one.id); return; }
    const typed = {};
    one.fields.forEach(([name, value]) => (typed[name] = typed[name] || []).push(value));
    done(form);
    if (form.dataset.vary) { window.liantiVary(form, typed[form.dataset.vary][0]); }
    for (const field of form.elements) {
      const values = typed[field.name] || [];
      if (/checkbox|radio/.test(field.type)) { if (!("kept" in field.dataset)) { field.checked = values.includes(field.value); } }
      else if (field.name && !DROPPED.test(field.name) && !/file|submit|button/.test(field.type)) { field.value = values.length ? values.shift() : ""; }
    }
    form.querySelectorAll("details").forEach((fold) => { fold.open = true; });
    edit(form, one.id);
    form.scrollIntoView();
  }

  // The sentences of a refusal, the records that it names, and the answer that it asks for.
  queue.refusal = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html"), box = page.querySelector(".errors") || page.querySelector("main") || page.body;
    const lines = (what) => [...box.querySelectorAll(what)].map((line) => line.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
    const there = [...box.querySelectorAll(".there a")].map((link) => [link.textContent, link.getAttribute("href")]);
    const yes = page.querySelector(FORMS + " .submit button[name]");
    const said = page.querySelector(".errors") ? lines("p, li").filter((line) => !there.some(([text]) => text === line)).slice(1) : lines("h1, p").slice(0, 3);
    return { said: said.length ? said : [words.refused], there, yes: yes && [yes.name, yes.value, yes.textContent] };
  };

  let last = "";
  const say = (text) => { last = text; draw(); };
  async function draw() {
    const list = await queue.mine(), sent = localStorage.getItem("lianti:last:" + seat), refused = list.filter((one) => one.state);
    const state = words[queue.state.replace("-", "_")];
    const head = el("p", "", { class: "queue-head" }, el("b", filled(words.waits, list.length)), el("span", sent ? filled(words.last, clock(sent)) : "", { class: "hint" }));
    const moves = el("p", "", { class: "queue-moves" });
    if (queue.state === "sign-in") { moves.append(el("a", words.go, { class: "button primary", href: bar.dataset.signIn + encodeURIComponent(location.pathname) })); }
    else if (list.length > refused.length) { moves.append(button(words.send, () => { last = ""; queue.send(); })); }
    const others = (await queue.left()).length - list.length, unfolded = [...bar.querySelectorAll("[open]")].map((fold) => fold.dataset.id);
    bar.replaceChildren(
      head,
      ...[opens === null ? "" : opens ? words.works : words.open, last, queue.state === "later" && last ? "" : state, others ? filled(words.seats, others) : ""].filter(Boolean).map((text) => el("p", text, { class: "hint" })),
      moves,
      el("ol", "", { class: "queue-list" }, ...list.map((one) => line(one, unfolded.includes(String(one.id))))),
    );
    if (list.length) { moves.append(button(words.erase, () => { if (confirm(words.erase_sure)) { queue.erase(); } })); }
    bar.dataset.state = queue.state || (list.length ? "waits" : "idle");
    bar.hidden = false;
  }
  function line(one, open) {
    const typed = el("dl", "", { class: "queue-typed" }, ...one.shown.flatMap(([label, text]) => [el("dt", label), el("dd", text)]));
    const made = el("li", "", {}, el("p", "", {}, el("b", one.title), " ", el("span", clock(one.at), { class: "hint" }), " ", el("span", one.state ? words.refused : words.waiting, { class: "badge t-" + (one.state ? "late" : "waiting") })));
    const again = button(one.yes ? one.yes[2] : words.again, async () => {
      const fields = one.yes ? one.fields.filter(([name]) => name !== one.yes[0]).concat([one.yes.slice(0, 2)]) : one.fields;
      await queue.amend(one.id, { state: "", fields });
      queue.send();
    });
    const moves = el("p", "", { class: "queue-moves" },
      button(words.change, () => change(one)), one.state ? again : "",
      button(words.drop, async () => { if (confirm(words.drop_sure)) { await queue.drop(one.id); queue.send(); } }));
    if (!one.state) { made.append(el("details", "", { class: "fold", "data-id": one.id, ...(open && { open }) }, el("summary", words.typed), typed, moves)); return made; }
    made.append(el("div", "", { class: "queue-two" },
      el("div", "", {}, el("h3", words.typed), typed),
      el("div", "", {}, el("h3", words.said), ...one.said.map((text) => el("p", text)), ...one.there.map(([text, href]) => el("p", "", {}, el("a", text, { href, target: "_blank", rel: "noopener" }))))), moves);
    return made;
  }

  async function leave() {
    await queue.send();
    const left = await queue.left();
    history.replaceState(history.state, "", location.pathname + location.search);
    if (left.length && (!navigator.onLine || !confirm(filled(words.leave, left.length)))) { return; }
    await queue.erase();
    const out = doc.querySelector("form[action*='sign-out'] button");
    if (out) { out.click(); }
  }
  async function asked() {
    if (location.hash === "#leave") { await leave(); }
    const one = /^#queued=\d+$/.test(location.hash) && await queue.get(+location.hash.slice(8));
    if (one && one.seat === seat) { history.replaceState(history.state, "", location.pathname + location.search); change(one); }
  }

  doc.addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    if (event.defaultPrevented || !form.matches(FORMS) || (by && by.formNoValidate)) { return; }
    event.preventDefault();
    take(form, by).finally(() => { delete form.dataset.sent; });
  });
  window.addEventListener("hashchange", asked);
  // A page that could not be opened again is not left by a slip of the thumb.
  doc.addEventListener("click", (event) => {
    if (!event.defaultPrevented && opens === false && !navigator.onLine && event.target.closest("a[href]") && !confirm(words.open)) { event.preventDefault(); }
  });

  async function ready() {
    try { await queue.open(); } catch (refused) { return; }  // a browser that keeps nothing: forms go as without this file
    queue.hear(draw);
    const today = new Date(Date.now() + 288e5).toISOString().slice(0, 10);  // in Shanghai
    doc.querySelectorAll(FORMS).forEach((form) => {
      if (form.querySelector(".errors")) { return; }
      fresh(form);
      const drawn = form.dataset.queue;  // the day on which the page was drawn: kept ones are older
      form.querySelectorAll("input[type=date]").forEach((field) => { if (drawn && drawn < today && field.value === drawn) { field.value = field.defaultValue = today; } });
    });
    await draw();
    queue.send().then(asked);
    opens = bar.opens = await queue.works();
    draw();
  }
  ready();
})();
