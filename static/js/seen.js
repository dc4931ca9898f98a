// A page that is open is looked at: <div data-seen="URL"> tells the server so once, since looking at a page writes nothing.
(function () {
  "use strict";
  const { token } = window.luoshi;
  for (const part of document.querySelectorAll("[data-seen]")) {
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    fetch(part.dataset.seen, { method: "POST", headers, credentials: "same-origin", keepalive: true }).catch(() => {
      // unheard: the unit may still take its return back, and whoever decides is then told
    });
  }
})();
