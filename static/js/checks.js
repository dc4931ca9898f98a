// Many boxes at once: inside [data-check-group], buttons [data-check="all|none|begin|filled"] tick them all, none, as they came,
// or those in whose row no [data-needed] is empty.
// They stand in a [data-check-all] that is hidden without scripts; [data-check-count] says how many are ticked, in the words
// of its data-words with {n} and {total}.
(function () {
  "use strict";
  const boxes = (group) => [...group.querySelectorAll('input[type="checkbox"][name="units"], input[type="checkbox"][data-row]')];

  function count(group) {
    const place = group.querySelector("[data-check-count]");
    if (!place) return;
    const all = boxes(group);
    const words = { n: all.filter((one) => one.checked).length, total: all.length };
    place.textContent = place.dataset.words.replace(/\{(\w+)\}/g, (whole, name) => words[name]);
  }

  /** Which boxes a button ticks. */
  const TICKED = {
    all: () => true,
    none: () => false,
    begin: (box) => box.defaultChecked,
    filled: (box) => [...box.closest("tr").querySelectorAll("[data-needed]")].every((one) => one.value.trim() !== ""),
  };

  for (const bar of document.querySelectorAll("[data-check-all]")) bar.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-check]");
    if (!button) return;
    const group = button.closest("[data-check-group]");
    for (const box of boxes(group)) box.checked = TICKED[button.dataset.check](box);
    for (const one of document.querySelectorAll("[data-check-group]")) count(one);
  });
  document.addEventListener("change", (event) => {
    const group = event.target.closest("form[data-check-group]");
    if (group) count(group);
  });
  for (const group of document.querySelectorAll("[data-check-group]")) count(group);
})();
