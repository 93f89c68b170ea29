// 记一笔 without a network: what is written at a door lies in this device's own store until the server has said that
// it has it. The device gives each visit its key, so that sending twice stores once. No dependencies, nothing evaluated.
"use strict";
(() => {
  const room = document.querySelector("[data-queue]");
  if (!room) return;
  const said = room.dataset;
  const mine = said.queue;
  const AGAIN = 15000;  // milliseconds between tries while the page is open
  const PATIENCE = 60000;  // for one answer
  const part = (name, under = room) => under.querySelector(`[data-${name}]`);
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  const mould = (name) => part(name).content.cloneNode(true).firstElementChild;
  const filled = (text, number) => text.replace("…", number);

  const fresh = () => {
    if (window.crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // --- the device's own store; some browsers inside apps have none, or only say so when asked
  const opened = new Promise((done, fail) => {
    const wish = indexedDB.open("visits", 1);
    wish.onupgradeneeded = () => wish.result.createObjectStore("queue", { keyPath: "key" });
    wish.onsuccess = () => done(wish.result);
    wish.onerror = () => fail(wish.error);
  });
  const store = async (mode, deed) => {
    const base = await opened;
    return new Promise((done, fail) => {
      const change = base.transaction("queue", mode);
      const asked = deed(change.objectStore("queue"));
      change.oncomplete = () => done(asked.result);
      change.onerror = () => fail(change.error);
      change.onabort = () => fail(change.error);
    });
  };
  const put = (entry) => store("readwrite", (queue) => queue.put(entry));
  const drop = (key) => store("readwrite", (queue) => queue.delete(key));
  const entries = async () => (await store("readonly", (queue) => queue.getAll())).sort((one, other) => one.at - other.at);

  // --- sending
  class Turned extends Error {}  // refused in words: it stays, to be mended
  class Lost extends Error {}  // the upload is not known any more
  class LoggedOut extends Error {}

  const ask = async (address, method, body, token) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method, body, redirect: "manual", cache: "no-store", signal: patience.signal,
        headers: { Accept: "application/json", ...(token ? { "X-CSRFToken": token } : {}) },
      });
      if (answer.type === "opaqueredirect") throw new LoggedOut();
      if (answer.status >= 500) throw new Error(String(answer.status));
      const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (answer.ok || answer.status === 409) return json;
      if (json.code === "files.too_often") throw new Error(json.code);
      if (json.code === "files.gone") throw new Lost();
      const turned = new Turned(json.message || (answer.status === 404 ? said.gone : said.odd));
      turned.status = answer.status;
      throw turned;
    } finally { clearTimeout(timer); }
  };

  const whole = async (file, token) => {
    const { size } = file.blob;
    const address = `${said.begin}${file.id}/`;
    let now = await ask(said.begin, "POST", JSON.stringify({ id: file.id, kind: file.kind, size }), token);
    while (now.state === "receiving") {
      now = now.next < size
        ? await ask(`${address}?offset=${now.next}`, "PUT", file.blob.slice(now.next, now.next + now.piece), token)
        : await ask(`${address}finish/`, "POST", undefined, token);
    }
    return now.token;
  };
  const upload = async (entry, file, token) => {
    try { return await whole(file, token); } catch (error) {
      if (!(error instanceof Lost) && error.status !== 404) throw error;
      file.id = fresh();  // swept meanwhile, or begun in a session that is over: once more from the beginning
      await put(entry);
      return whole(file, token);
    }
  };

  const deliver = async (entry, token) => {
    const form = new FormData();
    ["key", "words", "name", "phone", "note"].forEach((name) => form.append(name, entry[name]));
    form.append("ago", String(Math.max(0, Math.round((Date.now() - entry.at) / 1000))));
    if (entry.quiet) form.append("quiet", "1");
    for (const file of entry.files) form.append(file.kind === "audio" ? "voice" : "photos", await upload(entry, file, token));
    const told = await ask(entry.address, "POST", form, token);
    if (told.key !== entry.key) throw new Turned(said.odd);  // nothing leaves the queue before the server's word
    return told;
  };

  let sending = "";  // the key of what is on its way
  let away = false;  // logged out, or another is logged in
  let trouble = "";  // why nothing at all is taken: the post that could has ended
  let timer = 0;
  const arrivals = [];

  const turnIn = async (pressed) => {
    const waiting = (await entries()).filter((one) => one.account === mine && (!one.why || one.key === pressed));
    if (!waiting.length) return;
    const state = await ask(said.state, "GET");
    if (state.mark !== mine) throw new LoggedOut();
    away = false;
    for (const entry of waiting) {
      sending = entry.key;
      await show();
      try {
        const told = await deliver(entry, state.token);
        await drop(entry.key);
        arrivals.unshift({ ...told, door: entry.door });
      } catch (error) {
        if (!(error instanceof Turned || error instanceof Lost)) throw error;
        await put({ ...entry, why: error.message || said.odd });
      }
    }
  };
  const attempt = async (pressed) => {
    clearTimeout(timer);
    trouble = "";
    try { await turnIn(pressed); } catch (error) {
      away = error instanceof LoggedOut;
      if (error instanceof Turned) trouble = error.message;
      if (!away) timer = setTimeout(flush, AGAIN);
    } finally {
      sending = "";
      await show();
    }
  };
  // One page at a time: two would send the same thing at once.
  const flush = (pressed = "") => (navigator.locks
    ? navigator.locks.request("visits", { ifAvailable: true }, (lock) => (lock ? attempt(pressed) : undefined))
    : attempt(pressed));

  // --- what is seen
  const showFile = (entry, file, list) => {
    const item = mould("file-mould");
    const seen = item.querySelector(file.kind === "audio" ? "audio" : "img");
    seen.hidden = false;
    seen.src = URL.createObjectURL(file.blob);
    part("file-drop", item).addEventListener("click", async () => {
      item.remove();
      entry.files = entry.files.filter((one) => one !== file);
      await put(entry);
    });
    list.append(item);
  };
  const showMend = (entry, item) => {
    part("mend", item).hidden = false;
    part("why", item).textContent = entry.why;
    part("words", item).value = entry.words;
    part("phone", item).value = entry.phone;
    entry.files.forEach((file) => showFile(entry, file, part("files", item)));
    part("again", item).addEventListener("click", async () => {
      entry.words = part("words", item).value.trim();
      entry.phone = part("phone", item).value.trim();
      if (entry.words) entry.quiet = false;
      await put(entry);
      flush(entry.key);
    });
    part("away", item).addEventListener("click", async (event) => {
      const button = event.currentTarget;
      if (button.textContent !== button.dataset.sure) { button.textContent = button.dataset.sure; return; }
      await drop(entry.key);
      show();
    });
  };
  const showEntry = (entry) => {
    const item = mould("entry-mould");
    part("door", item).textContent = entry.door;
    part("mark", item).textContent = entry.key === sending ? said.sends : entry.why ? said.stuck : said.waits;
    if (entry.why && entry.key !== sending) showMend(entry, item);
    return item;
  };
  const showArrival = (told) => {
    const row = document.createElement("li");
    const link = document.createElement(told.matter ? "a" : "div");
    link.className = "row";
    if (told.matter) link.href = said.matter.replace("/0/", `/${told.matter}/`);
    [["row-t", told.door], ["note", `${said.arrived}　${told.slip || said.quiet}`]].forEach(([name, text]) => {
      const span = document.createElement("span");
      span.className = name;
      span.textContent = text;
      link.append(span);
    });
    row.append(link);
    return row;
  };
  const markRows = (waiting) => waiting.forEach((entry) => all(`a.row[href="${entry.address}"]`).forEach((row) => {
    row.lastElementChild.className = "note";
    row.lastElementChild.textContent = said.waits;
  }));
  const show = async () => {
    const kept = await entries();
    const waiting = kept.filter((one) => one.account === mine);
    const others = kept.length - waiting.length;
    part("left").hidden = !waiting.length;
    part("count").textContent = waiting.length === 1 ? said.one : filled(said.many, waiting.length);
    part("login").hidden = !away;
    part("trouble").hidden = !trouble;
    part("trouble").textContent = trouble;
    part("entries").replaceChildren(...waiting.map(showEntry));
    part("strangers").hidden = !others;
    part("strangers").textContent = others ? filled(said.others, others) : "";
    part("arrivals").replaceChildren(...arrivals.map(showArrival));
    markRows(waiting);
  };

  // --- writing it down
  const files = new WeakMap();  // what capture.js shows -> the file itself
  document.addEventListener("capture:added", (event) => files.set(event.target, event.detail.file));
  const brought = (form) => all("[data-item]", form).filter((item) => files.has(item)).map((item) => ({
    id: fresh(), kind: item.closest("[data-capture]").dataset.capture, blob: files.get(item),
  }));
  const wrong = (form, sentence) => {
    const place = form.querySelector("[data-visit-wrong]");
    place.textContent = sentence;
    place.hidden = !sentence;
    if (sentence) form.elements.words.focus();
  };
  const amiss = (entry) => {
    if (entry.quiet) return entry.words || entry.files.length ? said.mixed : "";
    return entry.words || entry.files.some((file) => file.kind === "audio") ? "" : said.empty;
  };
  const written = (form, quiet) => {
    const text = (name) => form.elements[name].value.trim();
    form.dataset.key = form.dataset.key || fresh();
    return {
      key: form.dataset.key, account: mine, address: form.getAttribute("action"), at: Date.now(), why: "", quiet,
      door: document.querySelector("[data-door-head]").textContent.trim(),
      words: text("words"), name: text("name"), phone: text("phone"), note: text("note"), files: brought(form),
    };
  };
  let ready = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!ready || !form.matches("form[data-visit]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const entry = written(form, Boolean(event.submitter && event.submitter.name === "quiet"));
    wrong(form, amiss(entry));
    try {
      if (amiss(entry)) return;
      await put(entry);
    } catch (error) {
      wrong(form, said.full);
      return;
    } finally {
      delete form.dataset.busy;
      form.removeAttribute("aria-busy");
    }
    try { localStorage.removeItem(`keep:${form.dataset.keep}`); } catch (error) { /* nothing was kept there */ }
    form.remove();
    if (doors) doors.replaceChildren(document.querySelector("[data-door-head]"));
    part("saved").hidden = false;
    part("saved").focus();
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    await show();
    flush();
  }, true);

  // --- the list, as it was last seen, where a door's own page does not come: it draws the door itself
  const doors = document.querySelector("[data-doors]");
  const row = doors && location.pathname !== said.list && doors.querySelector(`a[href="${location.pathname}"]`);
  if (row) {
    doors.replaceChildren(document.querySelector("[data-note-mould]").content.cloneNode(true));
    const form = doors.querySelector("form");
    form.setAttribute("action", location.pathname);
    form.dataset.keep = `visit:${location.pathname.split("/")[2]}`;
    doors.querySelector("[data-door-head]").textContent = row.dataset.doorName;
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: form } }));  // as after any other part that came
  }
  const search = document.querySelector("[data-door-search]");
  if (search) {
    const look = () => {
      const wanted = search.elements.q.value.replace(/\s/g, "").toLowerCase();
      all("[data-group]").forEach((group) => {
        const name = group.querySelector("h2").textContent;
        all("li", group).forEach((line) => {
          line.hidden = !(name + line.textContent).replace(/\s/g, "").toLowerCase().includes(wanted);
        });
        group.hidden = !group.querySelector("li:not([hidden])");
      });
    };
    search.addEventListener("input", look);
    search.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  }

  // --- beginning: files are kept here, not sent while the form is still open
  const captures = all("form[data-visit] [data-capture]");
  const begins = captures.map((one) => one.dataset.url);
  if (window.indexedDB) captures.forEach((one) => { delete one.dataset.url; });
  const withoutWorker = () => { part("online-only").hidden = false; };
  const keepPages = async () => {
    if (!("serviceWorker" in navigator)) { withoutWorker(); return; }
    try {
      await navigator.serviceWorker.register(said.worker, { scope: said.list });
      const { active } = await navigator.serviceWorker.ready;
      const named = all("link[rel=stylesheet], link[rel=icon], script[src]").map((one) => one.href || one.src);
      const seen = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
      const statics = new URL(".", document.querySelector("script[src]").src).pathname.split("/")[1];
      const drawn = [...named, ...seen].filter((url) => new URL(url).pathname.startsWith(`/${statics}/`));
      active.postMessage({ drawn: [...new Set(drawn)] });
    } catch (error) { withoutWorker(); }
  };
  opened.then(async () => {
    ready = true;
    part("unable").hidden = true;
    part("send").addEventListener("click", () => flush());
    window.addEventListener("online", () => flush());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
    await show();
    flush();
    keepPages();
  }, () => captures.forEach((one, nth) => { one.dataset.url = begins[nth]; }));
})();
