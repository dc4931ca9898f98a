// The exact sum of points (分值) in a `data-points-sum` container, and what is left to the parent's points.
// A container within another may state points of its own in `data-points-own`: then these count above it, and what
// stands below it does not, exactly as a scheme is checked.
// Decimal texts are summed as scaled integers: 0.1 + 0.2 is 0.3 here.
(function () {
  "use strict";
  const { say } = window.luoshi;
  const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;

  /** {units, scale} of a decimal text (value = units / 10^scale), or null where it is none. */
  function parse(text) {
    const found = DECIMAL.exec(text.trim().replace(/[０-９．]/g, (c) => (c === "．" ? "." : String.fromCharCode(c.charCodeAt(0) - 0xfee0))));
    if (!found || !(found[2] || found[3])) return null;
    const places = found[3] || "";
    const units = BigInt((found[2] || "0") + places);
    return { units: found[1] === "-" ? -units : units, scale: places.length };
  }

  function at(number, scale) {
    return number.units * 10n ** BigInt(scale - number.scale);
  }

  function add(a, b) {
    const scale = Math.max(a.scale, b.scale);
    return { units: at(a, scale) + at(b, scale), scale };
  }

  /** The shortest text of a number: 18.50 is 18.5. */
  function text(number) {
    const negative = number.units < 0n;
    const digits = String(negative ? -number.units : number.units).padStart(number.scale + 1, "0");
    const whole = digits.slice(0, digits.length - number.scale);
    const places = number.scale ? digits.slice(-number.scale).replace(/0+$/, "") : "";
    return (negative ? "-" : "") + whole + (places ? "." + places : "");
  }

  /** Whether something that stands in `holder` counts for `box`: no container between them states points of its own. */
  function reaches(holder, box) {
    for (let one = holder; one && one !== box; one = one.parentElement.closest("[data-points-sum]")) {
      const own = one.querySelector("[data-points-own]");
      if (own && own.value.trim() !== "") return false;
    }
    return true;
  }

  function counts(input, box) {
    const holder = input.closest("[data-points-sum]");
    if (!input.hasAttribute("data-points-own")) return reaches(holder, box);
    return holder !== box && reaches(holder.parentElement.closest("[data-points-sum]"), box);
  }

  function refresh(box) {
    const result = box.querySelector("[data-points-result]");
    const output = result.querySelector("[data-points-text]");
    let sum = { units: 0n, scale: 0 };
    for (const input of box.querySelectorAll("[data-points], [data-points-own]")) {
      if (input.disabled || input.value.trim() === "" || !counts(input, box)) continue;
      const number = parse(input.value);
      if (!number) {
        result.dataset.state = "bad";
        output.textContent = say("pointsBad");
        return;
      }
      sum = add(sum, number);
    }
    const total = parse(result.dataset.pointsTotal || "") || { units: 0n, scale: 0 };
    const rest = add(total, { units: -sum.units, scale: sum.scale });
    const state = rest.units === 0n ? "exact" : rest.units > 0n ? "under" : "over";
    result.dataset.state = state;
    const shown = { sum: text(sum), rest: text({ units: rest.units < 0n ? -rest.units : rest.units, scale: rest.scale }) };
    output.textContent = say({ exact: "pointsExact", under: "pointsUnder", over: "pointsOver" }[state], shown);
  }

  for (const box of document.querySelectorAll("[data-points-sum]")) {
    if (!box.querySelector("[data-points-result]")) continue;
    box.addEventListener("input", () => refresh(box));
    refresh(box);
  }
})();
