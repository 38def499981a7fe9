// Pictures of the board's tables: each reads its numbers from the table it is named after, so both always agree.
(() => {
  "use strict";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // What waits is amber, what is being done blue, what is answered green, what is struck off pale green.
  const tones = [["--warn-mark", 1], ["--note", 0.5], ["--note", 1], ["--line-firm", 1], ["--go", 1], ["--go", 0.4]];
  const states = [2, 3, 4, 5, 6, 7]; // columns of the table; the first is the name, the second the sum of these
  const lineTones = ["--note", "--go"]; // handed over, struck off
  const wide = window.matchMedia("(min-width: 1600px)");

  // One row: its name, its numbers, and the addresses the numbers open.
  function rowsOf(table, columns) {
    return [...table.tBodies[0].rows]
      .filter((row) => row.cells.length > 2)
      .map((row) => ({
        name: row.cells[0].textContent.trim(),
        values: columns.map((at) => Number(row.cells[at].textContent)),
        urls: columns.map((at) => row.cells[at].querySelector("a").href),
      }));
  }

  function draw(box) {
    const table = document.getElementById(box.dataset.chartOf);
    const lines = "lines" in box.dataset;
    const columns = lines ? [1, 2] : states;
    const rows = rowsOf(table, columns);
    if (!rows.length) {
      box.hidden = true;
      return;
    }
    const lying = "lying" in box.dataset;
    const size = wide.matches ? 15 : 13;
    const text = { color: colour("--ink-soft"), fontFamily: getComputedStyle(box).fontFamily, fontSize: size };
    const names = {
      type: "category",
      data: rows.map((row) => row.name),
      inverse: lying,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-firm") } },
      axisLabel: { ...text, width: 132, overflow: "truncate", formatter: (name) => (lying ? name : name.slice(2)) },
    };
    const numbers = {
      type: "value",
      minInterval: 1,
      axisLabel: text,
      splitLine: { lineStyle: { color: colour("--line") } },
    };
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      textStyle: text,
      color: (lines ? lineTones : tones.map(([name]) => name)).map(colour),
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 14, textStyle: text },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true },
      xAxis: lying ? numbers : names,
      yAxis: lying ? names : numbers,
      series: columns.map((at, nth) => ({
        name: table.tHead.rows[0].cells[at].textContent.trim(),
        data: rows.map((row) => row.values[nth]),
        ...(lines
          ? { type: "line", symbol: nth ? "rect" : "circle", symbolSize: 8, lineStyle: { width: 3, type: nth ? "dashed" : "solid" } }
          : { type: "bar", stack: "all", barMaxWidth: 28, itemStyle: { opacity: tones[nth][1] } }),
      })),
    });
    chart.on("click", (part) => {
      window.location.href = rows[part.dataIndex].urls[part.seriesIndex];
    });
    new ResizeObserver(() => chart.resize()).observe(box);
  }

  document.querySelectorAll("[data-chart-of]").forEach(draw);
})();
