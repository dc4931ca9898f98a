// Runs before the first paint: says that scripts run, and keeps the side bar as the reader left it. Until the other scripts
// have come it keeps what a faster hand meant for them: a button that does nothing by itself is pressed when they are there,
// an act that is to be asked about waits for the question, and a file that is dropped beside its place replaces no page.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    if (localStorage.getItem("luoshi:sidebar") === "narrow") root.classList.add("sidebar-narrow");
  } catch (refused) {
    root.dataset.storage = "none"; // private windows may refuse storage; the page works without
  }

  const waiting = new Map(); // a second, impatient press of the same is no second act
  let ready = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest('button[type="button"], [data-dialog-open]');
    if (ready || !button) return;
    event.preventDefault();
    waiting.set(button, () => button.click());
  }, true);
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (ready || ![submitter, form].some((one) => one && one.dataset.confirm)) return;
    event.preventDefault();
    waiting.set(form, () => form.requestSubmit(submitter || undefined));
  }, true);
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.dataTransfer.types.includes("Files") && !event.target.closest("input")) event.preventDefault();
    });
  }
  // Nothing is kept before js/autosave.js is there, which a broken line may never bring: then the page says so, and asks.
  const isKept = () => Boolean(window.luoshi && window.luoshi.keeping);
  let typedEarly = false;
  document.addEventListener("input", (event) => {
    const part = isKept() ? null : event.target.closest("[data-autosave]");
    const told = part && part.querySelector("[data-early]");
    if (!told) return;
    typedEarly = true;
    told.dataset.state = "early";
    told.textContent = told.dataset.early;
  }, true);
  window.addEventListener("beforeunload", (event) => {
    if (!typedEarly || isKept()) return;
    event.preventDefault();
    event.returnValue = ""; // browsers from before 2024 ask only where this is set
  });
  document.addEventListener("submit", (event) => { typedEarly = typedEarly && event.defaultPrevented; }); // a form that is sent takes what was typed with it
  document.addEventListener("DOMContentLoaded", () => window.setTimeout(() => { // after all who wait for the same
    ready = true;
    for (const act of waiting.values()) act();
  }));
})();
