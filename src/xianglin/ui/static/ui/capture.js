// Pictures and recordings on top of plain file fields: seen before they are sent, sent in pieces while the rest is
// filled in, taken up again where the network broke. No dependencies, nothing evaluated.
"use strict";
(() => {
  const TAP = 400;  // milliseconds: shorter is a press that starts, longer was holding
  const SHORTEST = 500;
  const PATIENCE = 60000;  // for one piece
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  const rooms = (form) => all("[data-capture]", form);
  const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
  const online = () => new Promise((done) => { window.addEventListener("online", done, { once: true }); });
  const told = (room) => room.querySelector("[data-told]");
  const say = (room, what) => { told(room).textContent = what ? told(room).dataset[what] : ""; };
  const items = (room) => all("[data-item]", room.querySelector("[data-items]"));
  const sends = new WeakMap();  // item -> the promise that it is there
  const spoken = new WeakMap();  // room -> how to stop its recorder

  // Client's own key: the same item is sent under it however often the network breaks.
  const fresh = () => {
    if (window.crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  class Turned extends Error {}  // away for good, in words
  class Lost extends Error {}  // the server knows nothing of it any more: swept, or another session

  const ask = async (room, address, method, body) => {
    const token = room.closest("form").querySelector("[name=csrfmiddlewaretoken]");
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method, body, signal: patience.signal, headers: { "X-CSRFToken": token ? token.value : "" },
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (answer.ok || answer.status === 409) return json;
      if (answer.status === 404) throw new Lost();
      throw new Turned(json.message || told(room).dataset.refused);
    } finally { clearTimeout(timer); }
  };

  // One begins after the other: the first makes the browser known to the server, and two at once would be two browsers.
  let turn = Promise.resolve();
  const inTurn = (deed) => {
    const mine = turn.then(deed);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const whole = async (room, item, file) => {
    const begin = { id: item.dataset.pk, kind: room.dataset.capture, size: file.size };
    const address = `${room.dataset.url}${begin.id}/`;
    const bar = item.querySelector("[data-progress]");
    let now = await inTurn(() => ask(room, room.dataset.url, "POST", JSON.stringify(begin)));
    while (now.state === "receiving") {
      if (!item.isConnected) return null;
      bar.value = now.next / file.size;
      now = now.next < file.size
        ? await ask(room, `${address}?offset=${now.next}`, "PUT", file.slice(now.next, now.next + now.piece))
        : await ask(room, `${address}finish/`, "POST");
    }
    return now;
  };

  const send = async (room, item, file) => {
    const bar = item.querySelector("[data-progress]");
    const tick = item.querySelector("input");
    bar.hidden = false;
    try {
      for (let wait = 1000; item.isConnected; wait = Math.min(wait * 2, 30000)) {
        try {
          const now = await whole(room, item, file);
          if (!now) return;
          tick.value = now.token;
          tick.disabled = false;
          tick.checked = true;
          item.dataset.sent = "1";
          if (told(room).textContent === told(room).dataset.offline) say(room, "");
          const picture = item.querySelector("img");
          // What the browser itself cannot show (HEIC) is shown as it will be kept.
          if (picture && picture.dataset.unseen) picture.src = `${room.dataset.url}${item.dataset.pk}/content/`;
          return;
        } catch (error) {
          if (error instanceof Turned) throw error;
          if (error instanceof Lost) item.dataset.pk = fresh();  // from the beginning
          say(room, "offline");
          await Promise.race([pause(wait), online()]);
        }
      }
    } catch (error) {
      const wrong = item.querySelector("[data-wrong]");
      wrong.textContent = error.message;
      wrong.hidden = false;
      item.dataset.wrong = "1";
    } finally { bar.hidden = true; }
  };

  const seconds = (room, length) => told(room).dataset.seconds.replace("…", length.toFixed(1));

  const add = (room, file, length) => {
    const list = room.querySelector("[data-items]");
    const mould = room.querySelector("[data-mould]").content.cloneNode(true);
    const item = mould.querySelector("[data-item]");
    item.dataset.pk = fresh();
    list.append(mould);
    const seen = item.querySelector("img, audio");
    seen.addEventListener("error", () => { seen.dataset.unseen = "1"; }, { once: true });
    seen.src = URL.createObjectURL(file);
    if (length) {
      item.querySelector("[data-length]").textContent = seconds(room, length);
      item.dataset.seconds = length.toFixed(2);
    }
    refresh(room);
    item.dispatchEvent(new CustomEvent("capture:added", { bubbles: true, detail: { file } }));
    if (room.dataset.url) sends.set(item, send(room, item, file));
    return item;
  };

  const full = (room) => items(room).length >= Number(room.dataset.most);

  const canRecord = () => Boolean(window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);

  const refresh = (room) => {
    all("[data-drop]", room).forEach((button) => { button.hidden = false; });
    const talk = room.querySelector("[data-talk]");
    const records = talk && canRecord() && !room.dataset.denied;
    if (talk) talk.hidden = !records || full(room);
    room.querySelector("[data-pick]").hidden = Boolean(records) || full(room);
  };

  const take = (room, files) => {
    const free = Number(room.dataset.most) - items(room).length;
    say(room, files.length > free ? "full" : "");
    [...files].slice(0, Math.max(0, free)).forEach((file) => add(room, file));
  };

  const picked = (input) => {
    take(input.closest("[data-capture]"), input.files);
    input.value = "";  // the form carries tokens, not the files again
  };

  const drop = (room, item) => {
    const pk = item.dataset.pk || item.querySelector("input").value;
    const seen = item.querySelector("img, audio");
    if (seen && seen.src.startsWith("blob:")) URL.revokeObjectURL(seen.src);
    item.remove();
    say(room, "");
    refresh(room);
    const next = room.querySelector("[data-talk]:not([hidden]) button, [data-pick]:not([hidden]) input");
    if (next) next.focus();
    // Not wanted: gone there too. What does not arrive is swept.
    if (pk && room.dataset.url) {
      const over = sends.get(item) || Promise.resolve();
      over.then(() => ask(room, `${room.dataset.url}${pk}/`, "DELETE")).catch(() => undefined);
    }
  };

  // 按住说话: hold, or press to start and press to stop. A keyboard and a screen reader press.
  const voice = (room) => {
    const button = room.querySelector("[data-talk-button]");
    const label = button.querySelector("[data-label]");
    const time = button.querySelector("[data-time]");
    let recorder = null;
    let wanted = false;
    let pressed = 0;  // when the finger came down
    let holding = false;
    let began = 0;
    let length = 0;
    let ticking = 0;

    const show = (mode) => {
      button.setAttribute("aria-pressed", String(mode !== "idle"));
      button.classList.toggle("talk-on", mode !== "idle");
      label.textContent = button.dataset[mode];
      time.hidden = mode === "idle";
    };
    const tick = () => {
      const passed = (performance.now() - began) / 1000;
      time.textContent = seconds(room, passed);
      if (passed >= Number(room.dataset.longest) - 1) stop();
    };
    const stop = () => {
      wanted = false;
      if (recorder && recorder.state === "recording") {
        length = (performance.now() - began) / 1000;
        recorder.stop();
      }
    };
    const start = async () => {
      wanted = true;
      say(room, "");
      let stream;
      try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch (error) {
        wanted = false;
        room.dataset.denied = "1";
        say(room, "denied");
        refresh(room);
        return;
      }
      const release = () => stream.getTracks().forEach((track) => track.stop());
      if (!wanted) { release(); say(room, "again"); return; }  // let go while the phone was still asking
      const heard = [];
      const mine = new MediaRecorder(stream);
      recorder = mine;
      mine.addEventListener("start", () => { began = performance.now(); tick(); ticking = setInterval(tick, 100); });
      mine.addEventListener("dataavailable", (event) => { if (event.data.size) heard.push(event.data); });
      mine.addEventListener("stop", () => {
        clearInterval(ticking);
        release();
        recorder = null;
        show("idle");
        if (length * 1000 < SHORTEST || !heard.length) say(room, "short");
        else { add(room, new Blob(heard, { type: mine.mimeType }), length); say(room, "done"); }
        all("audio", room).slice(-1).forEach((sound) => { if (document.activeElement === document.body) sound.focus(); });
      });
      show(holding ? "holding" : "pressed");
      mine.start();
    };
    const toggle = () => {
      holding = false;
      if (recorder || wanted) stop();
      else start();
    };
    spoken.set(room, () => {
      if (!recorder) return Promise.resolve();
      const done = new Promise((ready) => { recorder.addEventListener("stop", () => setTimeout(ready), { once: true }); });
      stop();
      return done;
    });

    let starts = false;  // this press began the recording, rather than ending one
    button.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      button.setPointerCapture(event.pointerId);
      starts = !recorder && !wanted;
      pressed = performance.now();
      if (!starts) { stop(); return; }
      holding = true;
      start();
    });
    const lift = () => {
      if (!holding) return;
      holding = false;
      if (starts && performance.now() - pressed < TAP) { if (recorder) show("pressed"); } else stop();
    };
    button.addEventListener("pointerup", lift);
    button.addEventListener("pointercancel", lift);
    button.addEventListener("click", (event) => { if (event.detail === 0) toggle(); });
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });
  };

  const setUp = (under) => all("[data-capture]", under).forEach((room) => {
    if (room.dataset.on) return;
    room.dataset.on = "1";
    room.classList.add("capture-on");
    if (room.querySelector("[data-talk]") && canRecord()) voice(room);
    refresh(room);
    // Chosen while this script was still on its way, as on a slow line, or kept by a browser that came back.
    all("input[type=file]", room).filter((input) => input.files.length).forEach(picked);
  });

  document.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.closest("[data-capture]")) picked(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-drop]");
    if (button) drop(button.closest("[data-capture]"), button.closest("[data-item]"));
  });

  // A form waits for what is still on its way, then goes by itself.
  const unsent = (form) => rooms(form).flatMap(items).filter((item) => sends.has(item) && !item.dataset.sent && !item.dataset.wrong);
  const speaking = (form) => rooms(form).filter((room) => room.querySelector(".talk-on"));
  window.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.dataset.waits) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (!unsent(form).length && !speaking(form).length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dataset.waits = "1";
    const by = event.submitter;
    await Promise.all(speaking(form).map((room) => spoken.get(room)()));
    const waiting = unsent(form);
    waiting.forEach((item) => say(item.closest("[data-capture]"), "sending"));
    await Promise.all(waiting.map((item) => sends.get(item)));
    delete form.dataset.waits;
    rooms(form).forEach((room) => say(room, ""));
    if (!form.isConnected || waiting.some((item) => item.dataset.wrong)) return;
    if (form.requestSubmit) form.requestSubmit(by || undefined);
    else (by || form.querySelector("button:not([type=button])")).click();
  }, true);

  setUp(document);
  document.addEventListener("htmx:load", (event) => setUp(event.detail.elt.parentElement || document));
})();
