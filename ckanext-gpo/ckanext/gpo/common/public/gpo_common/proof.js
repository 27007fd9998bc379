// The work that a browser does before it sends a form: common/web/proof.py. It begins when the
// reader comes to the form, and the form waits for it; if it fails, the form goes without.
const LONGEST = 20000; // milliseconds

function solve(field) {
  const challenge = JSON.parse(field.dataset.challenge);
  return new Promise((resolve) => {
    const worker = new Worker(field.dataset.worker);
    const finish = (solution) => {
      if (solution?.derivedKey) field.value = btoa(JSON.stringify({ challenge, solution }));
      worker.terminate();
      resolve();
    };
    worker.onmessage = (message) => finish(message.data);
    worker.onerror = () => finish();
    worker.postMessage({
      type: "work",
      challenge,
      counterMode: "uint32",
      counterStart: 0,
      counterStep: 1,
      timeout: LONGEST,
    });
  });
}

for (const field of document.querySelectorAll("input[data-challenge]")) {
  let work;
  const begin = () => (work ??= solve(field));
  field.form.addEventListener("focusin", begin, { once: true });
  field.form.addEventListener("submit", async (event) => {
    if (field.value || field.dataset.tried) return;
    event.preventDefault();
    const { submitter } = event;
    await begin();
    field.dataset.tried = "yes";
    field.form.requestSubmit(submitter);
  });
}
