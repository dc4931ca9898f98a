// Reading a draft beside its source, inside `.split`: what belongs together is told by js/places.js.
//   what needs a look:    where there is any, j and k go through it; where a problem is listed, through the problems
//   a place of a problem: a link [data-go="Sheet1!B7"]; it marks the source and the card, and is followed where they are
//                         on another page
// A click marks both sides and brings the other into view. Keys: j or n next, k or p previous, Enter goes to the place,
// e corrects ([data-edit]; of a problem the field it is about), a accepts ([data-accept], or asks for the reason),
// u undoes ([data-undo]), Escape cancels a correction ([data-cancel]). A key that is held down acts once, and until the form
// of a correction has come, or the page that follows an undoing, no key acts: a fast hand is typing for that already.
// Keys that were pressed before this script had come (js/hands.js) are answered then. Buttons [data-review-next],
// [data-review-previous] do as j and k.
(function () {
  "use strict";
  const { say, Places } = window.luoshi;
  const CONTROL = "a, button, input, select, textarea, label, summary, .ts-control";
  const TYPING = "input:not([type=checkbox]):not([type=radio]), select, textarea, .ts-control";
  const STEPS = { j: 1, n: 1, k: -1, p: -1 };
  const ACTS = { e: "edit", a: "accept", u: "undo" };

  function start(split) {
    const status = split.querySelector("[data-review-status]");
    const places = new Places(split);
    let now = null;
    let visited = ""; // the place of the problem at hand that was gone to last
    let begun = null; // the problem from which a correction was begun: the keys go on from there
    let coming = false; // whether what was asked for by a key is on its way

    /** One stop for Tab on each side: the keys go on from it. */
    function roam(list, element) {
      for (const one of list) one.tabIndex = one === element ? 0 : -1;
    }

    function renew() {
      places.renew();
      for (const list of [places.linked, places.steps]) roam(list, list.includes(now) ? now : list[0]);
    }

    function mark(first, others) {
      for (const old of split.querySelectorAll(".is-marked")) {
        old.classList.remove("is-marked");
        old.removeAttribute("aria-current");
      }
      for (const one of [first, ...others]) one.classList.add("is-marked");
      first.setAttribute("aria-current", "true");
    }

    function into(element, how) {
      if (!element) return;
      const pane = element.closest(".split-pane");
      if (!pane) return;
      const inner = element.closest(".finding-list"); // a list of its own scroll
      if (inner) {
        const outer = inner.getBoundingClientRect();
        const own = element.getBoundingClientRect();
        if (own.top < outer.top || own.bottom > outer.bottom) inner.scrollBy({ top: own.top - outer.top - 8, behavior: "auto" });
      }
      const box = element.getBoundingClientRect();
      const frame = pane.getBoundingClientRect();
      if (box.top >= frame.top + 48 && box.bottom <= frame.bottom) return;
      const place = how === "near" ? box.top - frame.top - 56 : box.top - frame.top - frame.height / 3;
      pane.scrollBy({ top: place, behavior: "auto" });
    }

    function chooseReading(reading, focus) {
      const sources = places.sourcesOf(reading);
      const cards = places.isCard(reading) ? [] : places.locators(reading).map((one) => places.cardAt(one)).filter(Boolean);
      mark(reading, [...sources, ...cards]);
      if (now !== reading) visited = "";
      now = reading;
      roam(places.steps, reading);
      if (focus) reading.focus({ preventScroll: true });
      into(reading, "near");
      into(sources[0]);
      if (!status) return;
      const place = places.steps.indexOf(reading);
      const text = reading.dataset.title || reading.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
      const where = sources.length || !reading.querySelector("[data-go]") ? "position" : "elsewhere";
      status.textContent = place < 0 ? text : say(where, { n: place + 1, total: places.steps.length, text });
    }

    function choosePiece(piece, focus) {
      const found = places.readingsAt(piece.dataset.locator);
      const card = found.find((one) => places.isCard(one)) || places.cardAt(piece.dataset.locator);
      mark(piece, card ? [...found, card] : found);
      now = piece;
      roam(places.linked, piece);
      if (focus) piece.focus({ preventScroll: true });
      into(piece, "near");
      into(card || found[0]);
    }

    /** Shows one place of a problem on both sides; false where it is on another page. */
    function visit(reading, locator) {
      const piece = places.pieceAt(locator);
      const card = places.cardAt(locator);
      if (!piece) return false;
      mark(piece, card ? [card, reading] : [reading]);
      now = reading;
      visited = locator;
      roam(places.steps, reading);
      into(piece);
      into(card, "near");
      if (status && card) status.textContent = card.dataset.title;
      return true;
    }

    function step(by) {
      const active = document.activeElement;
      const inSource = active && active.closest("[data-locator]") && !active.closest("[data-sources]");
      const list = inSource ? places.linked : places.steps;
      if (!list.length) return;
      const at = list.indexOf(inSource ? active.closest("[data-locator]") : now && now.closest("[data-sources]"));
      const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))];
      if (inSource) choosePiece(next, true);
      else chooseReading(next, true);
    }

    /** The place of a reading: on this page it is marked, on another page the link leads there. */
    function go(reading) {
      const link = reading.querySelector("a[data-go]");
      if (!link) chooseReading(reading, true);
      else if (!visit(reading, link.dataset.go)) link.click();
    }

    /** What corrects the field that a problem is about; the link to its page where its task is not on this one. */
    function editOf(reading) {
      const locator = visited || places.locators(reading)[0] || "";
      const card = places.cardAt(locator);
      if (!card) return reading.querySelector("a[data-go]");
      const fields = [...card.querySelectorAll(".card-field")].filter((one) => one.querySelector("[data-edit]"));
      const named = fields.find((one) => one.dataset.field === reading.dataset.field);
      const field = named || fields.find((one) => places.isFieldAt(one, locator));
      into(card, "near");
      return (field || card).querySelector("[data-edit]");
    }

    function edit(reading) {
      let button = reading.querySelector("[data-edit]");
      if (!button) {
        button = editOf(reading);
        if (button && !places.isCard(reading)) begun = { id: reading.id, place: places.steps.indexOf(reading) };
      }
      if (!button) return;
      coming = !button.matches("[data-go]"); // a place may be on this page
      button.click();
    }

    function accept(reading) {
      const button = reading.querySelector("[data-accept]");
      const reason = reading.querySelector("details.finding-confirm");
      if (button) button.click();
      else if (reason) {
        reason.open = true;
        reason.querySelector("input:not([type=hidden])").focus();
      }
    }

    function press(name) {
      const reading = now && now.closest("[data-sources]");
      const undo = document.querySelector("[data-undo]");
      if (name === "undo" && undo) {
        coming = true;
        undo.click();
      }
      if (name === "edit" && reading) edit(reading);
      if (name === "accept" && reading) accept(reading);
    }

    renew();
    // a control of a reading marks it: by keyboard when it takes the focus, by pointer only when the click is done, or the
    // pane would move between press and release and the click be lost
    let pressed = false;
    split.addEventListener("pointerdown", () => { pressed = true; });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => { pressed = false; });
    split.addEventListener("click", (event) => {
      const reading = event.target.closest("[data-sources]");
      const piece = event.target.closest("[data-locator].is-linked");
      const place = event.target.closest("a[data-go]");
      if (place && !event.ctrlKey && !event.metaKey && !event.shiftKey && visit(reading, place.dataset.go)) {
        event.preventDefault();
        return;
      }
      if (event.target.closest(CONTROL)) {
        if (reading && reading !== now) chooseReading(reading, false);
        return;
      }
      if (String(window.getSelection())) return;
      if (reading) chooseReading(reading, true);
      else if (piece) choosePiece(piece, true);
    });
    split.addEventListener("focusin", (event) => {
      const reading = event.target.closest("[data-sources]");
      if (!pressed && reading && reading !== now && event.target !== reading) chooseReading(reading, false);
    });
    function answer(event) {
      if (!split.contains(event.target) && event.target !== document.body) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") {
        const form = event.target.closest("[data-in-place]");
        const cancel = form && form.querySelector("[data-cancel]");
        if (cancel) cancel.click();
        return;
      }
      if (event.target.closest(TYPING)) return;
      if (coming) {
        event.preventDefault();
      } else if (STEPS[event.key]) {
        event.preventDefault();
        step(STEPS[event.key]);
      } else if (ACTS[event.key]) {
        event.preventDefault();
        if (!event.repeat) press(ACTS[event.key]);
      } else if (event.key === "Enter" && event.target.matches("[data-sources]")) {
        go(event.target);
      } else if (event.key === "Enter" && event.target.matches("[data-locator]")) {
        choosePiece(event.target, true);
      }
    }
    for (const button of document.querySelectorAll("[data-review-next]")) button.addEventListener("click", () => step(1));
    for (const button of document.querySelectorAll("[data-review-previous]")) button.addEventListener("click", () => step(-1));

    /** Where a correction begins: at the words that its problem is about, else in the first field. */
    function wordsOf(form) {
      const fields = [...form.querySelectorAll("input:not([type=hidden]), textarea, select")];
      const problem = begun && document.getElementById(begun.id);
      const about = problem && problem.dataset.about;
      return fields.find((one) => about && one.value === about) || fields[0];
    }

    /** Goes on after parts of the page were replaced; `form` is a correction that was opened just now. */
    function settle(form) {
      if (form) { // begin at its errors, or at what is to be corrected
        if (begun) begun.open = true;
        (form.querySelector("[data-focus]") || wordsOf(form)).focus();
        return;
      }
      const before = now;
      const place = places.steps.indexOf(now && now.closest("[data-sources]"));
      renew();
      // what was asked for before may come between a correction and its form: only one that was open is over
      if (begun && begun.open && !split.querySelector("[data-in-place]")) { // back to its problem, or on to the next
        const left = places.steps.filter((one) => !places.isCard(one) && "finding" in one.dataset);
        const next = left.find((one) => one.id === begun.id) || left[Math.min(begun.place, left.length - 1)];
        begun = null;
        if (next) return void chooseReading(next, true);
      }
      if (before && !before.isConnected) {
        const again = before.id && document.getElementById(before.id);
        const next = again || places.steps[Math.min(Math.max(place, 0), places.steps.length - 1)];
        now = null;
        if (next) chooseReading(next.closest("[data-sources]") || next, true);
      }
    }

    // an answer replaces many parts, each with an event of its own; who else is here stands outside and changes nothing
    let due = false;
    let opened = null;
    document.body.addEventListener("htmx:afterSettle", (event) => {
      const part = event.target;
      if (!split.contains(part)) return;
      const form = part.matches("[data-in-place]") ? part : part.querySelector("[data-in-place]");
      if (form) {
        coming = false;
        opened = form;
      }
      if (due) return;
      due = true;
      queueMicrotask(() => {
        const form = opened;
        due = false;
        opened = null;
        settle(form);
      });
    });
    for (const failed of ["htmx:responseError", "htmx:sendError"]) document.body.addEventListener(failed, () => { coming = false; });
    window.addEventListener("pageshow", () => { coming = false; }); // back from the page that came

    const asked = split.dataset.at && (places.pieceAt(split.dataset.at) || split.querySelector("#here"));
    const problem = asked && places.steps.find((one) => !places.isCard(one) && places.locators(one).includes(split.dataset.at));
    const free = document.activeElement === document.body; // a hand that is somewhere already is left there
    if (problem) { // the keys go on with the problem whose place was gone to
      visit(problem, split.dataset.at);
      if (free) problem.focus({ preventScroll: true });
    } else if (asked) {
      if (places.readingsAt(asked.dataset.locator).length || places.cardAt(asked.dataset.locator)) choosePiece(asked, false);
      else mark(asked, []);
      into(asked);
    } else if (location.hash.length > 1) {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.matches("[data-sources]")) chooseReading(target, free);
      else if (target && target.matches("[data-locator]")) choosePiece(target, free);
    }
    // before htmx has taken the links of the page, what corrects in place would lead away from it
    document.body.addEventListener("htmx:load", () => {
      document.addEventListener("keydown", answer);
      for (const event of window.keysSoFar()) answer(event);
    }, { once: true });
  }

  document.querySelectorAll(".split").forEach(start);
})();
