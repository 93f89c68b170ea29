// The visits' pages without a network: the list as it was last seen, and what draws it. Nothing else is kept, and one
// account's at a time: a list that comes for another puts the earlier one away.
"use strict";
const LIST = "{% url 'briefing:visits' %}";
const STATIC = "{{ static_url }}";
const OF = "X-Visits-Of";
const PATIENCE = 5000;  // milliseconds: a network that answers no more is none
const DRAWN = "visits drawn";  // styles and scripts: nobody's
const kept = new Set();  // clients whose page came from here: what draws it comes from here too
const of = (mark) => `visits of ${mark}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keep = async (answer) => {
  const mark = answer.headers.get(OF);
  if (!answer.ok || !mark) return;
  const others = (await caches.keys()).filter((name) => name.startsWith(of("")) && name !== of(mark));
  await Promise.all(others.map((name) => caches.delete(name)));
  await (await caches.open(of(mark))).put(LIST, answer);
};

const last = async () => {
  for (const name of await caches.keys()) {
    const found = name.startsWith(of("")) && await (await caches.open(name)).match(LIST);
    if (found) return found;
  }
  return null;
};

const fromHere = async (event) => {
  const found = await last();
  if (found) kept.add(event.resultingClientId);
  return found;
};

const page = async (event) => {
  const going = fetch(event.request).then((answer) => {
    if (answer.headers.get(OF)) event.waitUntil(keep(answer.clone()));
    return answer;
  });
  const late = new Promise((done) => { setTimeout(done, PATIENCE); });
  try {
    const first = await Promise.race([going, late.then(() => null)]);
    return first || await fromHere(event) || await going;
  } catch (error) {
    const found = await fromHere(event);
    if (found) return found;
    throw error;
  }
};

const drawn = async (request) => await (await caches.open(DRAWN)).match(request) || fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(STATIC) && (kept.has(event.clientId) || !self.navigator.onLine)) {
    event.respondWith(drawn(request));
  }
});

// The page that brought the worker was drawn without it: it says what it is made of. Older pieces go.
self.addEventListener("message", (event) => event.waitUntil((async () => {
  const wanted = event.data.drawn || [];
  const pieces = await caches.open(DRAWN);
  const stale = (await pieces.keys()).filter((request) => !wanted.includes(request.url));
  await Promise.all(wanted.map(async (url) => { if (!await pieces.match(url)) await pieces.add(url); }));
  await Promise.all(stale.map((request) => pieces.delete(request)));
  if (!await last()) await keep(await fetch(LIST, { credentials: "same-origin" }));
})().catch(() => undefined)));
