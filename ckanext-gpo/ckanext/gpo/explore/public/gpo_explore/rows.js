// Puts the rows of another state in place without loading the whole page. Every link and the
// form work without it.

const place = document.querySelector("[data-rows]");
const form = document.querySelector("[data-narrowing]");

let asking = null;

async function show(address, { push }) {
  asking?.abort();
  asking = new AbortController();
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-rows]");
    if (!fresh) throw new Error("no rows in the answer");
    const focused = focusKey();
    place.replaceChildren(...fresh.childNodes);
    // the filters say what is looked at, also when a chip took one away
    const narrowing = page.querySelector("[data-narrowing]");
    if (narrowing && !form.contains(document.activeElement)) {
      form.replaceChildren(...narrowing.childNodes);
    }
    if (push) history.pushState({ rows: true }, "", answer.url);
    refocus(focused);
    place.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// What stays the same of a link when its state changes: its words.
function focusKey() {
  const active = document.activeElement;
  return place.contains(active) ? active.textContent.trim() : null;
}

function refocus(key) {
  if (key === null) return;
  const links = [...place.querySelectorAll("a[data-fragment]")];
  const same = links.find((link) => link.textContent.trim() === key);
  const target = same ?? place.querySelector("[data-count]");
  if (!same && target) target.tabIndex = -1;
  target?.focus({ preventScroll: Boolean(same) });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-fragment]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.button !== 0) return;
  event.preventDefault();
  show(link.href, { push: true });
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  show(`${form.action}?${new URLSearchParams(pairs)}`, { push: true });
});

addEventListener("popstate", () => show(location.href, { push: false }));
