/* Evidence dropped or chosen: sent one file after another, each with its own progress in words;
   what was not taken is listed with the reason, and the list is shown as it stands afterwards.
   Without this script the form posts by itself. All words come from the form's data-*. */
(function () {
  "use strict";

  const filled = (text, words) => text.replace(/\{(\w+)\}/g, (all, key) => (key in words ? words[key] : all));

  function row(list, file, waiting) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const says = document.createElement("span");
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    says.textContent = waiting;
    item.append(name, bar, says);
    list.append(item);
    return { item, bar, says };
  }

  /* Resolves with {added, errors, html}; it never rejects: a broken line is an error in words. */
  function send(form, file, shown) {
    const words = form.dataset;
    const failed = (text, code) => ({ added: 0, errors: [filled(text, { name: file.name, code })] });
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
      body.append("files", file);
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "fetch");
      request.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        const percent = Math.floor((100 * event.loaded) / event.total);
        shown.bar.value = percent;
        shown.says.textContent = percent < 100 ? filled(words.sent, { percent: `${percent}%` }) : words.checking;
      };
      request.upload.onload = () => {
        shown.bar.removeAttribute("value");
        shown.says.textContent = words.checking;
      };
      request.onerror = request.onabort = request.ontimeout = () => resolve(failed(words.broken));
      request.onload = () => {
        try {
          const answer = JSON.parse(request.responseText);
          resolve({ added: answer.files.length, errors: answer.errors.map((one) => one.message), html: answer.html });
        } catch {
          // A page instead of an answer: signed out meanwhile, no longer allowed, or too large.
          const moved = request.responseURL.split("?")[0] !== form.action;
          resolve(failed(moved ? words.ended : words.refused, request.status));
        }
      };
      request.send(body);
    });
  }

  function prepare(section) {
    const form = section.querySelector("[data-evidence-form]");
    if (!form) return;
    const part = (name) => section.querySelector(`[data-evidence-${name}]`);
    const input = form.querySelector("input[type=file]");
    const list = part("list"), sending = part("sending"), errors = part("errors"), says = part("says");
    let busy = false, depth = 0;

    function complain(text) {
      const item = document.createElement("li");
      item.textContent = text;
      errors.append(item);
    }

    /* What needs not travel to be refused: too large, too many. */
    function fitting(files) {
      const most = Number(form.dataset.most), largest = Number(form.dataset.largest);
      return files.filter((file, place) => {
        const text = place >= most ? form.dataset.tooMany : file.size > largest ? form.dataset.tooLarge : "";
        if (text) complain(filled(text, { name: file.name }));
        return !text;
      });
    }

    async function take(files) {
      if (!files.length) return;
      if (busy) { says.textContent = form.dataset.busy; return; }
      busy = true;
      errors.replaceChildren();
      says.textContent = "";
      const good = fitting(files);
      const rows = good.map((file) => row(sending, file, form.dataset.waiting));
      let added = 0, html = "";
      for (const [place, file] of good.entries()) {
        const answer = await send(form, file, rows[place]);
        rows[place].item.remove();
        added += answer.added;
        html = answer.html || html;
        answer.errors.forEach(complain);
      }
      if (html) list.innerHTML = html;
      input.value = "";
      busy = false;
      says.textContent = filled(form.dataset.done, { added, refused: errors.children.length });
    }

    const carries = (event) => Array.from(event.dataTransfer.types).includes("Files");
    const lit = (on) => form.classList.toggle("is-over", on);

    // Chosen is sent; the button is for those without the script.
    form.querySelector("button").hidden = true;
    input.addEventListener("change", () => take(Array.from(input.files)));
    form.addEventListener("submit", (event) => { event.preventDefault(); take(Array.from(input.files)); });
    form.addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; lit(true); } });
    form.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) lit(false); });
    // A file that misses the form must not replace the page.
    for (const name of ["dragover", "drop"]) {
      document.addEventListener(name, (event) => { if (carries(event)) event.preventDefault(); });
    }
    form.addEventListener("drop", (event) => {
      depth = 0;
      lit(false);
      take(Array.from(event.dataTransfer.files));
    });
    /* Files chosen before this script had come are sent now. */
    if (input.files.length) take(Array.from(input.files));
    addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
  }

  document.querySelectorAll("[data-evidence]").forEach(prepare);
})();
