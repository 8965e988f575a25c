/* Loaded in <head> before anything is painted, so that the page never flashes in the other theme.
   Theme: what the person chose last (kept in this browser), otherwise what the system prefers.
   Fires "themechange" on document after each change. Paper is always light.
   Colours: window.ocopColours turns the names of custom properties into colours for charts.
   Also the header: section list on a phone, menus that close again, and the scope strip that
   sends itself when a date or unit is chosen (without JavaScript it has a button) and says what the
   address says after Back. */
(function () {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const KEY = "ocop-theme";

  function kept() {
    try { return localStorage.getItem(KEY); } catch { return null; }  // storage may be forbidden
  }
  function keep(theme) {
    try { localStorage.setItem(KEY, theme); } catch { /* the choice then lasts for this page */ }
  }
  function show(theme) {
    if (root.dataset.bsTheme === theme) return;
    root.dataset.bsTheme = theme;
    document.dispatchEvent(new CustomEvent("themechange"));
  }
  const chosen = () => kept() || (system.matches ? "dark" : "light");

  root.classList.add("js");
  show(chosen());
  system.addEventListener("change", () => show(chosen()));
  let onScreen = null;
  window.addEventListener("beforeprint", () => { onScreen = root.dataset.bsTheme; show("light"); });
  window.addEventListener("afterprint", () => { if (onScreen) show(onScreen); });

  function themeButton(button) {
    const say = () => button.setAttribute("aria-pressed", String(root.dataset.bsTheme === "dark"));
    say();
    document.addEventListener("themechange", say);
    button.addEventListener("click", () => {
      const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      keep(theme);
      show(theme);
    });
  }

  function sectionList(button) {
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(panel.classList.toggle("open")));
    });
  }

  /* On a phone the list comes first: filters that are not in use stay folded. */
  function filterBox(box) {
    if (!box.dataset.filterBox && window.matchMedia("(max-width: 767.98px)").matches) box.open = false;
  }

  function menus() {
    const open = () => document.querySelectorAll("details.menu[open]");
    document.addEventListener("click", (event) => {
      open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      open().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    });
  }

  /* A date typed by keyboard passes through many values; it is sent when the field is left or on
     Enter. Picked by mouse or chosen from a list, it is sent at once. */
  function scopeForm(form) {
    const send = () => form.requestSubmit();
    form.querySelectorAll("select, input[type=checkbox]").forEach((field) => {
      field.addEventListener("change", send);
    });
    form.querySelectorAll("input[type=date]").forEach((field) => {
      let typed = false;
      field.addEventListener("keydown", () => { typed = true; });
      field.addEventListener("pointerdown", () => { typed = false; });
      field.addEventListener("change", () => { if (!typed && field.value) send(); });
      field.addEventListener("blur", () => { if (field.value && field.value !== field.defaultValue) send(); });
    });
  }

  /* Forms sent by GET repeat the address: whoever comes back, reloads or has a tab restored sees
     what the address says, not what was chosen before leaving. */
  function likeTheAddress({ persisted }) {
    const [{ type } = {}] = performance.getEntriesByType("navigation");
    if (!persisted && type === "navigate") return;
    document.querySelectorAll("form").forEach((form) => { if (form.method === "get") form.reset(); });
  }

  const property = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function faded(colour, percent) {
    const whole = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, "$&$&") : colour;
    return whole + Math.round(percent * 2.55).toString(16).padStart(2, "0");
  }

  function hatched(colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = faded(colour, 18);
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    [-8, 0, 8].forEach((x) => { pen.moveTo(x, 8); pen.lineTo(x + 8, 0); });
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  }

  function resolved(value) {
    if (typeof value === "string") {
      const token = /^(--[\w-]+)(?:\/(\d+|hatch))?$/.exec(value);
      if (!token) return value;
      const colour = property(token[1]);
      if (token[2] === "hatch") return hatched(colour);
      return token[2] ? faded(colour, Number(token[2])) : colour;
    }
    if (Array.isArray(value)) return value.map(resolved);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
    }
    return value;
  }
  window.ocopColours = { faded, property, resolved };

  window.addEventListener("pageshow", likeTheAddress);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-toggle]").forEach(themeButton);
    document.querySelectorAll("[data-nav-toggle]").forEach(sectionList);
    document.querySelectorAll("[data-scope-form]").forEach(scopeForm);
    document.querySelectorAll("[data-filter-box]").forEach(filterBox);
    menus();
  });
})();
