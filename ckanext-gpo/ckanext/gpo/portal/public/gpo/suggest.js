// Suggestions while somebody types into a search field: snippets/search_box.html.
// Choosing one opens its page; the form still searches for what was typed.
import Combobox from "./vendor/combobox-nav.js";

const PAUSE = 120; // milliseconds without a key before the site is asked
const ROWS = 8;
const ENGLISH = document.documentElement.lang.startsWith("en");
const NAME = "__name__"; // in the addresses of the kinds

function option(entry, kinds) {
  const { label, address } = kinds[entry.kind];
  const link = document.createElement("a");
  link.setAttribute("role", "option");
  link.tabIndex = -1;
  link.href = address.replace(NAME, () => encodeURIComponent(entry.name));
  if (entry.query) link.search = entry.query; // the key of a record
  const title = document.createElement("span");
  title.className = "title";
  if (ENGLISH && entry.title_en) title.textContent = entry.title_en;
  else title.append(...marked(entry.title, entry.marks));
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = label;
  link.append(title, kind);
  return link;
}

// `marks` are [start, end) in characters, not in UTF-16 units.
function marked(title, marks) {
  const characters = Array.from(title);
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(characters.slice(at, start).join(""));
    const mark = document.createElement("mark");
    mark.textContent = characters.slice(start, end).join("");
    parts.push(mark);
    at = end;
  }
  parts.push(characters.slice(at).join(""));
  return parts;
}

function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const kinds = JSON.parse(form.dataset.kinds);
  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
  let timer = 0;
  let asking = new AbortController();

  function close() {
    clearTimeout(timer);
    asking.abort();
    if (list.hidden) return;
    combobox.stop();
    list.hidden = true;
  }

  function show(entries) {
    const was = !list.hidden;
    list.replaceChildren(...entries.map((e) => option(e, kinds)));
    status.textContent = entries.length
      ? status.dataset.many.replace("{count}", entries.length)
      : status.dataset.none;
    if (!entries.length) return close();
    list.hidden = false;
    if (!was) combobox.start();
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const q = input.value.trim();
    if (!q) return close();
    const query = new URLSearchParams({ q, limit: ROWS });
    try {
      const answer = await fetch(`${form.dataset.suggest}?${query}`, {
        signal: asking.signal,
        headers: { Accept: "application/json" },
      });
      const body = await answer.json();
      if (input.value.trim() === q && document.activeElement === input)
        show(body.result || []);
    } catch {
      // given up for a newer question, or no connection: the form works without
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the browser would empty the field
      close();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  form.addEventListener("submit", close);
}

document.querySelectorAll("form[data-suggest]").forEach(suggest);
