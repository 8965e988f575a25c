/* Draws every <canvas data-chart-url>. Conventions of the JSON {type, data, options}, beyond
   Chart.js's own (functions cannot travel in JSON, so these words stand for them):

   colours     any string "--name" anywhere in the JSON is a custom property of theme.css:
               "--rank-3", "--rank-4", "--rank-potential-5", "--rank-5", "--state-met" (and the other
               states), "--neutral", "--ink", "--ink-soft", "--grid", "--gold".
               "--rank-3/40" is the same at 40 % opacity, "--rank-3/hatch" hatched.
   datasets    futureFrom: i – line datasets: segments from point i on are drawn lighter.
               words: {i: "3/10"} – what is said of point i, which is null and not drawn.
   matrix      data: [{x, y, v, label, color}] – `color` a colour as above, `label` the words in the
               cell (a state's symbol is put before them); scales.x.labels and scales.y.labels list the
               columns and rows.
   options.plugins.valueLabels: true – the value at the end of each bar.
   options.plugins.twin = {columns: [...], rows: [[...]], suffix: " %"} – the table under the chart,
               as strings ready to show; without it the table is made from labels and datasets.
               `suffix` follows the numbers on the value axis, in tooltips and at the bars.
   annotation  the annotation plugin's own options under options.plugins.annotation.

   The JSON is taken from <script type="application/json" id=…> named by data-chart-inline if the
   page carries it, otherwise fetched from data-chart-url. */
