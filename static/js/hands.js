// Loaded in the head: keeps the keys that are pressed before the script that answers them has come.
(function () {
  "use strict";
  const kept = [];
  const keep = (event) => { kept.push(event); };
  document.addEventListener("keydown", keep);

  /** Hands over what was pressed so far; keeps nothing more. */
  window.keysSoFar = () => {
    document.removeEventListener("keydown", keep);
    return kept;
  };
})();
