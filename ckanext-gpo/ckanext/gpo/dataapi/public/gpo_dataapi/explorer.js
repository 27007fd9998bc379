// Shows the operations of the API to try, in the language of the page.

import SwaggerUI from "./vendor/swagger-ui.js";

const box = document.getElementById("explorer");
const words = JSON.parse(box.dataset.words);

SwaggerUI({
  url: box.dataset.document,
  domNode: box,
  deepLinking: false, // its links would stand inside of buttons
  syntaxHighlight: false, // too pale to be read
  tryItOutEnabled: true,
  supportedSubmitMethods: ["get", "post"],
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  requestInterceptor: (request) => ({ ...request, credentials: "omit" }),
});

// What Swagger UI writes is English; it has no other languages.
function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node; node = walker.nextNode()) {
    const word = words[node.data.trim()];
    if (word && !node.parentElement?.closest("pre, code, textarea")) {
      node.data = word;
    }
  }
}

// What it forgets for those who read by keyboard or ear.
function mend() {
  for (const choice of box.querySelectorAll("select:not([aria-label])")) {
    const row = choice.closest("tr[data-param-name]");
    choice.ariaLabel = row?.dataset.paramName ?? box.dataset.choice;
  }
  for (const text of box.querySelectorAll("pre:not([tabindex])")) {
    text.tabIndex = 0;
  }
}

new MutationObserver((changes) => {
  for (const { target, addedNodes, type } of changes) {
    (type === "characterData" ? [target] : addedNodes).forEach(translate);
  }
  mend();
}).observe(box, { childList: true, characterData: true, subtree: true });