(function () {
  "use strict";
  const script = document.currentScript;
  const numbers = new Intl.NumberFormat(document.documentElement.lang || "vi");
  const { faded, property, resolved } = window.ocopColours;
  const loading = {};

  function load(url) {
    loading[url] ??= new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = url;
      tag.onload = done;
      tag.onerror = () => { delete loading[url]; failed(new Error(url)); };
      document.head.append(tag);
    });
    return loading[url];
  }

  const worded = (value, suffix) => (value == null ? "–" : numbers.format(value) + suffix);
  const suffixOf = (chart) => chart.config.options.plugins.twin?.suffix ?? "";
  const valueOf = (raw) => (raw && typeof raw === "object" ? raw.y ?? raw.v : raw);

  function pointText(chart, dataset, index) {
    const suffix = suffixOf(chart);
    const raw = chart.data.datasets[dataset].data[index];
    const { label: name = "", words } = chart.data.datasets[dataset];
    if (raw?.v !== undefined) return `${raw.y}, ${raw.x}: ${raw.label ?? worded(raw.v, suffix)}`;
    return `${name ? name + ": " : ""}${words?.[index] ?? worded(valueOf(raw), suffix)}`;
  }

  /* Labels of a category axis in lines of about `width` letters: none is cut off. */
  function wrapped(most) {
    return function (value) {
      const width = Math.min(most, Math.max(11, this.chart.width / 20));
      const lines = [""];
      for (const word of String(this.getLabelForValue(value)).split(/(?<=[\s/-])/)) {
        if (lines.at(-1) && (lines.at(-1) + word).trimEnd().length > width) lines.push("");
        lines[lines.length - 1] += word;
      }
      return lines.map((line) => line.trimEnd());
    };
  }

  /* The value beside each bar, and the words in each cell of a matrix. */
  const labels = {
    id: "labels",
    afterDatasetsDraw(chart) {
      const matrix = chart.config.type === "matrix";
      if (!matrix && !chart.options.plugins.valueLabels) return;
      const pen = chart.ctx;
      const across = chart.options.indexAxis === "y";
      pen.save();
      pen.font = `600 ${Chart.defaults.font.size}px ${property("--bs-body-font-family")}`;
      pen.textAlign = matrix || !across ? "center" : "left";
      pen.textBaseline = matrix || across ? "middle" : "bottom";
      pen.fillStyle = property("--ink");
      chart.data.datasets.forEach((set, number) => {
        if (!chart.isDatasetVisible(number)) return;
        chart.getDatasetMeta(number).data.forEach((element, index) => {
          const raw = set.data[index];
          if (raw == null) return;
          const { x, y } = matrix ? element.getCenterPoint() : element;
          const text = matrix ? `${raw.symbol} ${raw.label ?? ""}` : worded(valueOf(raw), suffixOf(chart));
          pen.fillText(text, across && !matrix ? x + 5 : x, across || matrix ? y : y - 3);
        });
      });
      pen.restore();
    },
  };

  const SYMBOLS = { "exceeded": "▲", "met": "✓", "on-track": "◐", "attention": "◒", "behind": "○",
    "slipping": "✕", "missed": "■", "not-due": "◇", "no-data": "", "no-target": "" };

  /* Cells are tinted, their words stay dark; the state's symbol stands before the figure. */
  function fitMatrix(config, json) {
    const { x, y } = config.options.scales;
    config.data.datasets.forEach((set, number) => {
      set.data.forEach((cell, index) => {
        cell.symbol = SYMBOLS[json.data.datasets[number].data[index].color?.slice(8)] ?? "";
      });
      set.backgroundColor = (point) => (point.raw?.color ? faded(point.raw.color, 20) : undefined);
      set.width = ({ chart }) => (chart.chartArea?.width ?? 0) / x.labels.length - 3;
      set.height = ({ chart }) => (chart.chartArea?.height ?? 0) / y.labels.length - 3;
    });
    for (const scale of [x, y]) {
      Object.assign(scale, { type: "category", offset: true, reverse: false, grid: { display: false }, ...scale });
    }
    x.ticks = { autoSkip: false, maxRotation: 0, callback: wrapped(11), font: { size: 11 }, ...x.ticks };
  }

  function lightenFuture(set) {
    if (set.futureFrom === undefined) return;
    const from = set.futureFrom;
    const lighter = (name) => (segment) => {
      const whole = set[name];
      return segment.p0DataIndex >= from && /^#/.test(whole) ? faded(whole.slice(0, 7), 35) : undefined;
    };
    set.segment = { borderColor: lighter("borderColor"), backgroundColor: lighter("backgroundColor") };
  }

  function prepared(json) {
    const config = resolved(json);
    const options = (config.options ??= {});
    const plugins = (options.plugins ??= {});
    const suffix = plugins.twin?.suffix ?? "";
    const across = options.indexAxis === "y";
    Object.assign(options, { animation: false, responsive: true, maintainAspectRatio: false });
    options.locale ??= document.documentElement.lang || "vi";
    options.interaction ??= config.type === "matrix" ? { mode: "nearest", intersect: true }
      : { mode: "index", intersect: false, axis: across ? "y" : "x" };
    const scales = (options.scales ??= {});
    if (config.type === "matrix") fitMatrix(config, json);
    else if (across) (scales.y ??= {}).ticks = { autoSkip: false, callback: wrapped(30), ...scales.y?.ticks };
    else (scales.x ??= {}).ticks = { maxRotation: 0, autoSkipPadding: 18, ...scales.x?.ticks };
    plugins.legend ??= { display: config.type !== "matrix" && config.data.datasets.length > 1 };
    config.data.datasets.forEach(lightenFuture);
    const tooltip = (plugins.tooltip ??= {});
    tooltip.callbacks = {
      label: (item) => pointText(item.chart, item.datasetIndex, item.dataIndex),
      ...(config.type === "matrix" ? { title: () => "" } : {}),
    };
    if (suffix) {
      const values = (scales[across ? "x" : "y"] ??= {});
      values.ticks = { ...values.ticks, callback: (value) => worded(value, suffix) };
    }
    config.plugins = [labels];
    return config;
  }

  function draw(canvas) {
    canvas.chart?.destroy();
    Chart.defaults.font.family = property("--bs-body-font-family");
    Chart.defaults.color = property("--ink-soft");
    Chart.defaults.borderColor = property("--grid");
    canvas.chart = new Chart(canvas, prepared(canvas.json));
  }

  async function show(canvas) {
    const failure = canvas.closest("[data-chart-card]").querySelector("[data-chart-error]");
    failure.hidden = true;
    try {
      const inline = document.getElementById(canvas.dataset.chartInline);
      if (inline) canvas.json = JSON.parse(inline.textContent);
      else {
        const answer = await fetch(canvas.dataset.chartUrl, { headers: { Accept: "application/json" } });
        if (!answer.ok) {
          await answer.body?.cancel();
          throw new Error(String(answer.status));
        }
        canvas.json = await answer.json();
      }
      if (canvas.json.type === "matrix") await load(script.dataset.matrix);
      draw(canvas);
      canvas.dispatchEvent(new CustomEvent("chartdrawn", { bubbles: true }));
    } catch (error) {
      console.error(error);
      failure.hidden = false;
    }
  }

  /* The tools under the charts are not part of the first view: they come at the first sign of a
     person, or a little later. */
  function later(act) {
    const signs = ["pointermove", "keydown", "scroll", "touchstart"];
    const once = () => { signs.forEach((sign) => removeEventListener(sign, once)); act(); };
    signs.forEach((sign) => addEventListener(sign, once, { passive: true }));
    setTimeout(once, 2500);
  }

  window.ocopCharts = { pointText, show, suffixOf, valueOf, worded };
  const canvases = [...document.querySelectorAll("canvas[data-chart-url]")];
  canvases.forEach(show);
  if (script.dataset.tableScript) later(() => load(script.dataset.tableScript));
  document.addEventListener("themechange", () => {
    canvases.filter((canvas) => canvas.chart).forEach(draw);
  });
})();
