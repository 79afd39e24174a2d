// Comfort only: in a page of rows and columns the arrow keys go from cell to cell, Home and End along the row.
// On a phone a row with a column of today shows that one and its sum until it is unfolded.
(function () {
  "use strict";
  document.querySelectorAll("[data-unfold] .grid tbody tr").forEach(function (row) {
    var head = row.querySelector("th");
    if (!head || !row.querySelector("td.now")) { return; }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "unfold";
    button.textContent = head.closest("[data-unfold]").dataset.unfold;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", function () {
      button.setAttribute("aria-expanded", String(!row.classList.toggle("folded")));
    });
    row.classList.add("folded");
    head.prepend(button);
  });
  var steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", function (event) {
    var cell = event.target.closest && event.target.closest(".grid td, .grid th");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    var step = steps[event.key], row = cell.parentNode, place = cell.cellIndex;
    if (event.key === "Home" || event.key === "End") {
      step = [0, event.key === "Home" ? 1 : -1];
      place = event.key === "Home" ? -1 : row.cells.length;
    }
    if (!step) { return; }
    var rows = cell.closest("table").rows, number = row.rowIndex;
    for (;;) {
      number += step[0];
      place += step[1];
      var next = rows[number] && rows[number].cells[place];
      if (!next) { return; }
      var link = next.querySelector("a, button");
      if (link) { event.preventDefault(); link.focus(); return; }
    }
  });
})();
