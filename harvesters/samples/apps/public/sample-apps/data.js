/** What the sample apps share: rows from the platform's API, and drawing them. */

const MOST_ROWS = 5000;

/** The rows of a published table, by the name of its dataset. */
export async function rows(dataset, query = {}) {
  const { resources } = await call("package_show", { id: dataset });
  const answer = await call("datastore_search", {
    resource_id: resources[0].id,
    limit: MOST_ROWS,
    ...query,
  });
  return answer.records;
}

/** The result of an action of the API; throws what the platform says if there is none. */
export async function call(action, parameters) {
  const address = `/api/3/action/${action}?${new URLSearchParams(parameters)}`;
  const answer = await fetch(address);
  const body = await answer.json();
  if (!body.success) throw new Error(body.error?.message ?? answer.statusText);
  return body.result;
}

/** An element with attributes, and with texts or elements inside. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A table of texts and figures; `columns` is [title, row → value, whether a figure]. */
export function table(caption, columns, records) {
  const cell = (name, text, figure) =>
    element(name, figure ? { class: "figure" } : {}, text);
  const head = element(
    "tr", {}, ...columns.map(([title, , figure]) => cell("th", title, figure)),
  );
  const body = records.map((record) =>
    element(
      "tr", {}, ...columns.map(([, value, figure]) => cell("td", value(record), figure)),
    ),
  );
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      element("caption", {}, caption),
      element("thead", {}, head),
      element("tbody", {}, ...body),
    ),
  );
}

/** Draw into the page's output what a task makes; say what went wrong if it does. */
export async function show(task) {
  const output = document.querySelector("output");
  output.replaceChildren("正在读取数据……");
  try {
    output.replaceChildren(...[await task()].flat());
  } catch (error) {
    output.replaceChildren(`数据暂时读取不到，请稍后再试（${error.message}）`);
  }
}

/** A figure with marks between thousands. */
export function figure(value, digits = 0) {
  return Number(value).toLocaleString("zh-CN", { maximumFractionDigits: digits });
}
