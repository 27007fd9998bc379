// What CKAN and ckanext-scheming do in inline handlers, which the Content-Security-Policy
// forbids: our overrides of those snippets carry data-* attributes instead.
(function () {
  "use strict";

  function closest(event, selector) {
    return event.target instanceof Element ? event.target.closest(selector) : null;
  }

  // CKAN asks moment for the language of the page by a name that moment does not know
  if (window.moment) window.moment.defineLocale("zh-hans-cn", { parentLocale: "zh-cn" });

  // select2 puts fields in the place of lists, without their names, whenever it is ready
  function nameLists() {
    document.querySelectorAll(".select2-container:not([data-named])").forEach(function (box) {
      var list = box.previousElementSibling;
      var label = list && list.labels && list.labels[0];
      if (!label) return;
      box.dataset.named = "";
      box.querySelectorAll(".select2-selection, [role=textbox]").forEach(function (field) {
        field.removeAttribute("aria-labelledby");
        field.setAttribute("aria-label", label.textContent.trim());
      });
    });
  }
  new MutationObserver(nameLists).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });

  // API tokens: the revoke button waits for a choice
  function updateRevoke() {
    var button = document.getElementById("revoke-tokens-button");
    if (button) button.disabled = !document.querySelector("[name=token]:checked");
  }
  document.addEventListener("change", function (event) {
    if (closest(event, "[name=token]")) updateRevoke();
  });
  document.addEventListener("htmx:afterRequest", updateRevoke);

  // Fields with several texts: one more, one less
  document.addEventListener("click", function (event) {
    var add = closest(event, "[data-multiple-add]");
    var remove = closest(event, "[data-multiple-remove]");
    if (!add && !remove) return;
    var list = (add || remove).closest("fieldset").querySelector("ol");
    if (add) {
      var copy = list.lastElementChild.cloneNode(true);
      copy.querySelector("input").value = "";
      list.append(copy);
      copy.querySelector("input").focus();
    } else if (list.children.length > 1) {
      remove.closest("li").remove();
    } else {
      list.querySelector("input").value = "";
    }
  });

  // Groups of fields: ckanext-scheming's module does it, but listens to links only
  document.addEventListener("click", function (event) {
    var add = closest(event, "[data-subfields-add]");
    var remove = closest(event, ".btn-repeating-remove");
    if (!add && !remove) return;
    var fields = (add || remove).closest("fieldset");
    var module = ckan.module.instances["scheming-repeating-subfields"].find(function (one) {
      return one.el[0] === fields;
    });
    if (add) module._onCreateGroup(event);
    else module._onRemoveGroup(event);
  });

  // Upload or link: a button checks the radio button that shows its fields
  document.addEventListener("click", function (event) {
    var button = closest(event, "[data-choose]");
    if (!button) return;
    document.getElementById(button.dataset.choose).checked = true;
    var emptied = button.dataset.empty && document.getElementById(button.dataset.empty);
    if (emptied) emptied.value = "";
    var next = document.getElementById(button.dataset.then);
    if (next) next[next.type === "file" ? "click" : "focus"]();
  });
})();
