// What was accepted last, beside what is written now; a part is a form, or a row of one, with [data-autosave] (js/autosave.js).
// [data-copy-last="id"] fills its part with the JSON of that element (与上期一致) and says data-told. [data-setback="percent"]
// shows while the part's percent is lower than that: it is to be explained, and what was typed is kept. Of milestones see
// js/milestones.js.
(function () {
  "use strict";
  const { tell } = window.luoshi;
  const partOf = (element) => element.closest("[data-autosave]");
  const field = (part, name) => part.querySelector(`[name="${part.dataset.prefix || ""}${name}"]`);

  for (const button of document.querySelectorAll("[data-copy-last]")) {
    button.addEventListener("click", () => {
      const part = partOf(button);
      const last = JSON.parse(document.getElementById(button.dataset.copyLast).textContent);
      for (const [name, value] of Object.entries(last)) {
        const control = field(part, name);
        if (!control) continue;
        if (control.type === "radio") {
          for (const one of part.querySelectorAll(`[name="${control.name}"]`)) one.checked = one.value === value;
        } else {
          control.value = value;
        }
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (button.dataset.told) tell(button.dataset.told, "blue");
      field(part, "done").focus();
    });
  }

  for (const explanation of document.querySelectorAll("[data-setback]")) {
    const percent = field(partOf(explanation), "percent");
    const show = () => {
      const typed = percent.value.normalize("NFKC").replace(/%\s*$/, "").trim();
      const lower = typed !== "" && Number(typed) < Number(explanation.dataset.setback);
      explanation.hidden = !lower && !explanation.querySelector(".field-wrong, .field-error");
    };
    percent.addEventListener("input", show);
    show();
  }
})();
