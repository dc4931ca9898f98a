// Reading a draft beside its source, inside `.split`.
//   pieces of the source: data-locator="Sheet1!B7" (one locator)
//   what was read:        data-sources='["Sheet1!B7", "Sheet1!C7"]' (JSON list; or plain, one locator a line)
//   a task's card:        a reading whose id begins with task-; its fields say data-at="Sheet1!C7"
//   what needs a look:    data-finding on a problem or task; where there are any, j and k go through these: through the
//                         problems, and through tasks where no problem is listed
//   a place of a problem: a link [data-go="Sheet1!B7"]; it marks the source and the card, and is followed where they are
//                         on another page
// A click marks both sides and brings the other into view. Keys: j or n next, k or p previous, Enter goes to the place,
// e corrects ([data-edit]; of a problem the field it is about), a accepts ([data-accept], or asks for the reason),
// u undoes ([data-undo]), Escape cancels a correction ([data-cancel]).
// Buttons [data-review-next], [data-review-previous] do as j and k. Parts that htmx replaces are found anew.
(function () {
  "use strict";
  const { say } = window.luoshi;
  const CONTROL = "a, button, input, select, textarea, label, summary, .ts-control";
  const TYPING = "input:not([type=checkbox]):not([type=radio]), select, textarea, .ts-control";

  /** Locators as an attribute holds them: a JSON list, or plain, one a line. */
  function list(text) {
    if (!text) return [];
    return text.startsWith("[") ? JSON.parse(text) : text.split("\n");
  }

  const locators = (element) => list(element.dataset.sources);

  /** The row of a cell of a sheet: a problem may cite either. */
  function rowOf(locator) {
    const cell = /^(.*!)[A-Z]{1,3}(\d+)$/.exec(locator);
    return cell ? cell[1] + cell[2] : locator;
  }

  function start(split) {
    const status = split.querySelector("[data-review-status]");
    let steps = [];
    let linked = [];
    let byLocator = new Map();
    let readingsOf = new Map();
    let cardsOf = new Map();
    let now = null;
    let visited = ""; // the place of the problem at hand that was gone to last
    let begun = null; // the problem from which a correction was begun: the keys go on from there

    function keep(map, key, element) {
      const list = map.get(key);
      if (list) list.push(element);
      else map.set(key, [element]);
    }

    /** Finds the pieces and readings that are on the page. */
    function index() {
      const pieces = split.querySelectorAll("[data-locator]");
      const readings = [...split.querySelectorAll("[data-sources]")];
      const findings = readings.filter((one) => "finding" in one.dataset);
      const problems = findings.filter((one) => !isCard(one));
      steps = problems.length ? problems : findings.length ? findings : readings;
      byLocator = new Map();
      readingsOf = new Map();
      cardsOf = new Map();
      for (const piece of pieces) keep(byLocator, piece.dataset.locator, piece);
      for (const reading of readings) {
        reading.tabIndex = -1;
        for (const locator of locators(reading)) keep(readingsOf, locator, reading);
        if (!isCard(reading)) continue;
        for (const place of new Set(locators(reading).flatMap((one) => [one, rowOf(one)]))) keep(cardsOf, place, reading);
      }
      linked = [];
      for (const piece of pieces) {
        if (!readingsOf.has(piece.dataset.locator)) continue;
        piece.classList.add("is-linked");
        piece.tabIndex = -1;
        linked.push(piece);
      }
      if (linked.length) linked[0].tabIndex = 0; // one stop for the whole source; j and k go on from it
      if (steps.length) steps[0].tabIndex = 0;
    }

    const isCard = (reading) => reading.id.startsWith("task-");

    /** The card that was read from a place: of this very cell, else of its row. */
    function cardAt(locator) {
      return (cardsOf.get(locator) || cardsOf.get(rowOf(locator)) || [])[0];
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

    function roam(list, element) {
      for (const one of list) one.tabIndex = one === element ? 0 : -1;
    }

    function sourcesOf(reading) {
      return locators(reading).flatMap((locator) => byLocator.get(locator) || []);
    }

    function chooseReading(reading, focus) {
      const sources = sourcesOf(reading);
      const cards = isCard(reading) ? [] : locators(reading).map(cardAt).filter(Boolean);
      mark(reading, [...sources, ...cards]);
      if (now !== reading) visited = "";
      now = reading;
      roam(steps, reading);
      if (focus) reading.focus({ preventScroll: true });
      into(reading, "near");
      into(sources[0]);
      if (!status) return;
      const place = steps.indexOf(reading);
      const text = reading.dataset.title || reading.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
      if (!sources.length && locators(reading).length) status.textContent = say("noSource");
      else status.textContent = place < 0 ? text : say("position", { n: place + 1, total: steps.length, text });
    }

    function choosePiece(piece, focus) {
      const found = readingsOf.get(piece.dataset.locator) || [];
      const card = found.find(isCard) || cardAt(piece.dataset.locator);
      mark(piece, card ? [...found, card] : found);
      now = piece;
      roam(linked, piece);
      if (focus) piece.focus({ preventScroll: true });
      into(piece, "near");
      into(card || found[0]);
    }

    /** Shows one place of a problem on both sides; false where it is on another page. */
    function visit(reading, locator) {
      const piece = (byLocator.get(locator) || byLocator.get(rowOf(locator)) || [])[0];
      const card = cardAt(locator);
      if (!piece) return false;
      mark(piece, card ? [card, reading] : [reading]);
      now = reading;
      visited = locator;
      roam(steps, reading);
      into(piece);
      into(card, "near");
      if (status && card) status.textContent = card.dataset.title;
      return true;
    }

    function step(by) {
      const active = document.activeElement;
      const inSource = active && active.closest("[data-locator]") && !active.closest("[data-sources]");
      const list = inSource ? linked : steps;
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
      const locator = visited || locators(reading)[0] || "";
      const card = cardAt(locator);
      if (!card) return reading.querySelector("a[data-go]");
      const fields = [...card.querySelectorAll(".card-field")];
      const named = fields.find((one) => one.querySelector("[data-edit]") && one.dataset.field === reading.dataset.field);
      const field = named || fields.find((one) => one.querySelector("[data-edit]") && list(one.dataset.at).includes(locator));
      into(card, "near");
      return (field || card).querySelector("[data-edit]");
    }

    function press(name) {
      const reading = now && now.closest("[data-sources]");
      let button = name === "undo" ? document.querySelector("[data-undo]") : reading && reading.querySelector(`[data-${name}]`);
      if (!button && reading && name === "edit") {
        button = editOf(reading);
        if (button && !isCard(reading)) begun = { id: reading.id, place: steps.indexOf(reading) };
      }
      if (!button && reading && name === "accept") {
        const reason = reading.querySelector("details.finding-confirm");
        if (!reason) return;
        reason.open = true;
        reason.querySelector("input:not([type=hidden])").focus();
      } else if (button) button.click();
    }

    index();
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
    document.addEventListener("keydown", (event) => {
      if (!split.contains(event.target) && event.target !== document.body) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") {
        const cancel = event.target.closest("[data-in-place]") && event.target.closest("[data-in-place]").querySelector("[data-cancel]");
        if (cancel) cancel.click();
        return;
      }
      if (event.target.closest(TYPING)) return;
      const by = { j: 1, n: 1, k: -1, p: -1 }[event.key];
      if (by) {
        event.preventDefault();
        step(by);
      } else if (event.key === "e" || event.key === "a" || event.key === "u") {
        event.preventDefault();
        press({ e: "edit", a: "accept", u: "undo" }[event.key]);
      } else if (event.key === "Enter" && event.target.matches("[data-sources]")) {
        go(event.target);
      } else if (event.key === "Enter" && event.target.matches("[data-locator]")) {
        choosePiece(event.target, true);
      }
    });
    for (const button of document.querySelectorAll("[data-review-next]")) button.addEventListener("click", () => step(1));
    for (const button of document.querySelectorAll("[data-review-previous]")) button.addEventListener("click", () => step(-1));

    document.body.addEventListener("htmx:afterSettle", (event) => {
      const swapped = event.detail.elt;
      const form = swapped && (swapped.matches("[data-in-place]") ? swapped : swapped.querySelector("[data-in-place]"));
      if (form) { // a correction was opened: begin in its first field, or at its errors
        if (begun) begun.open = true;
        const first = form.querySelector("[data-focus], input:not([type=hidden]), textarea, select");
        if (first) first.focus();
        return;
      }
      const before = now;
      const place = steps.indexOf(now && now.closest("[data-sources]"));
      index();
      // other parts of the page may come between asking for a correction and its form: only one that was open is over
      if (begun && begun.open && !split.querySelector("[data-in-place]")) { // back to its problem, or on to the next
        const left = steps.filter((one) => !isCard(one) && "finding" in one.dataset);
        const next = left.find((one) => one.id === begun.id) || left[Math.min(begun.place, left.length - 1)];
        begun = null;
        if (next) {
          chooseReading(next, true);
          return;
        }
      }
      if (before && !before.isConnected) {
        const again = before.id && document.getElementById(before.id);
        const next = again || steps[Math.min(Math.max(place, 0), steps.length - 1)];
        now = null;
        if (next) chooseReading(next.closest("[data-sources]") || next, true);
      }
    });

    const asked = split.dataset.at && (byLocator.get(split.dataset.at) || [split.querySelector("#here")])[0];
    const problem = asked && steps.find((one) => !isCard(one) && locators(one).includes(split.dataset.at));
    if (problem) { // the keys go on with the problem whose place was gone to
      visit(problem, split.dataset.at);
      problem.focus({ preventScroll: true });
    } else if (asked) {
      if (readingsOf.has(asked.dataset.locator) || cardAt(asked.dataset.locator)) choosePiece(asked, false);
      else mark(asked, []);
      into(asked);
    } else if (location.hash.length > 1) {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.matches("[data-sources]")) chooseReading(target, true);
      else if (target && target.matches("[data-locator]")) choosePiece(target, true);
    }
  }

  document.querySelectorAll(".split").forEach(start);

  // pasting: the browser also has what was copied as HTML, and with it the rows and columns of a table
  for (const area of document.querySelectorAll('textarea[data-paste="html"]')) {
    const kept = area.form.querySelector("[data-paste-html]");
    let pasting = false;
    area.addEventListener("paste", (event) => {
      const html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
      const whole = area.value === "" || (area.selectionStart === 0 && area.selectionEnd === area.value.length);
      pasting = whole && html.length < 2000000;
      kept.value = pasting ? html : "";
    });
    area.addEventListener("input", () => { // typing on makes the text differ from what was copied
      if (!pasting) kept.value = "";
      pasting = false;
    });
  }
})();
