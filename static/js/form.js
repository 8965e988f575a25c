/* Forms that lose nothing. [data-draft-form]: what is typed is kept on the server a moment later
   (the form says when); where the session has ended, in this tab only, until it can be sent
   again. [data-once]: sent once, however often the button is pressed; the server checks too.
   [data-focus]: the list of errors is read first. */
(function () {
  "use strict";
  const PAUSE = 800;
  const NEVER = new Set(["csrfmiddlewaretoken", "token", "editor", "draft_place", "version"]);

  const value = (form, name) => (form.elements.namedItem(name) || {}).value || "";

  /* What is said stands in the page, in its language (records/_words.html). */
  const words = () => (document.querySelector("[data-form-words]") || { dataset: {} }).dataset;

  function content(form) {
    const typed = {};
    for (const [name, entry] of new FormData(form)) {
      if (NEVER.has(name) || typeof entry !== "string") continue;
      (typed[name] = typed[name] || []).push(entry);
    }
    return typed;
  }

  const key = (form) => `ocop-form:${value(form, "editor")}:${place(form)}`;
  const place = (form) => value(form, "draft_place") || location.pathname + location.search;
  function remember(form, typed) {
    try { sessionStorage.setItem(key(form), JSON.stringify(typed)); } catch { /* storage may be full or forbidden */ }
  }
  function forget(form) {
    try { sessionStorage.removeItem(key(form)); } catch { /* nothing was kept */ }
  }

  /* Whether a field says something else than the page was sent with: typed before this script ran
     (a slow line), kept by the browser over a reload, or put back by restore(). */
  function differs(field) {
    if (!field.name || NEVER.has(field.name) || field.type === "file") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "select-one") {
      const sent = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(sent, 0);
    }
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.defaultValue !== undefined && field.value !== field.defaultValue;
  }
  const typedAlready = (form) => [...form.elements].some(differs);

  /* One draft at a time: a slow answer to an older text must not overtake a newer one. */
  function keeper(form) {
    const state = form.querySelector("[data-draft-state]");
    const say = (text) => { if (state) state.textContent = text; };
    let timer = null, last = typedAlready(form) ? "" : JSON.stringify(content(form)), running = false, again = false, done = false;

    async function send(last_words) {
      const typed = content(form), text = JSON.stringify(typed);
      if (done || text === last) return;
      if (running) { again = true; return; }
      running = true;
      try {
        const answer = await fetch("/drafts/", {
          method: "POST", keepalive: Boolean(last_words), redirect: "manual",
          headers: { "Content-Type": "application/json", "X-CSRFToken": value(form, "csrfmiddlewaretoken") },
          body: JSON.stringify({ place: place(form), content: typed, version: value(form, "version") || null }),
        });
        if (answer.ok) { last = text; forget(form); say(words().saved.replace("{time}", (await answer.json()).saved_at)); }
        else if (answer.status === 400) say((await answer.json()).error);
        else { remember(form, typed); say(words().ended); }
      } catch { remember(form, typed); say(words().away); }
      running = false;
      if (again) { again = false; send(); }
    }
    const soon = () => { clearTimeout(timer); timer = setTimeout(send, PAUSE); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => { done = true; clearTimeout(timer); });
    window.addEventListener("online", () => send());
    window.addEventListener("pagehide", () => send(true));
    form.resumeKeeping = () => { done = false; };
  }

  /* What a lost connection left in this tab goes back into the form. */
  function restore(form) {
    let saved = null;
    try { saved = JSON.parse(sessionStorage.getItem(key(form)) || "null"); } catch { return; }
    if (!saved) return;
    for (const field of form.elements) {
      if (!field.name || NEVER.has(field.name) || field.type === "file") continue;
      const values = saved[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const one of field.options) one.selected = values.includes(one.value);
      else if (values.length) field.value = values[0];
    }
  }

  function once(form) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) { event.preventDefault(); return; }
      sent = true;
      form.setAttribute("aria-busy", "true");
      for (const button of form.querySelectorAll("button:not([type=button])")) button.classList.add("is-sending");
    });
    /* Coming back with the back button, the form can be sent again. */
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      sent = false;
      form.removeAttribute("aria-busy");
      form.querySelectorAll(".is-sending").forEach((button) => button.classList.remove("is-sending"));
      if (form.resumeKeeping) form.resumeKeeping();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-draft-form]").forEach((form) => { restore(form); keeper(form); });
    document.querySelectorAll("form[data-once]").forEach(once);
    const first = document.querySelector("[data-focus]");
    if (first) first.focus();
  });
  /* Every script listens by now: what was typed too early is kept and followed like the rest. */
  window.addEventListener("load", () => {
    for (const form of document.querySelectorAll("form[data-draft-form]")) {
      if (typedAlready(form)) form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
})();
