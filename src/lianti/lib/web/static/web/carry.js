// What can be carried on a page of rows and columns: dragged to another cell, or with M, arrows and Enter. It opens the
// form behind the ⇄ link with what was chosen filled in; nothing is sent from here, and without this the link does it.
(function () {
  "use strict";
  var doc = document, hint = doc.querySelector("[data-carry]"), held = null, from = null, target = null;
  var steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  if (!hint) { return; }
  hint.hidden = false;

  function cellOf(node) {
    var cell = node && node.closest && node.closest(".grid tbody td");
    return cell && !cell.classList.contains("sum") ? cell : null;
  }
  function aim(cell) {
    if (target) { target.classList.remove("target"); }
    target = cell;
    hint.querySelector("output").textContent = "";
    if (!cell) { return; }
    cell.classList.add("target");
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    hint.querySelector("output").textContent = "→ " + cell.parentNode.cells[0].firstChild.textContent + " · " + cell.dataset.label;
  }
  function take(item) { held = item; from = cellOf(item); aim(from); }
  function leave() { aim(null); held = null; from = null; }
  function open() {
    var url = new URL(held.querySelector(".carry").href), row = target.parentNode.dataset.row;
    var months = target.cellIndex - from.cellIndex;
    if (months) { url.searchParams.set("months", months); }
    if (row !== from.parentNode.dataset.row) { url.searchParams.set("to", row); }
    leave();
    doc.location.assign(url);
  }

  doc.addEventListener("dragstart", function (event) {
    var item = event.target.closest && event.target.closest(".in[draggable]");
    if (!item) { return; }
    event.dataTransfer.setData("text/plain", item.textContent);
    event.dataTransfer.effectAllowed = "move";
    take(item);
  });
  doc.addEventListener("dragover", function (event) {
    var cell = held && cellOf(event.target);
    if (!cell) { return; }
    event.preventDefault();
    if (cell !== target) { aim(cell); }
  });
  doc.addEventListener("drop", function (event) {
    if (!held || !cellOf(event.target)) { return; }
    event.preventDefault();
    aim(cellOf(event.target));
    if (target === from) { leave(); } else { open(); }
  });
  doc.addEventListener("dragend", leave);

  // Before the arrow keys that go from link to link (grid.js, on the document as well, but not capturing).
  doc.addEventListener("keydown", function (event) {
    var item = event.target.closest && event.target.closest(".in[draggable]");
    if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (!held) {
      if (item && event.key.toLowerCase() === "m") { take(item); event.preventDefault(); event.stopImmediatePropagation(); }
      return;
    }
    var step = steps[event.key];
    if (event.key === "Enter") { open(); }
    else if (event.key === "Escape") { leave(); }
    else if (step) {
      var row = target.parentNode.parentNode.rows[target.parentNode.sectionRowIndex + step[0]];
      aim(cellOf(row && row.cells[target.cellIndex + step[1]]) || target);
    } else { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
