// Evidence: files go to the server as soon as they are chosen or dropped, one after the other, each with its progress,
// so that a form that is refused later has them already. Without scripts they are sent with the form.
(function () {
  "use strict";
  const { tell, token } = window.luoshi;
  const words = JSON.parse(document.getElementById("evidence-words").textContent);
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const size = (bytes) => (bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB");

  function element(name, text, className) {
    const one = document.createElement(name);
    if (text) one.textContent = text;
    if (className) one.className = className;
    return one;
  }

  function start(box) {
    const input = box.querySelector('input[type="file"]');
    const list = box.querySelector("[data-evidence-list]");
    const form = box.closest("form");
    const most = Number(box.dataset.maxBytes);
    let queue = Promise.resolve();
    let pending = 0; // files on their way
    let wrong = 0; // files that did not arrive, as long as they are listed

    /** The draft that a first file began is the one that saving goes on with. */
    function follow(told) {
      const version = form.elements.namedItem("version");
      if (version && version.value === "0") version.value = String(told.version);
    }

    function finish(line, told) {
      const link = element("a", told.name);
      link.href = told.href;
      const remove = element("button", "×", "btn btn-small");
      remove.type = "button";
      remove.dataset.remove = box.dataset.evidence + "/" + told.id + "/remove";
      remove.setAttribute("aria-label", put(words.remove, told));
      line.replaceChildren(link, element("span", size(told.size) + " · " + words.kept, "text-note"), remove);
    }

    function fail(line, file, reason, again) {
      wrong += 1;
      const parts = [element("span", file.name), element("span", reason, "is-wrong")];
      if (again) {
        const retry = element("button", words.retry, "btn btn-small");
        retry.type = "button";
        retry.addEventListener("click", () => { wrong -= 1; enqueue(file, line); });
        parts.push(retry);
      }
      const dismiss = element("button", "×", "btn btn-small");
      dismiss.type = "button";
      dismiss.setAttribute("aria-label", put(words.remove, { name: file.name }));
      dismiss.addEventListener("click", () => { wrong -= 1; line.remove(); input.focus(); });
      parts.push(dismiss);
      line.replaceChildren(...parts);
    }

    function send(file, line) {
      return new Promise((done) => {
        const bar = element("progress");
        bar.max = 100;
        bar.value = 0;
        bar.setAttribute("aria-label", file.name);
        const note = element("span", put(words.sending, { percent: 0 }), "text-note");
        line.replaceChildren(element("span", file.name), bar, note);
        const body = new FormData();
        body.append("file", file);
        body.append("editor", form.elements.namedItem("editor").value);
        const request = new XMLHttpRequest();
        request.open("POST", box.dataset.evidence);
        request.setRequestHeader("X-CSRFToken", token());
        request.setRequestHeader("X-Requested-With", "fetch");
        request.upload.addEventListener("progress", (event) => {
          if (!event.lengthComputable) return;
          bar.value = Math.round((100 * event.loaded) / event.total);
          note.textContent = put(words.sending, { percent: bar.value });
        });
        request.addEventListener("load", () => {
          let told = {};
          try {
            told = JSON.parse(request.responseText);
          } catch (page) {
            told = {}; // an error page instead of an answer: the words below say it
          }
          if (request.status === 200) {
            follow(told);
            finish(line, told);
          } else {
            fail(line, file, told.message || (request.status === 413 ? words.tooLarge : words.failed), request.status >= 500);
          }
          done();
        });
        request.addEventListener("error", () => { fail(line, file, words.failed, true); done(); });
        request.send(body);
      });
    }

    function enqueue(file, line) {
      pending += 1;
      queue = queue.then(() => send(file, line)).then(() => { pending -= 1; });
    }

    function take(files) {
      for (const file of files) {
        const line = list.appendChild(element("li"));
        if (file.size > most) fail(line, file, words.tooLarge, false);
        else {
          line.append(element("span", file.name), element("span", put(words.sending, { percent: 0 }), "text-note"));
          enqueue(file, line);
        }
      }
    }

    function takeChosen() {
      take([...input.files]);
      input.value = ""; // they are on their way: the form need not send them again
    }

    // leaving the page would break off what is on its way: the form goes after it, unless a file did not arrive
    form.addEventListener("submit", (event) => {
      if (!pending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      tell(words.waiting, "blue");
      queue.then(() => { if (!pending && !wrong) form.requestSubmit(submitter || undefined); });
    });
    input.addEventListener("change", takeChosen);
    takeChosen(); // what was chosen before this script came
    for (const kind of ["dragenter", "dragover"]) {
      box.addEventListener(kind, (event) => { event.preventDefault(); box.classList.add("is-over"); });
    }
    for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("is-over"));
    box.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });

    list.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-remove]");
      if (!button) return;
      event.preventDefault();
      button.disabled = true;
      try {
        const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
        const answer = await fetch(button.dataset.remove, { method: "POST", headers, credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        button.closest("li").remove();
        input.focus();
      } catch (refused) {
        button.disabled = false;
        button.after(element("span", words.failed, "is-wrong"));
      }
    });
  }

  for (const box of document.querySelectorAll("[data-evidence]")) start(box);
})();
