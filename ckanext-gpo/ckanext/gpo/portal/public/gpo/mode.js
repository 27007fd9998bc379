// Reading mode, set before the first paint so that nothing flickers. The choice stays on
// this device only (localStorage); without a choice the system's colour scheme counts.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var contrast = window.matchMedia("(prefers-contrast: more)");

  function read(key) {
    try {
      return localStorage.getItem("gpo-" + key) || "";
    } catch (refused) {
      return ""; // storage may be switched off; the page works without it
    }
  }

  function apply() {
    var system = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
    root.dataset.theme = read("theme") || system;
    root.dataset.size = read("size") || "normal";
  }

  window.gpoMode = {
    get: read,
    set: function (key, value) {
      try {
        localStorage.setItem("gpo-" + key, value);
      } catch (refused) {
        root.dataset[key] = value;
        return;
      }
      apply();
    },
  };

  dark.addEventListener("change", apply);
  contrast.addEventListener("change", apply);
  apply();
})();
