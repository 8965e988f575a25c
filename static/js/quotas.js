// The sum of a movement's changes while they are typed: it has to come to 0.
(() => {
  "use strict";
  const fields = [...document.querySelectorAll("[data-change]")];
  const shown = document.querySelector("[data-change-sum]");
  if (!shown) return;
  const tell = () => {
    const sum = fields.reduce((total, field) => total + (parseInt(field.value, 10) || 0), 0);
    shown.textContent = sum > 0 ? `+${sum}` : String(sum).replace("-", "−");
    shown.classList.toggle("is-off", sum !== 0);
  };
  fields.forEach((field) => field.addEventListener("input", tell));
  tell();
})();
