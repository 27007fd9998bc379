// Files that are dropped or chosen leave at once, in parts that go on after a broken line:
// snippets/hand_in_files.html. Without scripts it is a plain form, which sends them whole.
import { Upload } from "./vendor/tus.js";

const RETRIES = [0, 1000, 3000, 10000, 30000]; // milliseconds

function enhance(zone) {
  const form = zone.closest("form");
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-files]");
  const submit = form.querySelector("button[type=submit]");
  const words = zone.dataset;
  const limit = Number(words.limit);

  input.removeAttribute("required");
  zone.classList.add("drop-zone");
  zone.querySelector("[data-drop-hint]").hidden = false;

  input.addEventListener("change", () => {
    take(input.files);
    input.value = ""; // or the form would send them once more
  });
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });

  function take(files) {
    const chosen = [...files];
    if (!input.multiple) for (const row of [...list.children]) row.remove();
    for (const file of input.multiple ? chosen : chosen.slice(0, 1)) add(file);
  }

  function add(file) {
    const row = zone.querySelector("template").content.cloneNode(true).firstElementChild;
    const bar = row.querySelector("progress");
    const state = row.querySelector("[data-state]");
    row.querySelector("[data-name]").textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    list.append(row);
    if (!file.size) return say(words.empty, true);
    if (file.size > limit) return say(words.large, true);

    const upload = new Upload(file, {
      endpoint: words.endpoint,
      chunkSize: Number(words.part),
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      headers: { "X-CSRFToken": form.querySelector("[name=_csrf_token]").value },
      metadata: { filename: file.name },
      onProgress: (sent, all) => {
        bar.value = sent / all;
        say(`${Math.floor((100 * sent) / all)} %`);
      },
      onSuccess: () => {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "upload_id";
        field.value = upload.url.split("/").pop();
        row.append(field);
        row.dataset.done = "";
        bar.value = 1;
        say(words.done);
      },
      onError: () => say(words.failed, true),
    });
    row.querySelector("button").addEventListener("click", () => {
      upload.abort(true).catch(() => {}); // what is left on the site goes with its time
      row.remove();
      refresh();
    });
    row.dataset.busy = "";
    upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
    refresh();

    function say(text, failed = false) {
      state.textContent = text;
      row.classList.toggle("failed", failed);
      if (failed || "done" in row.dataset) delete row.dataset.busy;
      refresh();
    }
  }

  function refresh() {
    submit.disabled = Boolean(list.querySelector("[data-busy]"));
    list.hidden = !list.children.length;
  }
}

for (const zone of document.querySelectorAll("[data-hand-in]")) enhance(zone);
