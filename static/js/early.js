// Runs before the first paint: says that scripts run, and keeps the side bar as the reader left it.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    if (localStorage.getItem("luoshi:sidebar") === "narrow") root.classList.add("sidebar-narrow");
  } catch (refused) {
    root.dataset.storage = "none"; // private windows may refuse storage; the page works without
  }
})();
