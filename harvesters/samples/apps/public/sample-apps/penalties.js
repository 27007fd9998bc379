/** Environmental penalties, counted by the kind of violation. */

import { figure, rows, show, table } from "./data.js";

show(async () => {
  const penalties = await rows("environment-environmental-penalties", {
    fields: "violation_type,fine_amount,decision_date",
  });
  const kinds = new Map();
  for (const { violation_type: kind, fine_amount: fine } of penalties) {
    const { count, fines } = kinds.get(kind) ?? { count: 0, fines: 0 };
    kinds.set(kind, { count: count + 1, fines: fines + Number(fine ?? 0) });
  }
  const days = penalties.map(({ decision_date: day }) => day).sort();
  const ordered = [...kinds].sort(([, one], [, other]) => other.count - one.count);
  return table(
    `${days[0]} 至 ${days.at(-1)}，共 ${figure(penalties.length)} 件`,
    [
      ["违法行为类型", ([kind]) => kind],
      ["件数", ([, { count }]) => figure(count), true],
      ["罚款（万元）", ([, { fines }]) => figure(fines, 1), true],
      ["平均每件（万元）", ([, { count, fines }]) => figure(fines / count, 1), true],
    ],
    ordered,
  );
});
