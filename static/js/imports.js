/* Imports: a file dropped or chosen is handed in at once; an import under way shows how far it is.
   Without this script both forms post by themselves. All words come from data-*. */
(function () {
  "use strict";
  const PAUSE = 400;

  /* --- Handing in ------------------------------------------------------------------------- */

  function prepareDrop(form) {
    const input = form.querySelector("input[type=file]");
    const says = form.querySelector("[data-drop-says]");
    let depth = 0;

    function handIn() {
      const file = input.files[0];
      if (!file) return;
      if (file.size > Number(form.dataset.largest)) {
        says.textContent = `${file.name}: ${form.dataset.tooLarge}`;
        input.value = "";
        return;
      }
      says.textContent = form.dataset.reading.replace("{name}", file.name);
      form.requestSubmit();
    }

    const carries = (event) => Array.from(event.dataTransfer.types).includes("Files");
    const lit = (on) => form.classList.toggle("is-over", on);
    input.addEventListener("change", handIn);
    form.addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; lit(true); } });
    form.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) lit(false); });
    /* A file that misses the form must not replace the page. */
    for (const name of ["dragover", "drop"]) {
      document.addEventListener(name, (event) => { if (carries(event)) event.preventDefault(); });
    }
    form.addEventListener("drop", (event) => {
      depth = 0;
      lit(false);
      const files = event.dataTransfer.files;
      if (files.length > 1) { says.textContent = form.dataset.one; return; }
      input.files = files;
      handIn();
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) { says.textContent = ""; input.value = ""; } });
  }

  /* --- How far it is ---------------------------------------------------------------------- */

  function show(place, answer) {
    const bar = place.querySelector("progress");
    const words = place.querySelector("span");
    place.hidden = false;
    if (answer.percent === null) bar.removeAttribute("value");
    else bar.value = answer.percent;
    if (answer.words) words.textContent = answer.words;
  }

  /* Asks until told to stop, or until the import is no longer running. */
  function follow(url, place, ended) {
    let going = true;
    (async () => {
      while (going) {
        try {
          const answer = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
          if (!going) return;
          if (answer.state !== "running" && ended) { ended(); return; }
          show(place, answer);
        } catch { /* the next question may be answered */ }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    })();
    return () => { going = false; };
  }

  function prepareImport(form) {
    const place = document.querySelector("[data-import-progress]");
    form.addEventListener("submit", async (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      show(place, { percent: null, words: "" });
      const stop = follow(form.dataset.progress, place, null);
      try {
        const answer = await fetch(form.action, {
          method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" },
        });
        stop();
        const type = answer.headers.get("Content-Type") || "";
        /* A page instead of an answer: signed out meanwhile, or refused; the page says which. */
        if (answer.ok && type.includes("json")) location.assign((await answer.json()).url);
        else location.reload();
      } catch {
        stop();
        place.querySelector("span").textContent = form.dataset.away;
      }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-drop]").forEach(prepareDrop);
    document.querySelectorAll("form[data-import]").forEach(prepareImport);
    document.querySelectorAll("[data-running]").forEach((section) => {
      follow(section.dataset.running, section.querySelector("[data-import-progress]"), () => location.reload());
    });
  });
})();
