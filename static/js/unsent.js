// What this browser still keeps of a return that can be written no more (js/autosave.js): a colleague handed it in, or it was
// called off, while the line or the session was gone. <section hidden data-unsent="URL of its saving"> shows it to be copied.
// Its JSON says how the fields are called and what the newest version says: a copy of which each text stands there is dropped.
(function () {
  "use strict";
  const moment = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
  const plain = (text) => text.replace(/\r\n/g, "\n").trim();

  function store(act) {
    try {
      return act(window.localStorage);
    } catch (refused) {
      return null; // storage may be off: then nothing is kept in it either
    }
  }

  function start(box) {
    const key = "luoshi:draft:" + (document.body.dataset.viewer || "") + ":" + box.dataset.unsent;
    const copy = JSON.parse(store((kept) => kept.getItem(key)) || "null");
    if (!copy) return;
    const drop = () => store((kept) => kept.removeItem(key));
    const { labels, said } = JSON.parse(box.querySelector("script").textContent);
    const texts = copy.pairs.filter((pair) => pair.length === 2 && labels[pair[0]] && plain(pair[1]));
    if (texts.every(([name, value]) => !(name in said) || plain(value) === plain(said[name]))) {
      drop();
      return;
    }
    const list = box.querySelector("dl");
    for (const [name, value] of texts) {
      const part = document.createElement("div");
      const words = Object.assign(document.createElement("dd"), { className: "keep-lines", textContent: value });
      part.append(Object.assign(document.createElement("dt"), { textContent: labels[name] }), words);
      list.append(part);
    }
    box.querySelector("[data-unsent-when]").textContent = moment.format(new Date(copy.changedAt));
    box.querySelector("button").addEventListener("click", () => { drop(); box.remove(); });
    box.hidden = false;
  }

  for (const box of document.querySelectorAll("[data-unsent]")) start(box);
})();
