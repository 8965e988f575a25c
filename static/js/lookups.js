/* Help while typing: long lists get a field to search them by (with or without diacritics), a
   product's name shows what is on record already, and what follows by rule is shown beside. */
(function () {
  "use strict";
  const folded = (text) => text.toLowerCase().replace(/[đðɖ]/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").trim();
  const matches = (text, terms) => terms.every((word) => text.includes(word));
  const words = () => (document.querySelector("[data-form-words]") || { dataset: {} }).dataset;

  /* The options that do not match are taken out of the list; the chosen one always stays. */
  function searchable(select) {
    const all = [...select.querySelectorAll("option")].map((option) => ({
      option, parent: option.parentNode, text: folded(option.textContent + " " + (option.parentNode.label || "")),
    }));
    if (all.length < 9) return;
    const box = document.createElement("input");
    box.type = "search";
    box.className = "select-search";
    box.autocomplete = "off";
    box.placeholder = words().search;
    const label = document.querySelector(`label[for="${select.id}"]`);
    box.setAttribute("aria-label", `${words().searchIn}: ${label ? label.textContent.trim() : ""}`);
    const count = document.createElement("span");
    count.className = "visually-hidden";
    count.setAttribute("role", "status");
    select.before(box);
    select.after(count);
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      const terms = folded(box.value).split(" ").filter(Boolean);
      let shown = 0, only = null;
      for (const { option, parent, text } of all) {
        const keep = !option.value || option.selected || matches(text, terms);
        if (keep && option.parentNode !== parent) parent.append(option);
        if (!keep) option.remove();
        if (keep && option.value && matches(text, terms)) { shown += 1; only = option; }
      }
      for (const { option, parent } of all) if (option.parentNode === parent) parent.append(option);
      for (const group of select.querySelectorAll("optgroup")) group.hidden = !group.children.length;
      count.textContent = words().matches.replace("{n}", shown);
      if (terms.length && shown === 1 && !select.multiple) {
        select.value = only.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); select.focus(); }
      if (event.key === "ArrowDown") { event.preventDefault(); select.focus(); }
    });
  }

  function filterRows(box) {
    const rows = [...document.getElementById(box.dataset.filterRows).rows];
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      const terms = folded(box.value).split(" ").filter(Boolean);
      for (const row of rows) row.hidden = !matches(folded(row.textContent), terms);
    });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }

  /* A fragment asked for a moment after typing; an older answer never replaces a newer one. */
  function follow(form, target, ask) {
    let timer = null, number = 0;
    const refresh = async () => {
      const mine = ++number;
      try {
        const answer = await ask();
        if (answer && answer.ok && !answer.redirected && mine === number) target.innerHTML = await answer.text();
      } catch { /* without a connection the form still saves or keeps */ }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(refresh, 350); });
    form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(refresh, 100); });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("select[data-search]").forEach(searchable);
    document.querySelectorAll("[data-filter-rows]").forEach(filterRows);
    document.querySelectorAll("form[data-similar]").forEach((form) => {
      const field = (name) => encodeURIComponent((form.elements.namedItem(name) || {}).value || "");
      follow(form, document.getElementById("similar"), () => fetch(
        `${form.dataset.similar}&name=${field("name")}&producer=${field("producer")}&new_producer=${field("new_producer")}`,
        { redirect: "manual" },
      ));
    });
    document.querySelectorAll("form[data-hints]").forEach((form) => {
      follow(form, document.getElementById("hints"), () => fetch(form.dataset.hints, {
        method: "POST", body: new FormData(form), redirect: "manual",
      }));
    });
  });
})();
