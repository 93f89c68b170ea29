// Small helps on top of pages that work without them. No dependencies, nothing evaluated.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  const on = (type, selector, deed, capture = false) =>
    document.addEventListener(type, (event) => {
      const found = event.target.closest && event.target.closest(selector);
      if (found) deed(event, found);
    }, capture);

  // 大字 without a new page; the server still writes the cookie.
  const SIZES = ["", "elder", "elder max"];
  const after = (size) => SIZES[(SIZES.indexOf(size) + 1) % SIZES.length];
  on("submit", "[data-size-form]", (event, form) => {
    event.preventDefault();
    const chosen = form.querySelector("button").value;
    const body = new URLSearchParams({ size: chosen, next: location.pathname });
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => strip("lost"));
    root.dataset.size = chosen;
    all("[data-size-form]").forEach((each) => {
      const button = each.querySelector("button");
      button.value = after(chosen);
      button.textContent = each.querySelector(`template[data-after="${chosen}"]`).content.textContent;
    });
  });

  // One press, one answer: a form that is under way is not sent twice.
  const free = (form) => { delete form.dataset.busy; form.removeAttribute("aria-busy"); };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-size-form]")) return;
    if (form.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.busy = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => { if (event.defaultPrevented && !form.matches("[hx-post],[hx-get],[hx-put]")) free(form); });
    setTimeout(() => free(form), 20000);
  }, true);
  window.addEventListener("pageshow", () => all("form[data-busy]").forEach(free));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    // On its way to another page it stays held back: a second press would still find it.
    if (form && !event.detail.xhr.getResponseHeader("HX-Redirect")) free(form);
  });

  // What is typed stays on the device until the server has said that it has it.
  const KEEP_DAYS = 7;
  const store = {
    read(key) {
      try {
        const kept = JSON.parse(localStorage.getItem(`keep:${key}`) || "null");
        return kept && Date.now() - kept.at < KEEP_DAYS * 864e5 ? kept.values : null;
      } catch (error) { return null; }  // private mode, or something else's value: nothing is kept then
    },
    write(key, values) {
      try { localStorage.setItem(`keep:${key}`, JSON.stringify({ at: Date.now(), values })); } catch (error) { return; }
    },
    drop(key) { try { localStorage.removeItem(`keep:${key}`); } catch (error) { return; } },
  };
  const keepable = (form) => [...form.elements].filter((field) => field.name
    && !field.closest("[data-keep-not]") && !field.readOnly
    && !/^(password|file|hidden|submit|button|image)$/.test(field.type)
    && field.autocomplete !== "one-time-code");
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const id = (field) => (ticks(field) ? `${field.name}=${field.value}` : field.name);
  const keep = (form) => store.write(form.dataset.keep,
    Object.fromEntries(keepable(form).map((field) => [id(field), ticks(field) ? field.checked : field.value])));
  const restore = (form) => {
    const values = store.read(form.dataset.keep);
    if (!values) return;
    let given = false;
    keepable(form).forEach((field) => {
      const value = values[id(field)];
      if (value === undefined) return;
      if (ticks(field)) field.checked = value;
      // A page that comes back with words in it (a refusal) knows better than the device.
      else if (!field.value && value) { field.value = value; given = true; }
    });
    if (given) all("[data-keep-note]", form).forEach((note) => { note.hidden = false; });
  };
  const readKept = (under) => {
    all("[data-kept]", under).forEach((mark) => store.drop(mark.dataset.kept));
    all("form[data-keep]", under).forEach(restore);
    all("[data-copy]", under).forEach((button) => { button.hidden = false; });
    all("[aria-invalid=true]", under).forEach((field) => {
      const shut = field.closest("details:not([open])");
      if (shut) shut.open = true;
    });
    const first = under.querySelector("form[method=post] [aria-invalid=true]");
    if (first) first.focus();
  };
  on("input", "form[data-keep]", (event, form) => keep(form));
  on("change", "form[data-keep]", (event, form) => keep(form));
  readKept(document);
  document.addEventListener("htmx:load", (event) => readKept(event.detail.elt));

  // Somebody else uses this device from now on: pages that are kept for when there is no network go. What was written
  // and not sent stays under its writer's mark.
  const forgetPages = () => {
    if (!("caches" in window)) return;
    caches.keys().then((names) => names.filter((name) => name.startsWith("visits of ")).forEach((name) => caches.delete(name)))
      .catch(() => undefined);
  };
  on("submit", "form[data-forget]", forgetPages, true);
  if (document.querySelector("[data-forget]:not(form)")) forgetPages();

  // 复制到群. WeChat's older browsers have no clipboard of their own.
  const copied = async (area) => {
    if (navigator.clipboard && window.isSecureContext) {
      try { await navigator.clipboard.writeText(area.value); return true; } catch (error) { /* refused: the old way below */ }
    }
    area.focus();
    area.select();
    return document.execCommand("copy");
  };
  on("click", "[data-copy]", async (event, button) => {
    const label = button.querySelector("span") || button;
    if (await copied(document.getElementById(button.dataset.copy))) label.textContent = button.dataset.done;
  });

  // Proposed words go into the field where it stands; what is typed there already stays before them.
  on("click", "[data-fill]", (event, link) => {
    const field = document.getElementById(link.dataset.fill);
    if (!field) return;
    event.preventDefault();
    if (!field.value.includes(link.dataset.words)) field.value = [field.value.trim(), link.dataset.words].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  on("click", "[data-back]", (event) => {
    if (history.length < 2 || !document.referrer.startsWith(location.origin)) return;
    event.preventDefault();
    history.back();  // the page as it was left, with what was typed
  });
  on("click", "[data-close]", (event, button) => { document.querySelector(button.dataset.close).replaceChildren(); });

  // Alt and a digit presses what carries it: for hands that stay on the keyboard.
  document.addEventListener("keydown", (event) => {
    const found = event.altKey && !event.ctrlKey && /^[0-9]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!found) return;
    event.preventDefault();
    found.click();
  });

  // 念给我听: only where the device has a Chinese voice of its own; without one there is no button.
  const voice = () => "speechSynthesis" in window && speechSynthesis.getVoices().find((one) => /^(zh|cmn)/i.test(one.lang));
  const quiet = (button) => { button.removeAttribute("aria-pressed"); button.querySelector("span").textContent = button.dataset.idle; };
  const offer = () => all("[data-read]").forEach((button) => { button.hidden = !voice(); });
  // Sentence by sentence: a long text is cut off after some seconds by some browsers.
  const sentences = (under) => all("h1, h2, h3, p, li", under)
    .filter((part) => !part.closest("[data-read-not]") && !part.querySelector("p, li"))
    .flatMap((part) => part.innerText.match(/[^。！？\n]+[。！？]?/g) || []).filter((text) => text.trim());
  on("click", "[data-read]", (event, button) => {
    const spoken = button.getAttribute("aria-pressed");
    speechSynthesis.cancel();
    all("[data-read]").forEach(quiet);
    if (spoken) return;
    button.setAttribute("aria-pressed", "true");
    button.querySelector("span").textContent = button.dataset.stop;
    const lines = sentences(document.querySelector(button.dataset.read));
    lines.forEach((line, nth) => {
      const said = new SpeechSynthesisUtterance(line);
      said.voice = voice();
      said.lang = said.voice.lang;
      said.rate = 0.9;
      if (nth === lines.length - 1) said.onend = () => quiet(button);
      speechSynthesis.speak(said);
    });
  });
  if ("speechSynthesis" in window) {
    offer();
    speechSynthesis.addEventListener("voiceschanged", offer);
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  // An answer that did not come, or came broken.
  const offline = document.getElementById("offline");
  const strip = (what) => {
    offline.hidden = !what;
    all("[data-when]", offline).forEach((line) => { line.hidden = line.dataset.when !== what; });
  };
  document.addEventListener("htmx:sendError", () => strip("lost"));
  document.addEventListener("htmx:timeout", () => strip("lost"));
  document.addEventListener("htmx:responseError", () => strip("failed"));
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 500) strip(""); });
  document.addEventListener("htmx:beforeRequest", () => { document.getElementById("spot").replaceChildren(); });
  window.addEventListener("online", () => strip(""));

  // An address that names a folded part opens it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const shut = target && target.closest("details:not([open])");
    if (shut) shut.open = true;
  };
  window.addEventListener("hashchange", unfold);
  unfold();
})();
