/* The page of a workbook: what is typed for an answer chooses it, and nothing chosen or typed is lost by
   importing before it was checked. Without this script the form does the same, one press later. */
(function () {
  "use strict";

  function changed(field) {
    if (field.type === "hidden" || !field.name) return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    return field.value !== undefined && field.tagName === "INPUT" && field.value !== field.defaultValue.replace(/[\r\n]/g, "");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form[data-answers]");
    if (!form) return;
    for (const fields of document.querySelectorAll("[data-typed]")) {
      const radio = fields.closest(".typed-choice").querySelector("input[type=radio]");
      fields.addEventListener("input", () => { radio.checked = true; });
    }
    const words = document.querySelector("[data-unsent-words]");
    /* Before the form itself is told: it must not take itself for sent. */
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form[data-import]") || ![...form.elements].some(changed)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      words.textContent = form.dataset.unsent;
      words.hidden = false;
    }, true);
    form.addEventListener("submit", () => {
      /* Only what was changed is sent: a list of hundreds of cells stays small. */
      const idle = [...form.elements].filter((field) => field.name && field.name.startsWith("c-") && !changed(field));
      for (const field of idle) field.disabled = true;
      window.addEventListener("pageshow", () => { for (const field of idle) field.disabled = false; }, { once: true });
    });
  });
})();
