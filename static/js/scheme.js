// The scheme editor: sums follow what is typed above them, a new kind of rule shows its own fields at once.
(function () {
  "use strict";

  // Before points.js hears of it: the total of a box is what stands in the points of its own node.
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.pointsOf) return;
    const result = document.getElementById(input.dataset.pointsOf);
    if (!result) return;
    result.hidden = input.value.trim() === "";
    result.dataset.pointsTotal = input.value.trim();
  }, true);

  for (const select of document.querySelectorAll("select[data-refresh]")) {
    select.addEventListener("change", () => {
      const button = document.createElement("button");
      button.type = "submit";
      button.name = "act";
      button.value = select.dataset.refresh;
      button.hidden = true;
      button.formNoValidate = true;
      select.form.append(button);
      button.click();
    });
  }
})();
