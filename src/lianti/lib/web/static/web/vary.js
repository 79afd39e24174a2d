// A form marked data-vary changes its kind in place, without the network: the fields of each kind lie ready in a template.
(function () {
  "use strict";
  const doc = document;

  function vary(form, code) {
    const made = code && form.querySelector(`template[data-variant="${CSS.escape(code)}"]`), kind = form.elements[form.dataset.vary];
    if (!made || kind.value === code) { return; }
    const place = form.querySelector("[data-variant-fields]"), typed = {};
    place.querySelectorAll("[name]").forEach((field) => { typed[field.name] = field.value; });
    place.replaceChildren(made.content.cloneNode(true));
    place.querySelectorAll("[name]").forEach((field) => { if (typed[field.name] && field.type !== "checkbox") { field.value = typed[field.name]; } });
    kind.value = code;
    form.querySelector("[data-title]").textContent = made.dataset.title;
    Object.entries(JSON.parse(made.dataset.labels)).forEach(([name, text]) => { form.querySelector(`label[for$="-${name}"]`).firstChild.textContent = text; });
    form.querySelectorAll("[data-of-kind]").forEach((part) => part.remove());
    doc.querySelectorAll("[data-vary-to]").forEach((link) => { link.removeAttribute("aria-current"); if (link.dataset.varyTo === code) { link.setAttribute("aria-current", "true"); } });
  }
  window.liantiVary = vary;

  // Where the page can be opened anew, a link to another kind is a link: its page may offer more.
  doc.addEventListener("click", (event) => {
    const link = event.target.closest("[data-vary-to]"), form = link && doc.querySelector("form[data-vary]"), bar = doc.getElementById("queue");
    if (!form || (bar.opens && navigator.onLine)) { return; }
    event.preventDefault();
    vary(form, link.dataset.varyTo);
  });
  function ready() {  // a kept page is that of its first kind
    doc.querySelectorAll("form[data-vary]").forEach((form) => vary(form, new URLSearchParams(location.search).get(form.dataset.vary)));
  }
  ready();
})();
