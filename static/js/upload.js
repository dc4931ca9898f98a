// Files chosen for upload: their names and sizes, taking one back, dropping files on the control.
(function () {
  "use strict";
  const { say } = window.luoshi;

  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }

  function show(box, input, list) {
    const most = Number(box.dataset.maxBytes || 0);
    list.replaceChildren(...[...input.files].map((file, index) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const note = document.createElement("span");
      const large = most && file.size > most;
      note.className = large ? "upload-size upload-wrong" : "upload-size";
      note.textContent = large ? size(file.size) + " · " + say("fileTooLarge", { size: size(most) }) : size(file.size);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-small";
      remove.textContent = "×";
      remove.setAttribute("aria-label", say("remove", { name: file.name }));
      remove.addEventListener("click", () => {
        const rest = new DataTransfer();
        [...input.files].forEach((one, at) => { if (at !== index) rest.items.add(one); });
        input.files = rest.files;
        show(box, input, list);
        input.focus();
      });
      line.append(name, note, remove);
      return line;
    }));
  }

  for (const box of document.querySelectorAll("[data-upload]")) {
    const input = box.querySelector('input[type="file"]');
    const list = box.querySelector("[data-upload-list]");
    if (!input || !list) continue;
    input.addEventListener("change", () => show(box, input, list));
    if (input.files.length) show(box, input, list); // chosen before this script came
    for (const kind of ["dragenter", "dragover"]) {
      box.addEventListener(kind, (event) => { event.preventDefault(); box.classList.add("is-over"); });
    }
    for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("is-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      const chosen = new DataTransfer();
      if (input.multiple) for (const file of input.files) chosen.items.add(file);
      for (const file of event.dataTransfer.files) if (input.multiple || !chosen.items.length) chosen.items.add(file);
      input.files = chosen.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
})();
