/* "Copy link" beside a read-only field: [data-copy] copies the field before it. */
(function () {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = button.previousElementSibling;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a secure connection there is no clipboard: what is selected can be copied by hand.
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.dataset.done;
  });
})();
