/** Type a name: the licence of a food business and what inspectors have seen there. */

import { element, rows, show } from "./data.js";

const MOST_SHOWN = 10;
const search = document.querySelector("#name");

const businesses = rows("food-drug-food-licences", {
  fields: "uscc,operator_name,premises,status,valid_until",
  sort: "valid_until desc",
});

search.addEventListener("input", () => show(cards));
show(cards);

async function cards() {
  const name = search.value.trim();
  if (!name) return "输入店名的一部分即可。";
  const matches = (await businesses).filter((business) =>
    business.operator_name.includes(name),
  );
  if (!matches.length) return `没有名称含“${name}”的食品经营者。`;
  const list = await Promise.all(matches.slice(0, MOST_SHOWN).map(card));
  const count = `共 ${matches.length} 家，显示前 ${list.length} 家。`;
  return [count, element("ul", { class: "cards" }, ...list)];
}

async function card(business) {
  const inspections = await rows("food-drug-food-inspections", {
    filters: JSON.stringify({ uscc: business.uscc }),
    sort: "inspection_date desc",
    limit: 3,
  });
  const lines = inspections.map(
    ({ inspection_date: date, result, problems }) =>
      `${date} ${result}${problems ? `：${problems}` : ""}`,
  );
  return element(
    "li",
    {},
    element("h2", {}, business.operator_name),
    element("p", {}, business.premises),
    element("p", {}, `许可证${business.status}，有效期至 ${business.valid_until}`),
    ...(lines.length ? lines : ["没有检查记录"]).map((line) => element("p", {}, line)),
  );
}
