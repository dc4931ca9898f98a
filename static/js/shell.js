// The frame: side bar, menus, messages, and what every request of a script carries.
(function () {
  "use strict";
  const root = document.documentElement;
  const texts = JSON.parse(document.getElementById("messages").textContent);
  const token = () => document.querySelector('meta[name="csrf-token"]').content;
  const phone = window.matchMedia("(max-width: 61.99rem)");

  /** The text of the page's language for `key`, with {name} places filled. */
  function say(key, values) {
    return (texts[key] || key).replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  }

  /** Adds a message to the page's status region; `tone` is blue, green, amber or red. Returns its element. */
  function tell(text, tone) {
    const box = document.createElement("div");
    box.className = "notice notice-" + (tone || "blue");
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    const region = document.querySelector("[data-messages]");
    if (region) region.append(box);
    return box;
  }

  /** Whether a person changed the control since the page was written. */
  function differs(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (!control.options) return "defaultValue" in control && control.value !== control.defaultValue;
    const options = [...control.options];
    if (!control.multiple && !options.some((one) => one.defaultSelected)) return control.selectedIndex > 0;
    return options.some((one) => one.selected !== one.defaultSelected);
  }

  /** The controls of a form that were changed while the scripts were still on their way. What a browser puts back on its
   * way back is no change. */
  function changedEarly(form) {
    const [way] = performance.getEntriesByType("navigation");
    return way && way.type === "back_forward" ? [] : [...form.elements].filter(differs);
  }

  window.luoshi = { say, tell, token, changedEarly, differs };

  // side bar: a drawer on narrow windows, icons only on wide ones
  const toggle = document.querySelector("[data-drawer-toggle]");
  const drawer = document.querySelector("[data-drawer]");
  const shade = document.querySelector(".sidebar-shade");

  function setDrawer(open) {
    root.classList.toggle("drawer-open", open);
    toggle.setAttribute("aria-expanded", String(open));
    shade.hidden = !open;
    document.querySelector(".shell-main").inert = open;
    if (open) drawer.querySelector("[data-drawer-close]").focus();
    else toggle.focus();
  }

  function setNarrow(narrow) {
    root.classList.toggle("sidebar-narrow", narrow);
    toggle.setAttribute("aria-expanded", String(!narrow));
    try {
      localStorage.setItem("luoshi:sidebar", narrow ? "narrow" : "wide");
    } catch (refused) {
      root.dataset.storage = "none";
    }
  }

  if (toggle && drawer) {
    const settle = () => {
      if (root.classList.contains("drawer-open")) setDrawer(false);
      toggle.setAttribute("aria-expanded", String(!phone.matches && !root.classList.contains("sidebar-narrow")));
    };
    toggle.addEventListener("click", () => {
      if (phone.matches) setDrawer(!root.classList.contains("drawer-open"));
      else setNarrow(!root.classList.contains("sidebar-narrow"));
    });
    for (const closer of document.querySelectorAll("[data-drawer-close]")) closer.addEventListener("click", () => setDrawer(false));
    phone.addEventListener("change", settle);
    settle();
  }

  // of tabs that do not all fit, the one on which the page stands is in view
  for (const tab of document.querySelectorAll('.tabs [aria-current="page"]')) {
    const strip = tab.closest("ul");
    const beyond = tab.getBoundingClientRect().right - strip.getBoundingClientRect().right;
    if (beyond > 0) strip.scrollLeft += Math.ceil(beyond);
  }

  // menus are <details>: closed by Escape, by a click elsewhere, and when the focus leaves
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
    const closer = event.target.closest("[data-message-close]");
    if (closer) closer.closest("[data-message]").remove();
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (root.classList.contains("drawer-open")) setDrawer(false);
  });

  // a form that came back with errors begins at their summary, unless a hand was faster and is at another place already
  const summary = document.querySelector("[data-focus]");
  if (summary && document.activeElement === document.body) summary.focus();

  for (const back of document.querySelectorAll("[data-back]")) {
    back.hidden = history.length < 2;
    back.addEventListener("click", () => history.back());
  }

  // requests of htmx
  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token();
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const inWords = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain"); // why, and what to do
    if (xhr.status === 401) location.reload(); // the guard sends to the sign-in page and back here
    else tell((inWords && xhr.responseText) || say("requestFailed"), "red");
  });
  document.body.addEventListener("htmx:sendError", () => tell(say("requestFailed"), "red"));
})();
