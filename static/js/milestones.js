// Milestones of a report (节点): a [data-milestone] holds the fields of one, in a part as in js/last.js. When it is expected
// ([data-expected]) is asked while it is said not to be reached; [data-fallen] shows while one that was reached before
// (data-milestone="reached") is said not to be: that is to be explained. What was typed is kept.
(function () {
  "use strict";

  /** Whether a milestone is said to be reached ("yes") or not ("no"); empty while nothing is said. */
  function said(box) {
    const field = box.querySelector("select, input[type=radio]:checked");
    return field ? field.value : "";
  }

  function show(part) {
    const boxes = [...part.querySelectorAll("[data-milestone]")];
    for (const box of boxes) {
      const expected = box.querySelector("[data-expected]");
      expected.hidden = said(box) !== "no" && !expected.querySelector(".field-wrong, .field-error");
    }
    const fallen = part.querySelector("[data-fallen]");
    if (!fallen) return;
    const lost = boxes.some((box) => box.dataset.milestone === "reached" && said(box) === "no");
    fallen.hidden = !lost && !fallen.querySelector(".field-wrong, .field-error");
  }

  const parts = new Set([...document.querySelectorAll("[data-milestone]")].map((box) => box.closest("[data-autosave]")));
  for (const part of parts) {
    part.addEventListener("input", () => show(part));
    show(part);
  }
})();
