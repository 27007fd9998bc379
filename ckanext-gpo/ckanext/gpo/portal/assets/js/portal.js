// Small helps on top of pages that work without them: reading mode, copying a call,
// facets that fold away on a phone.
(function () {
  "use strict";

  document.querySelectorAll("[data-mode]").forEach(function (input) {
    var mode = input.dataset.mode;
    input.checked = (window.gpoMode.get(mode) || "") === input.value;
    input.addEventListener("change", function () {
      window.gpoMode.set(mode, input.value);
    });
  });

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.copy).textContent;
      navigator.clipboard.writeText(text).then(function () {
        var label = button.querySelector("[data-label]");
        var before = label.textContent;
        label.textContent = button.dataset.done;
        setTimeout(function () {
          label.textContent = before;
        }, 2000);
      });
    });
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.pop[open]").forEach(function (pop) {
      if (!pop.contains(event.target)) pop.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.pop[open]").forEach(function (pop) {
      pop.open = false;
      pop.querySelector("summary").focus();
    });
  });

  var narrow = window.matchMedia("(max-width: 62rem)");
  document.querySelectorAll("details[data-wide-open]").forEach(function (box) {
    box.open = !narrow.matches;
  });
})();
