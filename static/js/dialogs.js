// Dialogs: `data-confirm` on a form or a submit button asks first; `data-dialog-open="id"` opens a <dialog>.
(function () {
  "use strict";
  const ask = document.getElementById("ask");

  /** Asks in the page's own dialog; resolves to whether the person agreed. */
  function confirmed(source) {
    const title = ask.querySelector("#ask-title");
    const yes = ask.querySelector("[data-ask-yes]");
    const danger = source.dataset.confirmTone === "danger";
    title.textContent = source.dataset.confirmTitle || title.dataset.title;
    ask.querySelector("#ask-text").textContent = source.dataset.confirm;
    yes.textContent = source.dataset.confirmAction || yes.dataset.label;
    yes.classList.toggle("btn-danger", danger);
    yes.classList.toggle("btn-primary", !danger);
    ask.returnValue = "no";
    ask.showModal();
    (danger ? ask.querySelector("[data-ask-no]") : yes).focus();
    return new Promise((resolve) => {
      ask.addEventListener("close", () => resolve(ask.returnValue === "yes"), { once: true });
    });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const source = [event.submitter, form].find((one) => one && one.dataset.confirm);
    if (!source || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await confirmed(source))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter || undefined);
    delete form.dataset.confirmed;
  }, true);

  document.body.addEventListener("htmx:confirm", async (event) => {
    const question = event.detail.question;
    if (!question) return;
    event.preventDefault();
    event.detail.elt.dataset.confirm = question;
    if (await confirmed(event.detail.elt)) event.detail.issueRequest(true);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialogOpen).showModal();
    }
    const closer = event.target.closest("[data-dialog-close]");
    if (closer) closer.closest("dialog").close();
  });
})();
