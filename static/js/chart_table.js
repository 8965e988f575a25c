/* What stands under each chart: the same figures as a table, as CSV and as a picture; and the
   chart read point by point with the arrow keys, spoken through an aria-live line.
   Works on cards [data-chart-card]; charts.js has put `json` and `chart` on their canvas. */
(function () {
  "use strict";
  const { pointText, show, valueOf, worded } = window.ocopCharts;

  /* Columns and rows as strings: those the server made, otherwise out of labels and datasets. */
  function dataTable(canvas) {
    const { data, options, type } = canvas.json;
    const given = options?.plugins?.twin;
    if (given?.rows) return given;
    const suffix = given?.suffix ?? "";
    if (type === "matrix") return matrixTwin(data.datasets[0].data, suffix);
    return {
      columns: ["", ...data.datasets.map((set) => set.label ?? "")],
      rows: data.labels.map((label, index) => [
        label, ...data.datasets.map((set) => worded(valueOf(set.data[index]), suffix)),
      ]),
    };
  }

  function matrixTwin(cells, suffix) {
    const columns = [...new Set(cells.map((cell) => cell.x))];
    const names = [...new Set(cells.map((cell) => cell.y))];
    const text = (x, y) => {
      const cell = cells.find((one) => one.x === x && one.y === y);
      return cell ? cell.label ?? worded(cell.v, suffix) : "–";
    };
    return { columns: ["", ...columns], rows: names.map((y) => [y, ...columns.map((x) => text(x, y))]) };
  }

  function fillTable(card, canvas) {
    const { columns, rows } = dataTable(canvas);
    const table = card.querySelector("[data-chart-table]");
    const head = document.createElement("thead");
    const body = document.createElement("tbody");
    const row = (part, cells, heads) => {
      const line = part.insertRow();
      cells.forEach((text, index) => {
        const cell = document.createElement(heads(index) ? "th" : "td");
        if (heads(index)) cell.scope = part === head ? "col" : "row";
        cell.textContent = text;
        line.append(cell);
      });
    };
    row(head, columns, (index) => index > 0 || columns[0] !== "");
    rows.forEach((cells) => row(body, cells, (index) => index === 0));
    table.tHead?.remove();
    [...table.tBodies].forEach((part) => part.remove());
    table.append(head, body);
  }

  /* Spreadsheets make days out of "3/10" and "1-2": the first is written in words, "3 of 10" (the
     language's form comes from the card), the second with a dash. */
  function dateless(text, pair) {
    const [, first, sign, second] = /^\s*(\d[\d.,\s]*?)\s*([/-])\s*(\d[\d.,\s]*?)\s*$/.exec(text) ?? [];
    if (!sign) return text;
    return sign === "/" ? pair.replace("{part}", first).replace("{whole}", second) : `${first}–${second}`;
  }

  /* A line of a cell that begins like a formula gets an apostrophe, so that no spreadsheet reckons
     with it (ocop/lib/spreadsheets/reading/values.py has the same rule). */
  function csvCell(value, pair) {
    const text = dateless(String(value ?? ""), pair);
    return `"${text.replace(/^(?='*[=+\-@|\t\r＝＋－＠])/gm, "'").replaceAll('"', '""')}"`;
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function saveCsv(card, canvas) {
    const { columns, rows } = dataTable(canvas);
    const pair = card.dataset.chartPair;
    const lines = [columns, ...rows].map((cells) => cells.map((cell) => csvCell(cell, pair)).join(","));
    const text = "\ufeff" + lines.join("\r\n") + "\r\n";
    save(new Blob([text], { type: "text/csv;charset=utf-8" }), `${card.dataset.chartFile}.csv`);
  }

  /* `text` in lines that fit `width`, broken between words. */
  function linesOf(pen, text, width) {
    const lines = [];
    for (const word of text.trim().split(/\s+/)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /* The picture carries its title, subtitle, day and unit: it will be pasted where nothing else says
     them. The words drawn are kept on the card. */
  function savePng(card, canvas) {
    const scale = canvas.width / canvas.clientWidth;
    const picture = document.createElement("canvas");
    const pen = picture.getContext("2d");
    const { property } = window.ocopColours;
    const family = property("--bs-body-font-family");
    const parts = [
      { text: card.querySelector("h3").textContent, font: `600 ${16 * scale}px ${family}`, ink: "--ink", high: 22 },
      { text: card.querySelector("p").textContent, font: `${13 * scale}px ${family}`, ink: "--ink-soft", high: 19 },
      { text: card.dataset.chartNote ?? "", font: `${13 * scale}px ${family}`, ink: "--ink-soft", high: 19 },
    ];
    const written = parts.flatMap((part) => {
      pen.font = part.font;
      return part.text.trim() ? linesOf(pen, part.text, canvas.width).map((line) => ({ ...part, line })) : [];
    });
    const top = (20 + written.reduce((sum, { high }) => sum + high, 0)) * scale;
    picture.width = canvas.width + 32 * scale;
    picture.height = canvas.height + top + 16 * scale;
    pen.fillStyle = property("--card");
    pen.fillRect(0, 0, picture.width, picture.height);
    let y = 8;
    for (const { line, font, ink, high } of written) {
      pen.font = font;
      pen.fillStyle = property(ink);
      y += high;
      pen.fillText(line, 16 * scale, y * scale);
    }
    card.written = written.map(({ line }) => line);
    pen.drawImage(canvas, 16 * scale, top);
    picture.toBlob((blob) => save(blob, `${card.dataset.chartFile}.png`));
  }

  function shownSets(chart) {
    return chart.data.datasets.map((_, set) => set).filter((set) => chart.isDatasetVisible(set));
  }

  function readPoint(card, canvas, step) {
    const { chart } = canvas;
    const sets = shownSets(chart);
    const last = Math.max(...sets.map((set) => chart.data.datasets[set].data.length)) - 1;
    const start = step > 0 ? -1 : last + 1;
    canvas.point = Math.min(last, Math.max(0, (canvas.point ?? start) + step));
    const active = sets.map((datasetIndex) => ({ datasetIndex, index: canvas.point }))
      .filter(({ datasetIndex, index }) => chart.getDatasetMeta(datasetIndex).data[index]);
    const spot = chart.getDatasetMeta(active[0].datasetIndex).data[canvas.point].getCenterPoint();
    chart.setActiveElements(active);
    chart.tooltip.setActiveElements(active, spot);
    chart.update("none");
    const head = chart.config.type === "matrix" ? [] : [chart.data.labels[canvas.point]];
    const words = active.map(({ datasetIndex, index }) => pointText(chart, datasetIndex, index));
    card.querySelector("[data-chart-live]").textContent = [...head, ...words].join(". ");
  }

  function leavePoint(canvas) {
    canvas.point = undefined;
    canvas.chart?.setActiveElements([]);
    canvas.chart?.tooltip.setActiveElements([], { x: 0, y: 0 });
    canvas.chart?.update("none");
  }

  const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -1e9, End: 1e9 };

  function equip(card) {
    const canvas = card.querySelector("canvas");
    const ready = (act) => () => { if (canvas.json) act(card, canvas); };
    const on = (name, act) => card.querySelector(`[data-chart-${name}]`).addEventListener("click", act);
    on("csv", ready(saveCsv));
    on("png", ready((...both) => { if (canvas.chart) savePng(...both); }));
    on("retry", () => show(canvas));
    canvas.addEventListener("chartdrawn", ready(fillTable));
    ready(fillTable)();
    canvas.addEventListener("keydown", (event) => {
      if (!canvas.chart || !(event.key in STEPS)) return;
      event.preventDefault();
      readPoint(card, canvas, STEPS[event.key]);
    });
    canvas.addEventListener("blur", () => leavePoint(canvas));
  }

  document.querySelectorAll("[data-chart-card]").forEach(equip);
})();
