// Tables that are typed like a sheet: [data-typing-table], a table or what holds one. Enter and the arrows go up and down a
// column (in a text only from its ends; Shift or Alt with Enter breaks a line in it), and a block of cells that was copied from
// a sheet fills the fields to the right and down; it can be taken back. Fields with [data-aside] are no column.
// [data-typing-hint] shows where this works; its data hold the words.
(function () {
  "use strict";
  const { say } = window.luoshi;
  const FIELDS = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([data-aside]), select:not([data-aside]), textarea:not([data-aside])";
  const fields = (row) => [...row.querySelectorAll(FIELDS)];
  const isText = (field) => field instanceof HTMLTextAreaElement;

  /** Where a field stands: its row, its cell, and which field of the cell it is. */
  function placeOf(field) {
    const cell = field.closest("td, th");
    return { row: cell.parentElement, column: cell.cellIndex, nth: fields(cell).indexOf(field) };
  }

  function enter(field) {
    field.focus();
    if (field.select) field.select();
  }

  /** The next field above or below in the same column that can be typed in. */
  function beside(rows, field, step) {
    const { row, column, nth } = placeOf(field);
    for (let at = rows.indexOf(row) + step; at >= 0 && at < rows.length; at += step) {
      const there = fields(rows[at].cells[column]).filter((one) => !one.disabled);
      if (there.length) return there[Math.min(nth, there.length - 1)];
    }
    return null;
  }

  /** 1 down, -1 up, 0 where the key is for the field itself. */
  function stepOf(event) {
    const { target, key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey) return 0; // Enter ends the writing of a Chinese word
    if (key === "Enter") return event.shiftKey || event.altKey ? 0 : 1;
    if (event.shiftKey || event.altKey || !["ArrowDown", "ArrowUp"].includes(key) || target instanceof HTMLSelectElement) return 0;
    const down = key === "ArrowDown";
    const { selectionStart: from, selectionEnd: to, value } = target;
    const whole = from === 0 && to === value.length;
    if (isText(target) && !whole && (down ? from !== value.length : to !== 0)) return 0;
    return down ? 1 : -1;
  }

  function changed(field) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Rows of cells as a sheet copies them: tabs and lines, a cell with either of them in quotes. */
  function cellsOf(text) {
    const rows = [[]];
    const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
    for (let found = cell.exec(text); found; found = cell.exec(text)) {
      rows[rows.length - 1].push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
      if (cell.lastIndex >= text.length) break;
      if (found[3] !== "\t") rows.push([]);
    }
    return rows;
  }

  /** The rows of cells that are pasted into a field; null where it is a text like any other. Lines alone are a text, unless
   * a sheet says that they are cells, or the field holds one line only. */
  function blockOf(data, field) {
    const text = data.getData("text/plain").replace(/(\r\n|\n|\r)$/, "");
    const sheet = data.getData("text/html").includes("<table");
    const rows = cellsOf(text);
    if (rows.length === 1 && rows[0].length === 1) return sheet && rows[0][0] !== text ? rows : null; // one cell, in quotes
    return sheet || !isText(field) || rows.some((cells) => cells.length > 1) ? rows : null;
  }

  /** Puts a value into a field. False where it cannot hold it. */
  function put(field, value) {
    if (field.disabled || field.readOnly) return false;
    if (field instanceof HTMLSelectElement) {
      const wanted = [...field.options].find((one) => one.text.trim() === value.trim() || one.value === value.trim());
      if (!wanted) return false;
      field.value = wanted.value;
    } else {
      field.value = isText(field) ? value : value.replace(/\s*[\r\n]+\s*/g, " ").trim();
    }
    changed(field);
    return true;
  }

  /** Fills the fields right and down from one; [[field, value before]…] and how many cells found no place. */
  function fill(rows, first, block) {
    const { row, column, nth } = placeOf(first);
    const before = [];
    let left = 0;
    block.forEach((cells, down) => {
      const there = rows[rows.indexOf(row) + down];
      const open = there ? fields(there).filter((one) => {
        const place = placeOf(one);
        return place.column > column || (place.column === column && place.nth >= nth);
      }) : [];
      cells.forEach((value, right) => {
        const field = open[right];
        const old = field && field.value;
        if (field && put(field, value)) before.push([field, old]);
        else if (value.trim()) left += 1;
      });
    });
    return { before, left };
  }

  function start(box) {
    const table = box.matches("table") ? box : box.querySelector("table");
    const rows = [...table.tBodies[0].rows].filter((row) => fields(row).length);
    const hint = box.closest("form").querySelector("[data-typing-hint]");
    const told = hint.querySelector("[data-typing-told]");

    function offerUndo(block, { before, left }) {
      const words = [say(hint.dataset.pasted, { rows: block.length, columns: Math.max(...block.map((cells) => cells.length)) })];
      if (left) words.push(say(hint.dataset.left, { n: left }));
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "btn btn-small";
      undo.textContent = hint.dataset.undo;
      undo.addEventListener("click", () => {
        for (const [field, value] of before) {
          field.value = value;
          changed(field);
        }
        told.textContent = hint.dataset.undone;
        if (before.length) enter(before[0][0]);
      });
      told.replaceChildren(words.join(""), " ", undo);
    }

    table.addEventListener("keydown", (event) => {
      if (!event.target.matches(FIELDS)) return;
      const step = stepOf(event);
      if (event.key === "Enter" && event.altKey && isText(event.target)) { // as in a sheet; Shift does it by itself
        event.preventDefault();
        event.target.setRangeText("\n", event.target.selectionStart, event.target.selectionEnd, "end");
        changed(event.target);
      }
      if (!step) return;
      event.preventDefault();
      const next = beside(rows, event.target, step);
      if (next) enter(next);
    });
    table.addEventListener("paste", (event) => {
      if (!event.target.matches(FIELDS)) return;
      const block = blockOf(event.clipboardData, event.target);
      if (!block) return;
      event.preventDefault();
      offerUndo(block, fill(rows, event.target, block));
    });
    hint.hidden = false;
  }

  for (const box of document.querySelectorAll("[data-typing-table]")) start(box);
})();
