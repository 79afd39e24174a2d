// Comfort for the review of a document: keys, and the text moving with the proposal. The page works without it.
(function () {
  "use strict";
  var doc = document, here = "", next = "", left = "", last = "", ticks = {}, folded = null;

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

  // After a decision the next open card is the current one; undo, and what was refused, stay where they are.
  function leave(card, act) {
    var cards = all(), rest = cards.slice(cards.indexOf(card) + 1).filter(function (c) { return c.classList.contains("s-proposed"); });
    next = act === "undo" || !rest.length ? card.id : rest[0].id;
    left = act === "undo" ? "" : card.id;
    if (act !== "correct") { last = act === "undo" ? "" : card.id; }
  }
  function arrive() {
    var card = left && doc.getElementById(left);
    if (!card || !card.classList.contains("s-proposed")) {
      card = next === "open" ? doc.querySelector(".proposal.s-proposed") : doc.getElementById(next || here);
    }
    next = left = "";
    if (card) { show(card); }
  }
  // u takes the last decision back, wherever the mark has gone on to.
  function press(card, act) {
    if (act === "undo" && last && !card.querySelector('[data-act="undo"]')) { card = doc.getElementById(last); }
    var one = card && (card.querySelector('[data-act="' + act + '"]') || (act === "accept" && card.querySelector('[data-act="merge"]')));
    if (one) { one.click(); }
  }

  // What rests on something goes with it: off and not to be ticked when somebody takes that off; a tick ticks what it needs.
  function boxes() { return Array.prototype.slice.call(doc.querySelectorAll('input[name="proposal"]')); }
  function needs(box) {
    var ids = (box.dataset.needs || "").split(" ");
    return boxes().filter(function (one) { return ids.indexOf(one.value) >= 0; });
  }
  function need(box) {
    needs(box).forEach(function (one) { one.checked = ticks[one.value] = true; need(one); });
  }
  function follow() {
    boxes().forEach(function (box) {
      var off = needs(box).some(function (one) { return one.disabled || (!one.checked && ticks[one.value] === false); });
      var said = box.closest("[data-proposal]").querySelector(".rests");
      if (off && !box.disabled) { box.dataset.was = box.checked ? "1" : ""; box.checked = false; }
      if (!off && box.disabled) { box.checked = box.dataset.was === "1"; }
      box.disabled = off;
      if (said) { said.hidden = !off; }
    });
  }

  // What somebody ticked or not is kept in this tab while the page is drawn anew, or left to correct something.
  function keep(box) {
    ticks[box.value] = box.checked;
    if (box.checked) { need(box); }
    try { sessionStorage.setItem("ticks:" + location.pathname, JSON.stringify(ticks)); } catch (refused) { /* kept on the page alone */ }
    count();
  }
  function remember() {
    try { ticks = JSON.parse(sessionStorage.getItem("ticks:" + location.pathname)) || {}; } catch (refused) { ticks = {}; }
  }
  function restore() {
    doc.querySelectorAll('input[name="proposal"]').forEach(function (box) { if (box.value in ticks) { box.checked = ticks[box.value]; } });
  }
  function count() {
    follow();
    var n = doc.querySelectorAll('input[name="proposal"]:checked').length, place = doc.querySelector("[data-ticked]");
    if (place) { place.textContent = n; place.closest("button").disabled = !n; }
  }

  // On a phone the text is folded until somebody opens it.
  function fold() {
    var paper = doc.querySelector(".paper-fold");
    if (!paper) { return; }
    if (folded === null) { folded = window.matchMedia("(max-width: 760px)").matches; }
    if (folded) { paper.open = false; }
  }
  doc.addEventListener("toggle", function (event) { if (event.target.matches(".paper-fold")) { folded = !event.target.open; } }, true);

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
      if (tick && !tick.disabled) { event.preventDefault(); tick.checked = !tick.checked; keep(tick); }
      return;
    }
    if (event.key === "o") { var more = card.querySelector("details.reasons"); if (more) { more.open = !more.open; } return; }
    if (ACTS[event.key]) { event.preventDefault(); press(card, ACTS[event.key]); }
  });

  doc.addEventListener("click", function (event) {
    var mark = event.target.closest("a.m");
    if (mark) {
      var ids = mark.dataset.marks.split(" "), at = ids.indexOf(here.slice(2)), card = doc.getElementById("p-" + ids[(at + 1) % ids.length]);
      if (card) { event.preventDefault(); show(card); }
      return;
    }
    var inside = event.target.closest("[data-proposal]"), act = event.target.closest("[data-act]");
    if (inside) { show(inside, true); if (act) { leave(inside, act.dataset.act); } }
  });
  doc.addEventListener("change", function (event) { if (event.target.name === "proposal") { keep(event.target); } });
  doc.addEventListener("htmx:afterSettle", function () {
    restore();
    count();
    fold();
    arrive();
  });
  doc.addEventListener("submit", function (event) { if (event.target.id === "ticked") { next = "open"; } });

  // Files are dropped anywhere on the page of the field; those chosen are named.
  function zone() { return doc.querySelector("[data-drop]"); }
  function sized(bytes) { return bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB"; }
  function chosen(field) {
    var list = zone().querySelector("[data-chosen]");
    list.textContent = "";
    Array.prototype.forEach.call(field.files, function (file) {
      var line = doc.createElement("li"), name = doc.createElement("span"), size = doc.createElement("span");
      name.textContent = file.name;
      size.textContent = sized(file.size);
      size.className = "size";
      line.append(name, size);
      list.append(line);
    });
  }
  function live() {
    var at = zone(), field = at && at.querySelector("input[type=file]");
    if (!field) { return; }
    at.classList.add("live");
    at.querySelector("[data-invite]").hidden = false;
    field.addEventListener("change", function () { chosen(field); });
    chosen(field);
    doc.addEventListener("dragover", function (event) { event.preventDefault(); at.classList.add("over"); });
    doc.addEventListener("dragleave", function (event) { if (!event.relatedTarget) { at.classList.remove("over"); } });
    doc.addEventListener("drop", function (event) {
      at.classList.remove("over");
      if (event.dataTransfer.files.length) { event.preventDefault(); field.files = event.dataTransfer.files; chosen(field); }
    });
  }

  function ready() { remember(); restore(); count(); fold(); live(); if (/^#p-/.test(location.hash)) { var card = doc.getElementById(location.hash.slice(1)); if (card) { show(card); } } }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
