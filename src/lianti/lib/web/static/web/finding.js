// Comfort only: what is found also stands on a page of its own.
(function () {
  "use strict";
  var doc = document;

  // Below the search field: arrows walk through what was found, Escape and a click elsewhere shut it.
  doc.addEventListener("keydown", function (event) {
    var form = event.target.closest && event.target.closest(".find"), live = doc.getElementById("live");
    if (!form || !live) { return; }
    var all = [].slice.call(live.querySelectorAll(".item")), at = all.indexOf(doc.activeElement);
    if (event.key === "Escape") { live.textContent = ""; doc.getElementById("find").focus(); return; }
    if (!all.length || !/^Arrow(Down|Up)$/.test(event.key)) { return; }
    event.preventDefault();
    var next = at + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? doc.getElementById("find") : all[Math.min(next, all.length - 1)]).focus();
  });
  doc.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "live") { doc.getElementById("find").setAttribute("aria-expanded", String(!!event.target.children.length)); }
  });
  doc.addEventListener("click", function (event) {
    var live = doc.getElementById("live");
    if (live && live.children.length && !event.target.closest(".find")) { live.textContent = ""; }
  });
})();
