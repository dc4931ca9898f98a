// Pasting into <textarea data-paste="html">: the browser also has what was copied as HTML, and with it the rows and columns
// of a table; it is kept in the form's [data-paste-html]. Loaded in the head and listening at the document, so that it is
// there before the first hand.
(function () {
  "use strict";
  const MOST = 2000000; // characters
  let pasting = false;

  const kept = (area) => area.form.querySelector("[data-paste-html]");
  const area = (event) => event.target.closest('textarea[data-paste="html"]');

  document.addEventListener("paste", (event) => {
    const into = area(event);
    if (!into) return;
    const html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    const whole = into.value === "" || (into.selectionStart === 0 && into.selectionEnd === into.value.length);
    pasting = whole && html.length < MOST;
    kept(into).value = pasting ? html : "";
  });
  document.addEventListener("input", (event) => { // typing on makes the text differ from what was copied
    const into = area(event);
    if (!into) return;
    if (!pasting) kept(into).value = "";
    pasting = false;
  });
})();
