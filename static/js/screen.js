/* A meeting on the projector, driven by keys alone: one topic a screen.
   → ↓ space PageDown: next · ← ↑ PageUp: back · Home, End · digits: topic of that number (two digits
   typed quickly are one number, 0 is the first screen) · F full screen · C conclusion · Esc back.
   Runs before charts.js: charts are drawn large, in light colours whatever the theme. */
(function () {
  "use strict";
  const PAUSE = 700;
  const slides = [...document.querySelectorAll("[data-slide]")];
  const say = (text) => { document.querySelector("[data-live]").textContent = text; };
  const words = (name) => document.querySelector(`[${name}]`).dataset;
  let at = 0, digits = "", timer = null;

  const light = () => { if (document.documentElement.dataset.bsTheme !== "light") document.documentElement.dataset.bsTheme = "light"; };
  light();
  document.addEventListener("themechange", light);
  Chart.defaults.font.size = Math.max(13, Math.round(innerWidth / 90));
  Chart.defaults.devicePixelRatio = Math.max(1, devicePixelRatio);

  /* Lines as thick as the letters are large; letters in the page's type once it has come. */
  document.addEventListener("chartdrawn", ({ target: { chart } }) => {
    chart.data.datasets.forEach((set) => { if (set.borderWidth) set.borderWidth *= 2; });
    chart.update("none");
    document.fonts.ready.then(() => chart.update("none"));
  });

  function show(number) {
    at = Math.min(slides.length - 1, Math.max(0, number));
    slides.forEach((slide, index) => {
      slide.classList.toggle("is-current", index === at);
      slide.inert = index !== at;
    });
    document.querySelector("[data-place]").textContent = at + 1;
    history.replaceState(null, "", `#${at}`);
    slides[at].querySelector("h2").focus({ preventScroll: true });
  }

  function digit(key) {
    clearTimeout(timer);
    digits = (digits + key).slice(-2);
    if (Number(digits) >= slides.length) digits = key;
    show(Number(digits));
    timer = setTimeout(() => { digits = ""; }, PAUSE);
  }

  const fullscreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => { /* the browser may refuse */ });
  };
  const dialogOf = (slide) => slide.querySelector("[data-dialog]");

  function write() {
    const dialog = dialogOf(slides[at]);
    if (!dialog) return;
    dialog.showModal();
    const field = dialog.querySelector("textarea[name=conclusion]");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  const KEYS = {
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    f: fullscreen, c: write,
    Escape: () => { location.href = document.querySelector(".screen-keys a").href; },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest("a, button") && (event.key === " " || event.key === "Enter")) return;
    const act = event.key === " " ? () => show(at + (event.shiftKey ? -1 : 1))
      : /^[0-9]$/.test(event.key) ? () => digit(event.key)
        : KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* What was saved goes into the screen at once. */
  function put(slide, saved) {
    const conclusion = slide.querySelector("[data-conclusion]");
    conclusion.textContent = saved.conclusion;
    conclusion.hidden = !saved.conclusion;
    slide.querySelector("[data-given]").replaceChildren(...saved.assignments.map((one) => {
      const line = document.createElement("li"), state = document.createElement("span");
      const whom = document.createElement("span");
      state.className = `assignment-state is-${one.state}`;
      state.textContent = one.label;
      whom.textContent = `– ${one.agency}${one.cooperating ? ` (${one.cooperating})` : ""}, ${one.deadline}`;
      line.append(state, ` ${one.text} `, whom);
      return line;
    }));
  }

  function taken(slide, form, saved) {
    put(slide, saved);
    form.elements.version.value = saved.version;
    form.elements.conclusion.value = form.elements.conclusion.defaultValue = saved.conclusion;
    for (const name of ["text", "agency", "deadline"]) form.elements[name].value = "";
    form.elements.priority.value = "normal";
    slide.querySelector("[data-theirs]").hidden = true;
    dialogOf(slide).close();
    say(words("data-screen-words").saved);
  }

  /* Somebody else wrote meanwhile: theirs stands above, mine stays in the field. */
  function clash(slide, form, theirs) {
    const box = slide.querySelector("[data-theirs]");
    box.textContent = `${theirs.who}: ${theirs.conclusion}`;
    box.hidden = false;
    form.elements.version.value = theirs.version;
    wrong(slide, [words("data-screen-words").clash]);
  }

  function wrong(slide, errors) {
    slide.querySelector("[data-errors]").replaceChildren(...errors.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
  }

  async function send(slide, form) {
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    wrong(slide, []);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
      });
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      const body = isJson ? await answer.json() : null;
      if (!body) wrong(slide, [words("data-form-words").ended]);
      else if (answer.ok) taken(slide, form, body);
      else if (answer.status === 409) clash(slide, form, body);
      else wrong(slide, body.errors);
    } catch {
      wrong(slide, [words("data-screen-words").away]);
    }
    form.removeAttribute("aria-busy");
    if (form.resumeKeeping) form.resumeKeeping();
  }

  for (const slide of slides) {
    const dialog = dialogOf(slide);
    if (!dialog) continue;
    const form = dialog.querySelector("form");
    form.addEventListener("submit", (event) => { event.preventDefault(); send(slide, form); });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    dialog.addEventListener("close", () => slide.querySelector("h2").focus({ preventScroll: true }));
  }
  document.querySelectorAll("[data-go]").forEach((button) => {
    button.addEventListener("click", () => show(at + Number(button.dataset.go)));
  });
  show(Number(/^#(\d+)$/.exec(location.hash)?.[1] ?? 0));
})();
