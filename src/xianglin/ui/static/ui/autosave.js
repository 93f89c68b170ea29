// A form that saves what is typed by itself: after a pause, on leaving the field, and before leaving the page. What is
// not on the server yet stays on the device. On `<form data-autosave="address" data-kept-as="key">` with one textarea, a
// field `edition` and a `[data-saving]` that says what became of it; without scripts its button saves as ever.
"use strict";
(() => {
  const PAUSE = 1500, AGAIN = 15000, LONGEST = 20000;  // milliseconds
  const bound = new WeakSet();

  const device = (key) => ({
    read() {
      try { return (JSON.parse(localStorage.getItem(key) || "null") || {}).values || null; } catch (error) { return null; }
    },
    write(values) {
      try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), values })); } catch (error) { return; }
    },
    drop() { try { localStorage.removeItem(key); } catch (error) { return; } },
  });

  const bind = (form) => {
    if (bound.has(form)) return;
    bound.add(form);
    const field = form.querySelector("textarea"), edition = form.elements.edition, told = form.querySelector("[data-saving]");
    const kept = device(`keep:${form.dataset.keptAs}`);
    let saved = field.value;  // what the server has, as far as is known
    let refused = null;       // what it does not take: not sent again before it is changed
    let choice = null;        // two texts, of which one is to be chosen
    let timer = 0, flight = null;

    const dirty = () => field.value.trim() && field.value !== saved && field.value !== refused;
    const keep = () => kept.write({ text: field.value, edition: edition.value });
    const soon = (wait) => { clearTimeout(timer); timer = setTimeout(() => save(), wait); };
    const say = (html) => { told.innerHTML = html; };  // our own server's, escaped there; the policy runs nothing in it
    const lost = () => { say(form.querySelector("[data-lost]").innerHTML); soon(AGAIN); };

    const send = async (last) => {
      const sent = field.value;
      const going = { method: "POST", body: new FormData(form), redirect: "error", keepalive: last };
      if (!last && AbortSignal.timeout) going.signal = AbortSignal.timeout(LONGEST);
      let answer, html;
      try {
        answer = await fetch(form.dataset.autosave, going);
        html = await answer.text();
      } catch (error) { lost(); return; }
      if (answer.ok) keepUp(sent, html);
      else if (answer.status === 409) choose(html);
      else if (answer.status === 422) { refused = sent; say(html); if (dirty()) soon(PAUSE); }
      else lost();
    };
    const save = (last = false) => {
      clearTimeout(timer);
      if (!flight && !choice && dirty()) flight = send(last).finally(() => { flight = null; });
      return flight || Promise.resolve();
    };
    const keepUp = (sent, html) => {
      saved = sent;
      refused = null;
      say(html);
      edition.value = told.querySelector("[data-edition]").dataset.edition;
      told.querySelectorAll("template[data-put]").forEach((put) => {
        const place = document.getElementById(put.dataset.put);
        if (place) place.textContent = put.content.textContent.trim();
      });
      if (field.value === sent) kept.drop();
      else { keep(); soon(PAUSE); }
    };

    // Another wrote meanwhile: nothing is sent before one is chosen, and the words stay in the field.
    const choose = (html) => {
      say(html);
      choice = told.querySelector("[data-theirs]");
      mirror();
    };
    const mirror = () => told.querySelectorAll("[data-choose] [data-mine]").forEach((mine) => { mine.innerText = field.value; });
    let mine = "";
    const take = {
      mine() { choice = null; say(""); save(); },
      theirs(theirs) {
        mine = field.value;
        field.value = saved = theirs;
        choice = null;
        kept.drop();
        told.querySelectorAll("[data-mine]").forEach((place) => { place.innerText = mine; });
        told.querySelector("[data-choose]").hidden = true;
        told.querySelector("[data-taken]").hidden = false;
      },
      both(theirs) { field.value = `${field.value.trimEnd()}\n${theirs}`; choice = null; say(""); keep(); },
      back() { field.value = mine; say(""); keep(); save(); },
    };
    told.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take]");
      if (!button) return;
      const meanwhile = told.querySelector("[data-theirs]");
      edition.value = meanwhile.dataset.edition;
      take[button.dataset.take](meanwhile.dataset.theirs);
      field.focus();
    });

    field.addEventListener("input", () => {
      keep();
      if (choice) mirror();
      else soon(PAUSE);
    });
    field.addEventListener("blur", () => save());
    window.addEventListener("online", () => save());
    const leave = () => save(true);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });

    // The button waits for what is under way, so that it never meets its own writer's last save.
    document.addEventListener("submit", (event) => {
      if (event.target !== form || (!flight && !choice && !dirty())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const pressed = event.submitter;
      delete form.dataset.busy;
      form.removeAttribute("aria-busy");
      if (choice) { told.querySelector("button").focus(); return; }
      (flight || Promise.resolve()).then(() => save()).then(() => {
        if (!flight && !choice && !dirty()) form.requestSubmit(pressed);
      });
    }, true);

    // Words that never reached the server come back with the edition that they were written on: it says if that is old.
    const before = kept.read();
    if (before && before.text && before.text !== field.value && !form.querySelector("[aria-invalid=true]")) {
      field.value = before.text;
      if (before.edition) edition.value = before.edition;
      save();
    }
  };

  const all = (under) => under.querySelectorAll("form[data-autosave]").forEach(bind);
  all(document);
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
})();
