// How far a check is, told as it goes on, and then its report, without a reload:
// snippets/progress.html. Without scripts the page says when to look again.
const SOON = 500; // milliseconds from one question to the next, longer each time
const LATE = 5000;

async function follow(place, pause) {
  await new Promise((resolve) => setTimeout(resolve, pause));
  const answer = await fetch(place.dataset.progress).catch(() => null);
  if (answer?.status >= 400 && answer.status < 500) return; // this reader may not ask any more
  const { ended, stage, words } = answer?.ok ? await answer.json() : {};
  if (ended) {
    show();
    return;
  }
  const line = place.querySelector("[data-words]");
  if (words && line.textContent !== words) line.textContent = words;
  for (const item of stage ? place.querySelectorAll("[data-stage]") : []) {
    if (item.dataset.stage === stage) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  follow(place, Math.min(pause * 1.2, LATE));
}

// The page as it is now, in the place of the one that was opened.
async function show() {
  const answer = await fetch(window.location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.querySelector("main");
  main.replaceWith(page.querySelector("main"));
  document.querySelector("main [data-verdict]")?.focus();
}

const place = document.querySelector("[data-progress]");
if (place) {
  place.querySelector("[data-reload]").hidden = true;
  follow(place, SOON);
}
