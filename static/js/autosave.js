// Keeps what is typed. A part is <form data-autosave="URL" data-saved-at="ISO time of the server's copy, empty if none">, or an
// element of a form that holds many: then data-prefix stands before the names of its fields, and data-title names it.
// A pause after typing the part is posted to URL; until the server has it, a copy stays in this browser, so that a lost
// network, an ended session or a closed window takes no text away. Copies belong to one person and are dropped after
// seven days.
//
// A form that came back refused (data-unsaved) says what was typed and not what is stored: its copy stays until it is.
//
// What comes back when the page comes again: js/recalling.js.
//
// The server answers 200 with {"saved_at": ISO time, "version": optional, "message": what of it could not be kept,
// optional} or 204; 409 with {"message": who has saved it since, and when}; 422 with {"message": …} where it cannot keep it;
// 401 where the session has ended; 404 where it is this person's no more.
(function () {
  "use strict";
  const { say, token, changedEarly, copies, recall } = window.luoshi;
  const PAUSE = 1500; // ms after the last key
  const FIRST_RETRY = 5000;
  const LAST_RETRY = 60000;
  const PATIENCE = 15000; // ms for an answer before a form is handed in

  const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });

  const isText = (control) => control.name && !control.disabled && !["hidden", "password", "file", "submit", "button"].includes(control.type);
  const prefixOf = (part) => part.dataset.prefix || "";

  /** The controls of a part. */
  function controlsOf(part) {
    const all = part.elements || part.querySelectorAll("input, select, textarea");
    return [...all].filter((control) => control.name.startsWith(prefixOf(part)));
  }

  /** [[name, value], …] of what a person typed or chose; tokens, passwords and files are left out. */
  function read(part) {
    const pairs = [];
    for (const control of controlsOf(part).filter(isText)) {
      const name = control.name.slice(prefixOf(part).length);
      if (control.type === "checkbox" || control.type === "radio") pairs.push([name, control.checked ? control.value : null, control.value]);
      else if (control.multiple) pairs.push([name, [...control.selectedOptions].map((one) => one.value)]);
      else pairs.push([name, control.value]);
    }
    return pairs;
  }

  /** What is sent of a part: all but files. */
  function bodyOf(part) {
    const body = new FormData();
    for (const [name, value] of new FormData(part.closest("form"))) {
      if (name.startsWith(prefixOf(part)) && !(value instanceof File)) body.append(name.slice(prefixOf(part).length), value);
    }
    return body;
  }

  /** Why a form cannot be handed in now, empty where it can; what stands in for the server (a gateway without one) does not
   * count as an answer. A page that is not there would take the form and what was typed with it. */
  async function hindrance() {
    try {
      const answer = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 404) return "gone";
      return [502, 503, 504].includes(answer.status) ? "unreachable" : "";
    } catch (unreachable) {
      return "unreachable";
    }
  }

  /** Saves a part while somebody types. `way` is what the parts of a form share: whether it is being left, and whether it
   * was said that copies came back. */
  function keep(part, way, early) {
    const url = part.dataset.autosave;
    const status = part.querySelector("[data-autosave-status]") || part.appendChild(Object.assign(document.createElement("p"), { className: "autosave" }));
    status.setAttribute("role", "status");
    const spared = controlsOf(part).filter((control) => isText(control) && early.includes(control));
    const isRefused = part.closest("form").dataset.unsaved !== undefined;
    let changes = 0; // counts edits, so that an answer tells whether it covers the last one
    let savedChanges = 0;
    let timer = 0;
    let wait = FIRST_RETRY;
    let sending = false;
    let blocked = false; // another's change or an ended session: the person acts first
    let place = url; // of its copy in this browser
    const page = controlsOf(part).find((control) => control.name === prefixOf(part) + "editor");
    const editor = page ? page.value : "";

    function show(state, values) {
      status.dataset.state = state;
      status.textContent = say(state, values);
      if (!["signedOut", "conflict"].includes(state)) return;
      const link = document.createElement("a");
      link.href = location.pathname + location.search;
      link.textContent = say(state === "conflict" ? "openSaved" : "signIn");
      link.addEventListener("click", () => { way.leaving = true; }); // its copy is kept: nothing is to be asked
      status.append(" ", link);
    }

    function keepCopy() {
      copies.keep(place, { changedAt: Date.now(), base: part.dataset.savedAt || "", editor, pairs: read(part) });
    }

    /** Another window or person has saved it: what is typed here goes on being kept, where whoever types there drops nothing
     * of it. */
    function stepAside() {
      const there = copies.of(place);
      if (there && there.editor === editor) copies.drop(place);
      place = url + "#" + Date.now();
      keepCopy();
    }

    function later(pause) {
      window.clearTimeout(timer);
      timer = window.setTimeout(send, pause);
    }

    function changed() {
      changes += 1;
      keepCopy();
      if (!blocked) {
        show("unsaved");
        later(PAUSE);
      }
    }

    /** What stands here is what came with the page. */
    function stands() {
      if (isRefused) {
        show("unsaved");
      } else if (part.dataset.savedAt) {
        show("saved", { time: copies.moment(part.dataset.savedAt) });
      } else {
        delete status.dataset.state;
        status.textContent = "";
      }
    }

    function retry() {
      show("offline");
      later(wait);
      wait = Math.min(wait * 2, LAST_RETRY);
    }

    async function took(answer, covered) {
      const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      part.dataset.savedAt = told.saved_at || new Date().toISOString();
      const version = controlsOf(part).find((control) => control.name === prefixOf(part) + "version");
      if (version && told.version !== undefined) version.value = told.version;
      savedChanges = covered;
      wait = FIRST_RETRY;
      if (told.message) {
        keepCopy(); // what could not be read (a number that is none) stays in this browser
        show("partly", { time: clock.format(new Date(part.dataset.savedAt)), reason: told.message });
      } else if (changes === covered) {
        copies.drop(place);
        show("saved", { time: clock.format(new Date(part.dataset.savedAt)) });
      } else {
        keepCopy();
        later(PAUSE);
      }
    }

    async function send() {
      if (sending || blocked || way.leaving || changes === savedChanges) return;
      sending = true;
      const covered = changes;
      show("saving");
      try {
        const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch", Accept: "application/json" };
        const answer = await fetch(url, { method: "POST", body: bodyOf(part), headers, redirect: "manual", credentials: "same-origin" });
        if (answer.ok) {
          await took(answer, covered);
        } else if (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status)) {
          blocked = true;
          show("signedOut");
        } else if (answer.status === 404) {
          blocked = true;
          show("gone");
        } else if (answer.status === 409) {
          blocked = true;
          const told = await answer.json().catch(() => ({}));
          stepAside();
          show("conflict", { reason: told.message || say("savedElsewhere") });
        } else if (answer.status === 413) {
          show("tooLarge");
        } else if (answer.status === 422) {
          const told = await answer.json().catch(() => ({}));
          show("refused", { reason: told.message || "" });
        } else {
          retry();
        }
      } catch (unreachable) {
        retry();
      } finally {
        sending = false;
      }
    }

    /** What was put into the form by a script goes to the server like what is typed. */
    function restored() {
      show("unsaved");
      window.clearTimeout(timer);
      changes += 1;
      later(PAUSE);
    }

    recall(part, {
      url, spared, way, isRefused, restored, stands, prefix: prefixOf(part),
      read: () => read(part), controls: () => controlsOf(part).filter(isText),
      stays: () => { changes += 1; }, // it is asked before the page is left, and sent with the next key
    });
    if (spared.length) changed();
    else if (status.dataset.state === "early") stands(); // typed before this script was here, and taken back
    const isOwn = (control) => isText(control) && control.name.startsWith(prefixOf(part));
    part.addEventListener("input", (event) => { if (isOwn(event.target)) changed(); });
    part.addEventListener("change", (event) => {
      if (isOwn(event.target) && event.target.matches("select, [type=checkbox], [type=radio]")) changed();
    });
    window.addEventListener("online", () => { wait = FIRST_RETRY; later(0); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") later(0); });
    return { keepCopy, show, status, isUnsaved: () => changes !== savedChanges };
  }

  /** Keeps the parts of a form, and hands it in only where there is somebody to take it: else it stays, with what was typed. */
  function watch(form, parts) {
    const way = { leaving: false, restored: false };
    const early = changedEarly(form);
    const kept = parts.map((part) => keep(part, way, early));
    const own = form.querySelector("[data-form-status]"); // where many parts have a status each
    let asking = false; // whether anybody is there to take the form
    let reached = false;

    function show(state) {
      if (own) Object.assign(own, { textContent: say(state) }).dataset.state = state;
      else kept[0].show(state);
    }

    async function handIn(submitter) {
      asking = true;
      show("submitting");
      const why = await hindrance();
      asking = false;
      reached = !why;
      if (reached) form.requestSubmit(submitter || undefined);
      else show(why);
      reached = false;
    }

    form.addEventListener("submit", (event) => {
      for (const one of kept) if (one.isUnsaved()) one.keepCopy();
      if (reached) {
        way.leaving = true;
        window.setTimeout(() => { way.leaving = false; }, 10000);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const signedOut = kept.find((one) => one.status.dataset.state === "signedOut");
      if (signedOut) signedOut.status.querySelector("a").focus(); // the way back
      else if (!asking) handIn(event.submitter);
    });
    window.addEventListener("beforeunload", (event) => {
      if (way.leaving || !kept.some((one) => one.isUnsaved())) return;
      event.preventDefault();
      event.returnValue = ""; // browsers from before 2024 ask only where this is set
    });
  }

  copies.dropOld();
  // select boxes are dressed first, so that restoring a value finds them ready
  window.addEventListener("DOMContentLoaded", () => {
    window.luoshi.keeping = true; // see js/early.js
    const parts = [...document.querySelectorAll("[data-autosave]")];
    for (const form of new Set(parts.map((part) => part.closest("form")))) watch(form, parts.filter((part) => part.closest("form") === form));
  });
})();
