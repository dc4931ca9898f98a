// <select data-tom-select>: a list to type in. Options may carry data-search (pinyin, short names) and data-note.
// data-url="/…" asks the server with ?q= and expects [{"value", "text", "search"?, "note"?}].
// <input data-pick data-url="/…" data-held='[{…}]'>: the same for a name to type; data-held is what is chosen already.
(function () {
  "use strict";
  const { say } = window.luoshi;

  function words(className, text) {
    const box = document.createElement("div");
    box.className = className;
    box.textContent = text;
    return box;
  }

  function option(data) {
    const box = words("option", data.text);
    if (data.note) {
      box.append(" ");
      box.append(Object.assign(document.createElement("span"), { className: "option-note", textContent: data.note }));
    }
    return box;
  }

  for (const select of document.querySelectorAll("select[data-tom-select], input[data-pick]")) {
    const url = select.dataset.url;
    const label = select.labels && select.labels[0] ? select.labels[0].textContent.replace("*", "").trim() : "";
    if (label && !select.hasAttribute("aria-label")) select.setAttribute("aria-label", label);
    const pick = select.matches("input");
    const early = pick && select.value !== select.defaultValue; // typed before this script came
    const held = early ? "[]" : select.dataset.held;
    const typed = pick && held === "[]" ? select.value : ""; // what chooses none: the server did not know it, or was not asked
    const active = select === document.activeElement;
    if (pick) {
      select.dataset.data = held;
      select.classList.replace("form-control", "form-select");
    }
    const box = new TomSelect(select, {
      plugins: select.multiple ? { remove_button: { title: say("remove", { name: "" }).trim() } } : {},
      searchField: ["text", "search"],
      maxOptions: 200,
      maxItems: select.multiple ? null : 1,
      ...(pick ? { score: () => () => 1, hideSelected: true } : {}), // the server has looked and ranked
      hidePlaceholder: true,
      allowEmptyOption: !pick && !select.required,
      shouldLoad: (query) => Boolean(url) && query.length > 0,
      load: url
        ? (query, done) => {
            const address = new URL(url, location.origin);
            address.searchParams.set("q", query);
            fetch(address, { headers: { Accept: "application/json", "X-Requested-With": "fetch" } })
              .then((answer) => (answer.ok ? answer.json() : []))
              .then(done, () => done());
          }
        : null,
      render: { option, item: (data) => words("item", data.text), no_results: () => words("no-results", say("noMatch")), loading: () => words("loading", say("loading")) },
    });
    // what is typed stands alone: the choice before it would read as its beginning
    box.on("type", (text) => box.wrapper.classList.toggle("is-typing", text !== ""));
    box.on("blur", () => box.wrapper.classList.remove("is-typing"));
    box.on("item_add", () => box.wrapper.classList.remove("is-typing"));
    if (pick) {
      box.on("type", () => box.clearOptions((option) => box.items.includes(option.value)));
      if (typed) box.setTextboxValue(typed);
    }
    if (active) box.focus();
    const described = select.getAttribute("aria-describedby");
    if (described) box.control_input.setAttribute("aria-describedby", described);
    if (select.getAttribute("aria-label")) box.control_input.setAttribute("aria-label", select.getAttribute("aria-label"));
  }
})();
