// Which pieces of a source and which readings belong together, inside a `.split`; found anew where a part was replaced.
//   pieces of the source: data-locator="Sheet1!B7" (one locator)
//   what was read:        data-sources='["Sheet1!B7", "Sheet1!C7"]' (JSON list; or plain, one locator a line)
//   a task's card:        a reading whose id begins with task-; its fields say data-at="Sheet1!C7"
//   what needs a look:    data-finding on a problem or task
(function () {
  "use strict";

  /** Locators as an attribute holds them. */
  function list(text) {
    if (!text) return [];
    return text.startsWith("[") ? JSON.parse(text) : text.split("\n");
  }

  /** The row of a cell of a sheet: a problem may cite either. */
  function rowOf(locator) {
    const cell = /^(.*!)[A-Z]{1,3}(\d+)$/.exec(locator);
    return cell ? cell[1] + cell[2] : locator;
  }

  function keep(map, key, element) {
    const held = map.get(key);
    if (held) held.push(element);
    else map.set(key, [element]);
  }

  class Places {
    constructor(split) {
      this.split = split;
      this.renew();
    }

    /** Finds the pieces and readings that are on the page. */
    renew() {
      const pieces = this.split.querySelectorAll("[data-locator]");
      const readings = [...this.split.querySelectorAll("[data-sources]")];
      const findings = readings.filter((one) => "finding" in one.dataset);
      const problems = findings.filter((one) => !this.isCard(one));
      /** What the keys go through: the problems, else tasks that need a look, else all that was read. */
      this.steps = problems.length ? problems : findings.length ? findings : readings;
      this.pieces = new Map();
      this.readings = new Map();
      this.cards = new Map();
      for (const piece of pieces) keep(this.pieces, piece.dataset.locator, piece);
      for (const reading of readings) {
        for (const locator of this.locators(reading)) keep(this.readings, locator, reading);
        if (!this.isCard(reading)) continue;
        for (const place of new Set(this.locators(reading).flatMap((one) => [one, rowOf(one)]))) keep(this.cards, place, reading);
      }
      /** Pieces that something was read from. */
      this.linked = [...pieces].filter((piece) => this.readings.has(piece.dataset.locator));
      for (const piece of this.linked) piece.classList.add("is-linked");
      for (const one of [...readings, ...this.linked]) one.tabIndex = -1;
    }

    isCard(reading) {
      return reading.id.startsWith("task-");
    }

    locators(reading) {
      return list(reading.dataset.sources);
    }

    /** Whether a field of a card was read from a place. */
    isFieldAt(field, locator) {
      return list(field.dataset.at).includes(locator);
    }

    /** The piece of a place: this very cell, else its row. */
    pieceAt(locator) {
      return (this.pieces.get(locator) || this.pieces.get(rowOf(locator)) || [])[0];
    }

    /** The card that was read from a place: of this very cell, else of its row. */
    cardAt(locator) {
      return (this.cards.get(locator) || this.cards.get(rowOf(locator)) || [])[0];
    }

    readingsAt(locator) {
      return this.readings.get(locator) || [];
    }

    sourcesOf(reading) {
      return this.locators(reading).flatMap((locator) => this.pieces.get(locator) || []);
    }
  }

  window.luoshi.Places = Places;
})();
