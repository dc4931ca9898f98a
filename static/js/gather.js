// What other units of the task reported, taken over into the form of the one that leads it (汇总) at a click: texts after
// what is typed, each once; sums, and whether the milestone is reached, into fields that are empty. What was taken, and what
// not, is said beside the button.
// <button data-gather="id of the JSON of tracker.progress.labels_shared.takeover" disabled>
(function () {
  "use strict";

  function changed(field, value) {
    field.value = value;
    const control = field instanceof RadioNodeList ? [...field].find((one) => one.checked) : field;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function append(field, paragraphs) {
    const missing = paragraphs.filter((one) => !field.value.includes(one));
    if (missing.length) changed(field, [field.value.trimEnd(), ...missing].filter(Boolean).join("\n"));
  }

  /** Fills an empty field with a sum; returns what is to be said of it. */
  function add(field, figure) {
    if (figure.left) return figure.left;
    if (field.value.trim() && field.value.trim() !== figure.value) return figure.kept;
    if (!field.value.trim()) changed(field, figure.value);
    return figure.taken;
  }

  for (const button of document.querySelectorAll("[data-gather]")) {
    button.addEventListener("click", () => {
      const { elements } = button.form;
      const found = JSON.parse(document.getElementById(button.dataset.gather).textContent);
      const said = [found.taken];
      for (const [name, paragraphs] of Object.entries(found.texts)) append(elements.namedItem(name), paragraphs);
      for (const [name, figure] of Object.entries(found.figures)) said.push(add(elements.namedItem(name), figure));
      document.querySelector("[data-gathered]").replaceChildren(...said.filter(Boolean).map((words) => Object.assign(document.createElement("p"), { textContent: words })));
    });
    button.disabled = false;
  }
})();
