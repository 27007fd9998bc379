/** Choose a street: its culture venues, when they open and what they offer. */

import { element, rows, show } from "./data.js";

const choice = document.querySelector("#street");

let venues = [];

choice.addEventListener("change", () => show(cards));
show(async () => {
  venues = await rows("culture-culture-venues", { sort: "venue_name" });
  const streets = [...new Set(venues.map(({ street }) => street))].sort();
  choice.append(...streets.map((street) => element("option", {}, street)));
  return cards();
});

function cards() {
  const there = venues.filter(({ street }) => street === choice.value);
  return element("ul", { class: "cards" }, ...there.map(card));
}

function card(venue) {
  const lines = [
    `${venue.address}，电话 ${venue.phone ?? "未登记"}`,
    `开放时间：${venue.opening_hours}`,
    `免费项目：${venue.free_items}`,
    venue.closure_notice,
  ];
  return element(
    "li",
    {},
    element("h2", {}, venue.venue_name),
    ...lines.filter(Boolean).map((line) => element("p", {}, line)),
  );
}
