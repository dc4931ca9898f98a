// What this browser still keeps of a return that the server has not (js/copies.js), shown to be copied.
//
// <section hidden data-unsent="URL of its saving"> stands on the page of a return that can be written no more: a colleague handed
// it in, or it was called off, while the line or the session was gone. Its JSON says how the fields are called and what the
// newest version says: a copy of which each text stands there is dropped.
// <section hidden data-unsent-shelf> stands on the desk, and where a page is not there for this person: all copies there are.
(function () {
  "use strict";
  const { copies } = window.luoshi;
  const plain = (text) => text.replace(/\r\n/g, "\n").trim();
  const typed = (copy) => copy.pairs.filter((pair) => pair.length === 2 && typeof pair[1] === "string" && plain(pair[1]));

  function put(list, label, value) {
    const part = document.createElement("div");
    const words = Object.assign(document.createElement("dd"), { className: "keep-lines", textContent: value });
    part.append(Object.assign(document.createElement("dt"), { textContent: label }), words);
    list.append(part);
  }

  function start(box) {
    const url = box.dataset.unsent;
    const { labels, said } = JSON.parse(box.querySelector("script").textContent);
    const shown = [];
    for (const [key, copy] of copies.under(url)) {
      const texts = typed(copy).filter((pair) => labels[pair[0]]);
      if (texts.every(([name, value]) => !(name in said) || plain(value) === plain(said[name]))) {
        copies.drop(key);
        continue;
      }
      for (const [name, value] of texts) put(box.querySelector("dl"), labels[name], value);
      shown.push([key, copy]);
    }
    if (!shown.length) return;
    box.querySelector("[data-unsent-when]").textContent = copies.moment(shown[0][1].changedAt);
    box.querySelector("button").addEventListener("click", () => { for (const [key] of shown) copies.drop(key); box.remove(); });
    box.hidden = false;
  }

  function shelve(box) {
    const labels = JSON.parse(box.querySelector("script").textContent);
    for (const [url, copy] of copies.all()) {
      const texts = typed(copy).filter(([name]) => labels[name] || name.startsWith("figure_"));
      if (!texts.length) continue;
      const item = box.querySelector("template").content.firstElementChild.cloneNode(true);
      item.querySelector("a").href = url.replace(/#.*$/, "").replace(/^(\/obligations\/\d+)\/draft$/, "$1/report").replace(/\/draft$/, "");
      item.querySelector("[data-unsent-when]").textContent = copies.moment(copy.changedAt);
      for (const [name, value] of texts) put(item.querySelector("dl"), labels[name] || labels.figure, value);
      item.querySelector("button").addEventListener("click", () => {
        copies.drop(url);
        item.remove();
        box.hidden = !box.querySelector("li");
      });
      box.querySelector("ul").append(item);
      box.hidden = false;
    }
  }

  copies.dropOld();
  for (const box of document.querySelectorAll("[data-unsent]")) start(box);
  for (const box of document.querySelectorAll("[data-unsent-shelf]")) shelve(box);
})();
