// The scheme editor: sums follow what is typed above them, a new kind of rule shows its own fields at once.
// The tables of marks: Enter and the arrows go down and up.
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

  for (const table of document.querySelectorAll("[data-typing-table]")) {
    const fields = (row) => Array.from(row.querySelectorAll("input, select"));
    const rows = Array.from(table.tBodies[0].rows).filter((row) => fields(row).some((field) => !field.disabled));
    table.addEventListener("keydown", (event) => {
      const step = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const row = event.target.closest("tr");
      const at = rows.indexOf(row);
      const column = row ? fields(row).indexOf(event.target) : -1;
      if (at < 0 || column < 0 || !step || (event.target instanceof HTMLSelectElement && event.key !== "Enter")) return;
      event.preventDefault();
      const next = rows[at + step] && fields(rows[at + step])[column];
      if (next) {
        next.focus();
        if (next.select) next.select();
      }
    });
  }
  for (const hint of document.querySelectorAll("[data-typing-hint]")) hint.hidden = false;
})();
