// Evidence: files go to the server as soon as they are chosen or dropped, one after the other, each with its progress,
// so that a form that is refused later has them already. A file goes in pieces: after a broken line, or chosen again on a page
// opened anew, it goes on where it stopped. Without scripts files are sent with the form.
(function () {
  "use strict";
  const { tell, token } = window.luoshi;
  const PIECE = 4 << 20; // bytes sent at a time
  const PAUSES = [1000, 3000, 10000, 30000]; // ms before a line that broke is tried again
  const words = JSON.parse(document.getElementById("evidence-words").textContent);
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const size = (bytes) => (bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB");

  function element(name, text, className) {
    const one = document.createElement(name);
    if (text) one.textContent = text;
    if (className) one.className = className;
    return one;
  }

  /** Until some time has passed, or the line is there again. */
  function pause(time) {
    return new Promise((done) => {
      window.setTimeout(done, time);
      window.addEventListener("online", done, { once: true });
    });
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

    /** Shows a file that has arrived; one that the return has already stands there once. */
    function finish(line, told) {
      const there = [...list.querySelectorAll("[data-remove]")].find((one) => one.dataset.remove.endsWith("/" + told.id + "/remove"));
      if (there) there.closest("li").remove();
      const link = element("a", told.name);
      link.href = told.href;
      if (told.picture) link.prepend(Object.assign(element("img", "", "evidence-small"), { src: told.href, alt: "" }));
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

    const address = (file) => box.dataset.evidence + "/pieces?" + new URLSearchParams({
      name: file.name, size: file.size, modified: file.lastModified, editor: form.elements.namedItem("editor").value,
    });

    /** {status, told}; status 0 where nobody answers. */
    function ask(method, url, body, progress) {
      return new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open(method, url);
        request.setRequestHeader("X-CSRFToken", token());
        request.setRequestHeader("X-Requested-With", "fetch");
        if (body) request.setRequestHeader("Content-Type", "application/octet-stream");
        if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
        request.addEventListener("load", () => {
          let told = {};
          try {
            told = JSON.parse(request.responseText);
          } catch (page) {
            told = {}; // an error page instead of an answer: the words below say it
          }
          done({ status: request.status, told });
        });
        request.addEventListener("error", () => done({ status: 0, told: {} }));
        request.send(body || null);
      });
    }

    /** Sends a file piece by piece, from where the server has it; a line that breaks is tried again, a little later each time. */
    async function send(file, line) {
      const bar = element("progress");
      bar.max = 100;
      bar.setAttribute("aria-label", file.name);
      const note = element("span", "", "text-note");
      line.replaceChildren(element("span", file.name), bar, note);
      const show = (bytes) => {
        bar.value = Math.round((100 * Math.min(bytes, file.size)) / Math.max(1, file.size));
        note.textContent = put(words.sending, { percent: bar.value });
      };
      show(0);
      let broken = 0;
      let sent = -1; // where the last piece began
      let answer = file.size > PIECE ? await ask("GET", address(file)) : { status: 200, told: { offset: 0 } };
      for (;;) {
        const { status, told } = answer;
        if (status === 200 && told.id) {
          follow(told);
          finish(line, told);
          return;
        }
        const stuck = status === 200 && told.offset === sent;
        if (status === 200 && !stuck) {
          const from = told.offset;
          if (sent >= 0) broken = 0;
          sent = from;
          answer = await ask("POST", address(file) + "&offset=" + from, file.slice(from, from + PIECE), (bytes) => show(from + bytes));
        } else if ((stuck || status === 0 || status > 500) && broken < PAUSES.length) {
          note.textContent = words.broken;
          await pause(PAUSES[broken]);
          broken += 1;
          sent = -1;
          answer = await ask("GET", address(file));
        } else {
          fail(line, file, told.message || (status === 413 ? words.tooLarge : words.failed), status === 0 || status === 200 || status >= 500);
          return;
        }
      }
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
