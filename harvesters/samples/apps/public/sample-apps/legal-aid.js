/** Legal aid, added up by year. */

import { figure, rows, show, table } from "./data.js";

const COUNTED = ["applications", "granted", "recipients", "migrant_workers"];

show(async () => {
  const months = await rows("legal-legal-aid-cases", { sort: "year_month" });
  const years = new Map();
  for (const month of months) {
    const year = month.year_month.slice(0, 4);
    const sums = years.get(year) ?? COUNTED.map(() => 0);
    years.set(year, sums.map((sum, i) => sum + Number(month[COUNTED[i]] ?? 0)));
  }
  const sum = (index) => ([, sums]) => figure(sums[index]);
  return table(
    `${months[0].year_month} 至 ${months.at(-1).year_month}，按年合计`,
    [
      ["年份", ([year]) => year],
      ["申请件数", sum(0), true],
      ["给予援助件数", sum(1), true],
      ["受援人数", sum(2), true],
      ["其中农民工", sum(3), true],
    ],
    [...years],
  );
});
