// Comfort only: every page works without this file.
(function () {
  "use strict";
  var doc = document;

  function typing(el) {
    return el && (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) || el.isContentEditable);
  }

  // Keys: "/" or Ctrl-K to search, "g" and a letter to go, Escape to close what is open.
  var going = 0;
  doc.addEventListener("keydown", function (event) {
    var find = doc.getElementById("find");
    if ((event.ctrlKey || event.metaKey) && event.key === "k" && find) { event.preventDefault(); find.focus(); find.select(); return; }
    if (event.key === "Escape") { closeAll(null); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "/" && find) { event.preventDefault(); find.focus(); return; }
    if (event.key === "g") { going = Date.now(); return; }
    if (Date.now() - going < 1200) {
      going = 0;
      var link = /^[a-z]$/.test(event.key) && doc.querySelector('.side [data-go="' + event.key + '"]');
      if (link) { event.preventDefault(); link.click(); }
    }
  });

  function closeAll(except) {
    doc.querySelectorAll("details.menu[open], details.move[open]").forEach(function (one) {
      if (one !== except && !(except && one.contains(except))) {
        var inside = one.contains(doc.activeElement);
        one.open = false;
        if (!except && inside) { one.querySelector("summary").focus(); }
      }
    });
  }
  doc.addEventListener("toggle", function (event) {
    var one = event.target;
    if (one.open && one.matches("details.menu, details.move")) {
      closeAll(one);
      var first = one.matches("details.move") && one.querySelector("input:not([type=hidden]), select, textarea");
      if (first) { first.focus({ preventScroll: true }); }
    }
  }, true);
  doc.addEventListener("click", function (event) {
    doc.querySelectorAll("details.menu[open]").forEach(function (one) {
      if (!one.contains(event.target)) { one.open = false; }
    });
    var all = event.target.closest("[data-select-all]");
    if (all) {
      doc.querySelectorAll('input[name="' + all.dataset.selectAll + '"]').forEach(function (box) { box.checked = all.checked; });
    }
    if (event.target.closest("[data-print]")) { window.print(); }
  });

  // A form goes once; coming back by the back button frees it again.
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") { return; }
    if (/sign-out/.test(form.action)) { leaving(event); if (event.defaultPrevented) { return; } }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { release(form); }, 8000);
  });
  function release(form) { delete form.dataset.sent; }
  window.addEventListener("pageshow", function () { doc.querySelectorAll("form[data-sent]").forEach(release); });

  // What this browser keeps for a seat is hidden from the next one: pages kept for it go when another comes.
  var seat = doc.body.dataset.seat || "";
  function forget() {
    return window.caches ? caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return /^lianti-pages/.test(name); }).map(function (name) { return caches.delete(name); }));
    }).catch(function () { /* none kept */ }) : Promise.resolve();
  }
  function arrived() {
    try {
      if (seat && localStorage.getItem("lianti:seat") !== seat) { doc.erased = forget(); localStorage.setItem("lianti:seat", seat); }
    } catch (refused) { /* nothing is kept here */ }
  }
  // Whoever signs out leaves nothing behind; what still waits is sent before, or given up on its own page.
  function leaving(event) {
    try {
      var waits = (doc.body.dataset.seats || "").split(" ").some(function (one) { return +localStorage.getItem("lianti:waits:" + one); });
      if (waits && event.target.dataset.queuePage) { event.preventDefault(); location.assign(event.target.dataset.queuePage + "#leave"); return; }
      sessionStorage.clear();
      Object.keys(localStorage).forEach(function (name) { if (/^lianti:(seat|last)/.test(name)) { localStorage.removeItem(name); } });
    } catch (refused) { /* none kept */ }
    forget();
  }

  // What is typed in a form marked data-draft is kept in this tab until it is sent.
  function drafts() {
    doc.querySelectorAll("form[data-draft]").forEach(function (form) {
      var name = "draft:" + seat + location.pathname + ":" + form.dataset.draft;
      try {
        if (!form.querySelector(".errors")) {
          (JSON.parse(sessionStorage.getItem(name) || "[]")).forEach(function (pair) {
            var field = form.elements[pair[0]];
            if (field && "value" in field && field.type !== "hidden" && field.type !== "file" && !field.value) { field.value = pair[1]; }
          });
        }
        form.addEventListener("input", function () {
          var kept = [];
          new FormData(form).forEach(function (value, key) {
            if (typeof value === "string" && key !== "key" && key !== "csrfmiddlewaretoken") { kept.push([key, value]); }
          });
          sessionStorage.setItem(name, JSON.stringify(kept));
        });
        form.addEventListener("submit", function () { sessionStorage.removeItem(name); });
      } catch (refused) { /* private mode: no drafts */ }
    });
  }

  // Who can receive depends on who gives: one's own house is one of the two.
  function fitting(giver) {
    giver.form.querySelectorAll('input[name="receivers"]').forEach(function (box) {
      var off = box.value === giver.value || (giver.value !== giver.dataset.own && box.value !== giver.dataset.own);
      box.disabled = box.parentNode.parentNode.hidden = off;
      if (off) { box.checked = false; }
    });
  }
  doc.addEventListener("change", function (event) {
    if (event.target.matches("select[data-own]")) { fitting(event.target); }
  });

  // A filter form marked data-auto goes by itself.
  doc.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-auto")) { form.submit(); }
  });

  // The bar of moves for many rows shows itself when something is ticked.
  function ticked() {
    var bar = doc.getElementById("bulk");
    if (bar) { bar.classList.toggle("idle", !doc.querySelector('input[form="bulk"]:checked')); }
  }
  doc.addEventListener("change", function (event) {
    if (event.target.getAttribute("form") === "bulk") { ticked(); }
  });
  doc.addEventListener("htmx:afterSettle", ticked);

  // What cannot be fetched as a part is opened as a page, which says what is wrong.
  function open(event) {
    var link = event.detail.elt && event.detail.elt.closest("a[href]");
    if (link) { window.location.assign(link.href); }
  }
  doc.addEventListener("htmx:responseError", open);
  doc.addEventListener("htmx:sendError", open);

  // A hidden tab asks for nothing.
  doc.addEventListener("htmx:beforeRequest", function (event) {
    if (doc.hidden && event.detail.elt.id === "unread") { event.preventDefault(); }
  });

  function ready() {
    arrived();
    drafts();
    doc.querySelectorAll("select[data-own]").forEach(fitting);
    ticked();
    doc.querySelectorAll("[data-print]").forEach(function (one) { one.hidden = false; });
    doc.querySelectorAll("[data-no-print-button]").forEach(function (one) { one.hidden = true; });
    var errors = doc.querySelector(".errors");
    if (errors) { errors.focus(); }
  }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
