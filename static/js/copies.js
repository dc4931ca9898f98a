// Copies in this browser of what was typed and is not on the server yet (js/autosave.js), under the person and the address that
// would save it, those set aside (js/recalling.js) with "#" and a number behind it; dropped after seven days. Storage may be off
// or full: saving to the server goes on without it.
(function () {
  "use strict";
  const KEPT_FOR = 7 * 24 * 3600 * 1000;
  const START = "luoshi:draft:";

  function store(act) {
    try {
      return act(window.localStorage);
    } catch (refused) {
      return null;
    }
  }

  const dayAndClock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
  const mine = () => START + (document.body.dataset.viewer || "") + ":";
  const read = (key) => JSON.parse(store((kept) => kept.getItem(key)) || "null");

  window.luoshi = window.luoshi || {};
  window.luoshi.copies = {
    /** When something was typed or saved, as people read it: month, day, hour and minute of China Standard Time. */
    moment: (at) => dayAndClock.format(new Date(at)),
    of: (url) => read(mine() + url),
    keep: (url, copy) => store((kept) => kept.setItem(mine() + url, JSON.stringify(copy))),
    drop: (url) => store((kept) => kept.removeItem(mine() + url)),
    /** [[key, copy], …] of one address: the copy of whoever types there now, and those set aside. */
    under(url) {
      return window.luoshi.copies.all().filter(([key]) => key === url || key.startsWith(url + "#"));
    },
    /** Keeps a copy where whoever types at the address writes over it no more. Returns its key. */
    setAside(url, key, copy) {
      if (key !== url) return key;
      const aside = url + "#" + copy.changedAt;
      window.luoshi.copies.keep(aside, copy);
      window.luoshi.copies.drop(url);
      return aside;
    },
    /** [[address, copy], …] of whoever is signed in, the newest first. */
    all() {
      const keys = store((kept) => Object.keys(kept)) || [];
      const found = keys.filter((key) => key.startsWith(mine())).map((key) => [key.slice(mine().length), read(key)]);
      return found.filter(([, copy]) => copy).sort((one, other) => other[1].changedAt - one[1].changedAt);
    },
    dropOld() {
      for (const key of store((kept) => Object.keys(kept)) || []) {
        if (!key.startsWith(START)) continue;
        const copy = read(key);
        if (!copy || Date.now() - copy.changedAt > KEPT_FOR) store((kept) => kept.removeItem(key));
      }
    },
  };
})();
