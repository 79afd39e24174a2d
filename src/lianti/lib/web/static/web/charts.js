// Draws a chart beside the table it is made from; without script, or without the library, the table says it all.
(function () {
  "use strict";
  var TONES = ["#e0c27a", "#8fb7ad", "#0f6466", "#0a3a3c"]; // declared, on paper, online, spot-checked

  function number(cell) { return parseFloat(cell.textContent.replace(/,/g, "")) || 0; }

  // Months run from top (latest) to bottom; only a table in one unit can be stacked.
  function read(table) {
    var heads = Array.from(table.querySelectorAll("thead th"), function (th) { return th.textContent.trim(); });
    var rows = Array.from(table.querySelectorAll("tbody tr")).reverse();
    var units = new Set(rows.map(function (row) { return row.cells[1].textContent.trim(); }));
    if (units.size !== 1 || rows.length < 2) { return null; }
    return {
      unit: Array.from(units)[0],
      months: rows.map(function (row) { return row.cells[0].textContent.trim(); }),
      series: [2, 3, 4, 5].map(function (column, n) {
        return {
          name: heads[column], type: "bar", stack: "all", barMaxWidth: 28, itemStyle: { color: TONES[n] },
          data: rows.map(function (row) { return number(row.cells[column]); }),
        };
      }),
    };
  }

  document.querySelectorAll("[data-chart-of]").forEach(function (host) {
    var table = document.getElementById(host.dataset.chartOf);
    var found = table && window.echarts && read(table);
    if (!found) { return; }
    host.hidden = false;
    var chart = window.echarts.init(host, null, { renderer: "svg", height: 220 });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: function (value) { return value + " " + found.unit; } },
      xAxis: { type: "category", data: found.months, axisTick: { show: false } },
      yAxis: { type: "value", splitLine: { lineStyle: { color: "#e3e7ea" } } },
      series: found.series,
    });
    window.addEventListener("resize", function () { chart.resize(); });
  });
})();
