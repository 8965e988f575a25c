/* The scoring sheet: the server works the result out a moment after each choice (one answer at a
   time, an older one never over a newer); of either/or cases only the chosen one is open. */
(function () {
  "use strict";
  const PAUSE = 250;

  function computeOnInput(form) {
    const shown = form.querySelector("[data-outcome]");
    const announcement = form.querySelector("[data-outcome-said]");
    const lost = form.querySelector("[data-outcome-lost]");
    let timer = null, asked = 0;

    async function ask() {
      const mine = ++asked;
      try {
        const answer = await fetch(form.dataset.scoreUrl, {
          method: "POST", redirect: "manual", body: new URLSearchParams(new FormData(form)),
        });
        if (mine !== asked) return;
        lost.hidden = answer.ok;
        if (!answer.ok) return;
        const text = await answer.text();
        if (mine !== asked) return;
        shown.innerHTML = text;
        const line = shown.querySelector("[data-outcome-line]");
        announcement.textContent = line ? line.textContent.replace(/\s+/g, " ").trim() : "";
      } catch {
        if (mine === asked) lost.hidden = false;
      }
    }
    const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.addEventListener("online", soon);
  }

  /* A closed case is not sent; its points come back when it is chosen again. */
  function cases(block) {
    const choice = block.querySelector(".is-choice");
    const show = () => {
      const chosen = choice.querySelector("input:checked");
      for (const leaf of block.querySelectorAll("[data-case]")) {
        const open = Boolean(chosen) && leaf.dataset.case === chosen.value;
        leaf.hidden = leaf.disabled = !open;
      }
    };
    choice.addEventListener("change", show);
    block.closest("form").addEventListener("input", show);
    show();
  }

  /* A link to a criterion takes the focus into it, also with scripts that keep the page in place. */
  function leadIn(form) {
    form.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#at-']");
      const leaf = link && document.getElementById(link.getAttribute("href").slice(1));
      const first = leaf && leaf.querySelector("input:checked");
      if (first) { event.preventDefault(); leaf.scrollIntoView({ block: "center" }); first.focus(); }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-scoring]")) {
      form.querySelectorAll("[data-cases]").forEach(cases);
      computeOnInput(form);
      leadIn(form);
    }
  });
})();
