// The month's grid by keyboard: arrows move, a letter marks, Delete takes away. Without this file marks are typed as lines.
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form) { return; }
  var signs = {}, changed = {}, save = form.querySelector(".grid-save"), hint = document.querySelector("[data-keys-hint]");
  document.querySelectorAll("[data-letter]").forEach(function (one) { signs[one.dataset.letter] = one.dataset.sign; });
  var cells = form.querySelectorAll("td.d:not(.none)");
  if (hint) { hint.hidden = false; }
  cells.forEach(function (cell, place) { cell.tabIndex = place ? -1 : 0; });

  function go(cell, down, right) {
    var row = cell.parentNode, place = cell.cellIndex;
    while (row) {
      row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
      place += right;
      var next = row && row.cells[place];
      if (!next || (!next.classList.contains("d"))) { return; }
      if (!next.classList.contains("none")) {
        cell.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        return;
      }
    }
  }

  function set(cell, letter) {
    var name = cell.parentNode.dataset.posting + "\t" + cell.cellIndex;
    if (cell.dataset.was === undefined) { cell.dataset.was = cell.textContent; }
    changed[name] = letter;
    cell.textContent = letter === "-" ? "·" : signs[letter];
    cell.classList.add("set");
    save.hidden = false;
    save.querySelector("[data-count]").textContent = Object.keys(changed).length;
  }

  form.addEventListener("keydown", function (event) {
    var cell = event.target.closest("td.d");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    var letter = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (way) { go(cell, way[0], way[1]); }
    else if (event.key === "Delete" || event.key === "Backspace") { set(cell, "-"); }
    else if (signs[letter]) { set(cell, letter); go(cell, 0, 1); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  });
  form.addEventListener("click", function (event) {
    var cell = event.target.closest("td.d:not(.none)");
    if (!cell) { return; }
    cells.forEach(function (one) { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
  });
  form.addEventListener("submit", function () {
    var note = form.elements.grid_note.value.replace(/[\t\r\n]+/g, " ");
    form.elements.lines.value = Object.keys(changed).map(function (name) {
      return name + "\t" + changed[name] + "\t" + note;
    }).join("\n");
  });
  window.addEventListener("beforeunload", function (event) {
    if (Object.keys(changed).length && !form.dataset.sent) { event.preventDefault(); event.returnValue = ""; }
  });
})();
