// The form of a return: the content of the last accepted one at a click (与上期一致).
(function () {
  "use strict";
  const { tell } = window.luoshi;
  const words = JSON.parse(document.getElementById("evidence-words").textContent);

  for (const button of document.querySelectorAll("[data-copy-last]")) {
    button.addEventListener("click", () => {
      const form = button.closest("form");
      const last = JSON.parse(document.getElementById(button.dataset.copyLast).textContent);
      for (const [name, value] of Object.entries(last)) {
        const field = form.elements.namedItem(name);
        if (!field) continue;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      tell(words.copied, "blue");
      form.elements.namedItem("done").focus();
    });
  }

  // A percent lower than last time is to be explained: the field shows while it is lower, and keeps what was typed.
  for (const part of document.querySelectorAll("[data-setback]")) {
    const percent = part.closest("form").elements.namedItem("percent");
    const show = () => {
      const lower = percent.value.trim() !== "" && Number(percent.value) < Number(part.dataset.setback);
      part.hidden = !lower && !part.querySelector(".field-wrong");
    };
    percent.addEventListener("input", show);
    show();
  }
})();
