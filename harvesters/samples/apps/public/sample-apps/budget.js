/** Choose a year: what each department spends, as a meter beside the figure. */

import { element, figure, rows, show, table } from "./data.js";

const choice = document.querySelector("#year");

let records = [];

choice.addEventListener("change", () => show(departments));
show(async () => {
  records = await rows("budget-department-expenditures", {
    fields: "year,department_name,total",
  });
  const years = [...new Set(records.map(({ year }) => year))].sort().reverse();
  choice.append(...years.map((year) => element("option", {}, String(year))));
  return departments();
});

function departments() {
  const totals = new Map();
  for (const { year, department_name: name, total } of records) {
    if (String(year) !== choice.value) continue;
    totals.set(name, (totals.get(name) ?? 0) + Number(total));
  }
  const largest = Math.max(...totals.values());
  const ordered = [...totals].sort(([, one], [, other]) => other - one);
  return table(
    `${choice.value} 年各部门支出预算`,
    [
      ["部门", ([name]) => name],
      ["预算数（万元）", ([, total]) => figure(total, 2), true],
      ["占最大部门之比", ([name, total]) => meter(name, total, largest)],
    ],
    ordered,
  );
}

function meter(name, value, max) {
  return element("meter", { value, max, "aria-label": name });
}
