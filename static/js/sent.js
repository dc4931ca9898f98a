// Keeps what a form holds that does not save itself, from the moment it is sent until the answer is there. A page with
// [data-not-taken] (an error, signing in) says that it was not taken: then the page of the form puts it back, for the same
// person in the same tab. Any other page is an answer, and what was kept is dropped.
(function () {
  "use strict";
  const { say, tell, differs } = window.luoshi;
  const KEY = "luoshi:sent";
  const viewer = document.body.dataset.viewer || "";

  function store(act) {
    try {
      return act(window.sessionStorage);
    } catch (refused) {
      return null; // storage may be off or full: forms are sent all the same
    }
  }

  const kept = () => JSON.parse(store((storage) => storage.getItem(KEY)) || "null");
  const keep = (copy) => store((storage) => storage.setItem(KEY, JSON.stringify(copy)));
  const drop = () => store((storage) => storage.removeItem(KEY));

  const isTyped = (control) => control.name && !control.disabled && !["hidden", "password", "file", "submit", "button"].includes(control.type);
  const typedIn = (form) => [...form.elements].filter(isTyped);
  const isChosen = (control) => control.type === "checkbox" || control.type === "radio";

  /** What tells a form from the others of its page. */
  const nameOf = (form) => [form.getAttribute("action") || "", ...typedIn(form).map((control) => control.name)].join("|");

  function valueOf(control) {
    if (isChosen(control)) return control.checked;
    return control.multiple ? [...control.selectedOptions].map((one) => one.value) : control.value;
  }

  function put(control, value) {
    if (isChosen(control)) control.checked = value;
    else if (control.multiple) for (const option of control.options) option.selected = value.includes(option.value);
    else control.value = value;
    if (control.tomselect) control.tomselect.sync();
    for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) if (value) box.open = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || !viewer) return;
    if (form.dataset.autosave || form.querySelector("[data-autosave], [type=password]")) return;
    const controls = typedIn(form);
    if (!controls.some(differs)) return;
    keep({ viewer, path: location.pathname, form: nameOf(form), values: controls.map(valueOf), lost: false });
  });

  const copy = kept();
  if (!copy) return;
  if (document.querySelector("[data-not-taken]")) {
    keep({ ...copy, lost: true });
    tell(say("notTaken"), "amber");
  } else if (!copy.lost || copy.viewer !== viewer) {
    drop();
  } else if (copy.path === location.pathname) {
    drop();
    const form = [...document.forms].find((one) => one.method === "post" && nameOf(one) === copy.form);
    const controls = form ? typedIn(form) : [];
    if (controls.length !== copy.values.length) return;
    controls.forEach((control, at) => { if (valueOf(control) !== copy.values[at]) put(control, copy.values[at]); });
    tell(say("broughtBack"), "blue");
  }
})();
