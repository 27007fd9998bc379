/** Choose a project: its stations from the planning permit to completion. */

import { call, element, rows, show } from "./data.js";

const search = document.querySelector("#name");

const projects = new Map();

search.addEventListener("change", () => show(stations));
show(async () => {
  const approvals = await rows("construction-project-approvals", {
    fields: "project_code,project_name,location",
    sort: "approval_date desc",
  });
  for (const approval of approvals) projects.set(approval.project_name, approval);
  const names = [...projects.keys()].map((name) => element("option", { value: name }));
  document.querySelector("#names").append(...names);
  return stations();
});

async function stations() {
  const project = projects.get(search.value.trim());
  if (!project) return "从列表中选择一个项目。";
  const chain = await call("gpo_catalogue_chain_show", {
    id: "project",
    key: project.project_code,
  });
  return [
    element("h2", {}, project.project_name),
    element("p", {}, `${project.location}，项目代码 ${project.project_code}`),
    element("ol", { class: "stations" }, ...chain.stations.map(station)),
  ];
}

function station({ title, number, date }) {
  const text = date ? `${title}：${date}，${number}` : `${title}：尚无记录`;
  return element("li", date ? { class: "reached" } : {}, text);
}
