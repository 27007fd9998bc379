// Draws what pages/chart.py has put beside the table, in the colours of the reading mode.
// Texts are drawn as text: nothing of a table becomes markup.
import { init } from "./vendor/echarts.js";

const ROW = 28; // pixels of a bar with its name
const HUES = ["--accent", "--hue-construction", "--hue-environment", "--hue-tax", "--hue-food_drug",
  "--hue-planning", "--hue-budget", "--hue-culture", "--ink-faint"];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function tokens() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function option(chart, narrow) {
  const token = tokens();
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875;
  const text = { color: token("--ink"), fontSize: size, fontFamily: token("--font-text") };
  const line = { lineStyle: { color: token("--line") } };
  const names = {
    type: "category",
    data: chart.labels,
    axisLine: line,
    axisTick: { show: false },
    axisLabel: { ...text, hideOverlap: true },
  };
  const values = {
    type: "value",
    name: chart.unit,
    nameTextStyle: text,
    axisLabel: { ...text, hideOverlap: true },
    splitLine: { lineStyle: { color: token("--line-soft") } },
  };
  const shared = {
    animation: !calm.matches,
    animationDuration: 120,
    aria: { enabled: true, label: { description: chart.title }, decal: { show: chart.kind === "share" } },
    textStyle: text,
    tooltip: {
      trigger: chart.kind === "share" ? "item" : "axis",
      renderMode: "richText",
      backgroundColor: token("--surface"),
      borderColor: token("--line-control"),
      textStyle: text,
      valueFormatter: (value) => (value == null ? "–" : value.toLocaleString()),
    },
  };
  const series = { name: chart.measure, itemStyle: { color: token("--accent") } };
  if (chart.kind === "share") {
    const data = chart.labels.map((name, at) => ({ name, value: chart.values[at] }));
    const label = {
      ...text,
      formatter: ({ name, percent }) => `${name}\n${percent} %`,
      alignTo: "edge",
      edgeDistance: 4,
      overflow: "break",
      width: narrow ? 76 : 180,
    };
    const itemStyle = { borderColor: token("--surface"), borderWidth: 2 };
    const radius = narrow ? "40%" : "70%";
    return { ...shared, color: HUES.map(token), series: [{ ...series, type: "pie", radius, data, label, itemStyle }] };
  }
  const grid = { left: 8, right: 24, top: chart.unit ? 36 : 16, bottom: 8 };
  if (chart.isTime) {
    const type = chart.kind;
    const lineStyle = { color: token("--accent"), width: 2 };
    return { ...shared, grid, xAxis: names, yAxis: values,
      series: [{ ...series, type, lineStyle, showSymbol: chart.labels.length < 60, data: chart.values }] };
  }
  const label = { ...names.axisLabel, width: narrow ? 110 : 240, overflow: "truncate", interval: 0 };
  return { ...shared, grid, xAxis: values, yAxis: { ...names, inverse: true, axisLabel: label },
    series: [{ ...series, type: "bar", barMaxWidth: 20, data: chart.values }] };
}

function height(chart) {
  const listed = chart.kind === "bar" && !chart.isTime;
  return listed ? Math.max(160, 64 + ROW * chart.labels.length) : 380;
}

function draw(box) {
  const chart = JSON.parse(box.dataset.chart);
  box.style.height = `${height(chart)}px`;
  const drawing = init(box, null, { renderer: "svg" });
  const paint = () => drawing.setOption(option(chart, box.clientWidth < 560), true);
  paint();
  // ECharts describes the drawing itself; the page's title says it shorter
  box.setAttribute("aria-label", chart.title);
  new ResizeObserver(() => {
    drawing.resize();
    paint();
  }).observe(box);
  new MutationObserver(paint).observe(document.documentElement, {
    attributeFilter: ["data-theme", "data-size"],
  });
  offerFiles(box, chart.title);
}

function offerFiles(box, title) {
  const files = box.closest("figure").querySelector(".chart-files");
  if (!files) return;
  files.hidden = false;
  files.addEventListener("click", async ({ target }) => {
    const kind = target.dataset.save;
    if (!kind) return;
    const svg = box.querySelector("svg").cloneNode(true);
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const text = new XMLSerializer().serializeToString(svg);
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    save(kind === "png" ? await picture(address, box) : address, `${title}.${kind}`);
  });
}

async function picture(address, box) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * box.clientWidth;
  canvas.height = 2 * box.clientHeight;
  const context = canvas.getContext("2d");
  context.fillStyle = tokens()("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

document.querySelectorAll("[data-chart]").forEach(draw);
