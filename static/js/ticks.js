/* Lists of work: tick all, and tick a run of lines with Shift. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-ticks]")) {
      const boxes = [...form.querySelectorAll("input[type=checkbox]:not(:disabled)")];
      const all = form.querySelector("[data-tick-all]");
      all.addEventListener("click", () => {
        const on = boxes.some((box) => !box.checked);
        for (const box of boxes) box.checked = on;
      });
      let last = null;
      boxes.forEach((box, place) => box.addEventListener("click", (event) => {
        if (event.shiftKey && last !== null) {
          for (const one of boxes.slice(Math.min(last, place), Math.max(last, place) + 1)) one.checked = box.checked;
        }
        last = place;
      }));
    }
  });
})();
