// What this browser kept of a part (js/autosave.js, js/copies.js) and the server does not say, when its page comes again.
// It goes back into the form where nobody has saved it since but the page that kept it: [data-saved-at] is the moment it began
// from, or [data-saved-by] names that page, which then never heard that it was taken. Else the form says what the other
// window or person ([data-saved-who]) has saved, and the copy is offered beside it, each time until somebody chooses:
// typing on writes over neither.
(function () {
  "use strict";
  const { say, tell, copies } = window.luoshi;
  const plain = (text) => String(text).replace(/\r\n/g, "\n").trim();

  /** `hands`: url, read() → pairs, controls() a person types in, prefix of their names, spared ones, isRefused where the form
   * came back; restored() after a copy was put in, stays() where the form says it already and the server does not, stands()
   * where the page is what it came as; way shared by the parts of a form. */
  window.luoshi.recall = function (part, hands) {
    const { url, read, controls, prefix, spared, isRefused } = hands;
    const { savedAt = "", savedBy = "", savedWho = "", title } = part.dataset;

    /** Each pair with its control, as far as the page has one. */
    function* found(pairs) {
      const rest = controls();
      for (const pair of pairs) {
        const [name, , own] = pair;
        const at = rest.findIndex((one) => one.name === prefix + name && (own === undefined || one.value === own));
        if (at >= 0) yield [rest.splice(at, 1)[0], pair];
      }
    }

    function write(pairs, sparing) {
      for (const [control, [, value, own]] of found(pairs)) {
        if (sparing.includes(control)) continue;
        if (own !== undefined) control.checked = value !== null;
        else if (Array.isArray(value)) for (const option of control.options) option.selected = value.includes(option.value);
        else control.value = value;
        if (control.tomselect) control.tomselect.sync();
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }

    /** What the form says, with the copy's texts below its own, and its values where the form has none. */
    function both(pairs) {
      return [...found(pairs)].filter(([, [, value]]) => typeof value === "string" && plain(value)).flatMap(([control, [name, value, own]]) => {
        if (own !== undefined || plain(control.value) === plain(value)) return [];
        if (!plain(control.value)) return [[name, value]];
        return control.matches("textarea") ? [[name, control.value.trimEnd() + "\n" + value]] : [];
      });
    }

    function show(box, pairs) {
      const list = Object.assign(document.createElement("dl"), { className: "facts facts-1" });
      for (const [control, [, value, own]] of found(pairs)) {
        if (own !== undefined || typeof value !== "string" || !plain(value) || plain(value) === plain(control.value)) continue;
        const row = document.createElement("div");
        const label = control.labels && control.labels[0] ? control.labels[0].textContent : control.getAttribute("aria-label") || "";
        const words = Object.assign(document.createElement("dd"), { className: "keep-lines", textContent: value });
        row.append(Object.assign(document.createElement("dt"), { textContent: label.replace(/\*\s*$/, "").trim() }), words);
        list.append(row);
      }
      box.append(list);
    }

    function offer(key, copy) {
      const words = savedAt
        ? say("savedSince", { time: copies.moment(copy.changedAt), who: savedWho, when: copies.moment(savedAt) })
        : say("otherThanServer", { time: copies.moment(copy.changedAt) });
      const box = tell(title ? title + " · " + words : words, "amber");
      const inside = document.createElement("div"); // a notice lays what it holds side by side
      inside.append(...box.childNodes);
      box.append(inside);
      show(inside, copy.pairs);
      const acts = inside.appendChild(document.createElement("p"));
      acts.className = "acts";
      const button = (label, act) => {
        const one = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: label });
        one.addEventListener("click", () => { act(); copies.drop(key); box.remove(); });
        acts.append(one, " ");
      };
      button(say("keepBoth"), () => { write(both(copy.pairs), []); hands.restored(); });
      button(say("useLocal"), () => { write(copy.pairs, []); hands.restored(); });
      button(say("dropLocal"), () => {});
    }

    const same = (pairs) => JSON.stringify(pairs) === JSON.stringify(read());
    const isOurs = (copy) => (copy.base === savedAt || (savedBy !== "" && copy.editor === savedBy));
    for (const [key, copy] of copies.under(url)) {
      if (same(copy.pairs)) {
        copies.drop(key); // it was saved, and its answer lost on the way
        if (isRefused) copies.keep(url, copy);
        if (isRefused) hands.stays();
        hands.stands();
      } else if (key === url && isOurs(copy)) {
        write(copy.pairs, spared);
        hands.restored();
        if (!hands.way.restored) tell(say("restored", { time: copies.moment(copy.changedAt) }), "blue");
        hands.way.restored = true;
      } else {
        offer(copies.setAside(url, key, copy), copy);
      }
    }
  };
})();
