// Lists: filters send themselves on change, short addresses, and panes that scroll only where they must.
(function () {
  "use strict";
  const { changedEarly } = window.luoshi;
  const KEPT = "luoshi:filter-focus";
  const PAUSE = 700; // ms after a choice by keyboard, so that arrow keys may pass over options

  for (const form of document.querySelectorAll("form[data-filters]")) {
    let byKeyboard = false;
    let timer = 0;
    let dates = new Set();
    // without one the address keeps its #content of the skip link, which then takes the focus away from the filter
    if (!form.hasAttribute("action")) form.action = location.pathname;

    const fold = form.querySelector("[data-filters-fold]");
    if (fold) fold.addEventListener("click", () => fold.setAttribute("aria-expanded", String(form.classList.toggle("is-open"))));

    const send = () => {
      if (!form.reportValidity()) return;
      sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, id: document.activeElement.id, y: window.scrollY }));
      form.requestSubmit();
    };

    form.addEventListener("keydown", () => { byKeyboard = true; }, true);
    form.addEventListener("pointerdown", () => { byKeyboard = false; }, true);
    form.addEventListener("change", (event) => {
      window.clearTimeout(timer);
      if (event.target.matches('input[type="date"], input[type="month"]')) dates.add(event.target); // typed part by part
      else timer = window.setTimeout(send, byKeyboard ? PAUSE : 0);
    });
    form.addEventListener("focusout", (event) => {
      if (dates.delete(event.target)) timer = window.setTimeout(send, 0);
    });
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) {
        if (value !== "" || form.elements.namedItem(name).matches?.("[data-keep-empty]")) continue;
        const rest = event.formData.getAll(name).filter((one) => one !== "");
        event.formData.delete(name);
        for (const one of rest) event.formData.append(name, one);
      }
    });
    if (changedEarly(form).some((one) => one.matches("select, [type=checkbox], [type=radio]"))) send();
  }

  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  sessionStorage.removeItem(KEPT);
  if (kept && kept.path === location.pathname && document.activeElement === document.body) { // no hand was faster
    const field = kept.id && document.getElementById(kept.id);
    if (field) field.focus({ preventScroll: true });
    window.scrollTo(0, kept.y);
  }

  // further rows come when asked for, and the focus goes to the first of them
  for (const button of document.querySelectorAll("button[data-more]")) {
    button.addEventListener("click", () => {
      const rest = document.getElementById(button.dataset.more);
      rest.classList.add("is-open");
      button.hidden = true;
      const first = rest.querySelector("a, button");
      if (first) first.focus();
    });
  }

  // a pane takes the focus only while it scrolls, and its edge fades as long as there is more beyond it
  const fade = (pane) => pane.classList.toggle("has-more", pane.scrollLeft + pane.clientWidth < pane.scrollWidth - 1);
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.classList.remove("is-scrolling");
      const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
      target.classList.toggle("is-scrolling", target.scrollWidth > target.clientWidth + 1);
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
      fade(target);
    }
  });
  for (const pane of document.querySelectorAll("[data-pane]")) {
    watch.observe(pane);
    pane.addEventListener("scroll", () => fade(pane), { passive: true });
  }
})();
