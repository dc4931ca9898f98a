// Ready phrases: a button [data-phrase="field name"] adds its words to that field of its form, once.
(function () {
  "use strict";
  for (const button of document.querySelectorAll("[data-phrase]")) {
    button.addEventListener("click", () => {
      const field = button.closest("form").elements.namedItem(button.dataset.phrase);
      const words = button.textContent.trim();
      if (!field.value.includes(words)) field.value = field.value ? field.value.replace(/\s*$/, "\n") + words : words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
})();
