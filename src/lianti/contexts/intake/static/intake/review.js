// Comfort for the review of a document: keys, and the text moving with the proposal. The page works without it.
(function () {
  "use strict";
  var doc = document, here = "", next = "";

  function all() { return Array.prototype.slice.call(doc.querySelectorAll("[data-proposal]")); }
  function current() { return here && doc.getElementById(here); }
  function calm() { return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"; }

  function show(card, quiet) {
    all().forEach(function (one) { one.classList.toggle("current", one === card); });
    doc.querySelectorAll("a.m.on").forEach(function (one) { one.classList.remove("on"); });
    if (!card) { return; }
    here = card.id;
    var id = card.id.slice(2), first = null;
    doc.querySelectorAll("a.m").forEach(function (one) {
      if ((" " + one.dataset.marks + " ").indexOf(" " + id + " ") >= 0) { one.classList.add("on"); first = first || one; }
    });
    var text = doc.querySelector(".paper-text");
    if (first && text && text.scrollHeight > text.clientHeight) {
      text.scrollTo({ top: first.offsetTop - text.offsetTop - text.clientHeight / 3, behavior: calm() });
    }
    if (!quiet) {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest", behavior: calm() });
    }
  }

  function step(by) {
    var cards = all(), at = cards.indexOf(current());
    show(cards[Math.min(cards.length - 1, Math.max(0, at + by))] || cards[0]);
  }

  // After a decision the next open card is the current one; undo stays where it is.
  function press(card, act) {
    var one = card && card.querySelector('[data-act="' + act + '"]');
    if (!one) { return; }
    var cards = all(), rest = cards.slice(cards.indexOf(card) + 1).filter(function (c) { return c.classList.contains("s-proposed"); });
    next = act === "undo" || !rest.length ? card.id : rest[0].id;
    one.click();
  }

  function count() {
    var n = doc.querySelectorAll('input[name="proposal"]:checked').length, place = doc.querySelector("[data-ticked]");
    if (place) { place.textContent = "(" + n + ")"; place.closest("button").disabled = !n; }
  }

  var KEYS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }, ACTS = { a: "accept", x: "reject", m: "merge", e: "correct", u: "undo" };
  doc.addEventListener("keydown", function (event) {
    if (!doc.getElementById("review") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var on = event.target, box = on.type === "checkbox";
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName) && !box) { return; }
    var card = current();
    if (KEYS[event.key] && all().length) { event.preventDefault(); step(KEYS[event.key]); return; }
    if (event.key === "?") { var keys = doc.querySelector("details.keys"); if (keys) { keys.open = !keys.open; } return; }
    if (event.key === "s") { var form = doc.getElementById("ticked"); if (form && !form.querySelector("button").disabled) { form.querySelector("button").click(); } return; }
    if (!card) { return; }
    if (event.key === " " && !box && on.tagName !== "BUTTON" && on.tagName !== "SUMMARY") {
      var tick = card.querySelector('input[name="proposal"]');
      if (tick) { event.preventDefault(); tick.checked = !tick.checked; count(); }
      return;
    }
    if (event.key === "o") { var more = card.querySelector("details.more"); if (more) { more.open = !more.open; } return; }
    if (ACTS[event.key]) { event.preventDefault(); press(card, ACTS[event.key]); }
  });

  doc.addEventListener("click", function (event) {
    var mark = event.target.closest("a.m");
    if (mark) {
      var ids = mark.dataset.marks.split(" "), at = ids.indexOf(here.slice(2)), card = doc.getElementById("p-" + ids[(at + 1) % ids.length]);
      if (card) { event.preventDefault(); show(card); }
      return;
    }
    var inside = event.target.closest("[data-proposal]");
    if (inside) { show(inside, true); if (event.target.closest("[data-act]") && !next) { next = inside.id; } }
  });
  doc.addEventListener("change", function (event) { if (event.target.name === "proposal") { count(); } });
  doc.addEventListener("htmx:afterSettle", function () {
    count();
    var card = doc.getElementById(next || here);
    next = "";
    if (card) { show(card); }
  });

  // Files may be dropped anywhere on the field.
  doc.addEventListener("dragover", function (event) {
    var zone = event.target.closest(".drop-zone");
    if (zone) { event.preventDefault(); zone.classList.add("over"); }
  });
  doc.addEventListener("dragleave", function (event) { var zone = event.target.closest(".drop-zone"); if (zone) { zone.classList.remove("over"); } });
  doc.addEventListener("drop", function (event) {
    var zone = event.target.closest(".drop-zone"), field = zone && zone.querySelector("input[type=file]");
    if (field && event.dataTransfer.files.length) { event.preventDefault(); zone.classList.remove("over"); field.files = event.dataTransfer.files; field.dispatchEvent(new Event("change", { bubbles: true })); }
  });

  function ready() { count(); if (/^#p-/.test(location.hash)) { var card = doc.getElementById(location.hash.slice(1)); if (card) { show(card); } } }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
