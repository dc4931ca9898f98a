// Reading a draft beside its source, inside `.split`.
//   pieces of the source: data-locator="Sheet1!B7" (one locator)
//   what was read:        data-sources='["Sheet1!B7", "Sheet1!C7"]' (JSON list; a plain text is one locator)
//   what needs a look:    data-finding on a problem or task; where there are any, j and k go through these
// A click marks both sides and brings the other into view. j / k (while the focus is inside) go to the next and the
// previous; buttons [data-review-next], [data-review-previous] do the same.
(function () {
  "use strict";
  const { say } = window.luoshi;
  const CONTROL = "a, button, input, select, textarea, label, summary, .ts-control";

  function locators(element) {
    const text = element.dataset.sources || "";
    if (!text.startsWith("[")) return text ? [text] : [];
    return JSON.parse(text);
  }

  function start(split) {
    const pieces = [...split.querySelectorAll("[data-locator]")];
    const readings = [...split.querySelectorAll("[data-sources]")];
    const findings = readings.filter((one) => "finding" in one.dataset);
    const steps = findings.length ? findings : readings;
    const status = split.querySelector("[data-review-status]");
    const byLocator = new Map();
    for (const piece of pieces) {
      if (!byLocator.has(piece.dataset.locator)) byLocator.set(piece.dataset.locator, []);
      byLocator.get(piece.dataset.locator).push(piece);
    }
    const readingsOf = new Map();
    for (const reading of readings) {
      reading.tabIndex = -1;
      for (const locator of locators(reading)) {
        if (!readingsOf.has(locator)) readingsOf.set(locator, []);
        readingsOf.get(locator).push(reading);
      }
    }
    const linked = pieces.filter((piece) => readingsOf.has(piece.dataset.locator));
    for (const piece of linked) {
      piece.classList.add("is-linked");
      piece.tabIndex = -1;
    }
    if (linked.length) linked[0].tabIndex = 0; // one stop for the whole source; j and k go on from it
    if (steps.length) steps[0].tabIndex = 0;
    let now = null;

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
      const box = element.getBoundingClientRect();
      const frame = pane.getBoundingClientRect();
      if (box.top >= frame.top + 48 && box.bottom <= frame.bottom) return;
      const place = how === "near" ? box.top - frame.top - 56 : box.top - frame.top - frame.height / 3;
      pane.scrollBy({ top: place, behavior: "auto" });
    }

    function roam(list, element) {
      for (const one of list) one.tabIndex = one === element ? 0 : -1;
    }

    function chooseReading(reading, focus) {
      const sources = locators(reading).flatMap((locator) => byLocator.get(locator) || []);
      mark(reading, sources);
      now = reading;
      roam(steps, reading);
      if (focus) reading.focus({ preventScroll: true });
      into(reading, "near");
      into(sources[0]);
      if (!status) return;
      const place = steps.indexOf(reading);
      const text = reading.dataset.title || reading.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
      status.textContent = sources.length || !locators(reading).length
        ? say("position", { n: place + 1, total: steps.length, text })
        : say("noSource");
    }

    function choosePiece(piece, focus) {
      const found = readingsOf.get(piece.dataset.locator) || [];
      mark(piece, found);
      now = piece;
      roam(linked, piece);
      if (focus) piece.focus({ preventScroll: true });
      into(piece, "near");
      into(found[0]);
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

    split.addEventListener("click", (event) => {
      if (event.target.closest(CONTROL) || String(window.getSelection())) return;
      const reading = event.target.closest("[data-sources]");
      const piece = event.target.closest("[data-locator]");
      if (reading) chooseReading(reading, true);
      else if (piece && piece.classList.contains("is-linked")) choosePiece(piece, true);
    });
    split.addEventListener("focusin", (event) => {
      const reading = event.target.closest("[data-sources]");
      if (reading && reading !== now && event.target !== reading) chooseReading(reading, false); // a field of it
    });
    split.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, .ts-control")) return;
      if (event.key === "j" || event.key === "k") {
        event.preventDefault();
        step(event.key === "j" ? 1 : -1);
      } else if (event.key === "Enter" && event.target.matches("[data-sources]")) {
        chooseReading(event.target, true);
      } else if (event.key === "Enter" && event.target.matches("[data-locator]")) {
        choosePiece(event.target, true);
      }
    });
    for (const button of split.ownerDocument.querySelectorAll("[data-review-next]")) button.addEventListener("click", () => step(1));
    for (const button of split.ownerDocument.querySelectorAll("[data-review-previous]")) button.addEventListener("click", () => step(-1));
    if (location.hash.length > 1) {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.matches("[data-sources]")) chooseReading(target, true);
      else if (target && target.matches("[data-locator]")) choosePiece(target, true);
    }
  }

  document.querySelectorAll(".split").forEach(start);
})();
