// A button that prints the page: [data-print], shown once it can. Without a script the browser's own command does the same.
(function () {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
    button.hidden = false;
  }
})();
