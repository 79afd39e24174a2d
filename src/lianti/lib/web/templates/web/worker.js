// Shows pages that were kept when there is no network: docs/offline.md. Of this site it touches these pages and files only.
"use strict";
const FILES = {{ files|safe }}, PAGES = {{ pages|safe }}, SHELF = "lianti-files-{{ version }}", KEPT = "lianti-pages-{{ version }}";
const PATIENCE = 6000, DAYS = 14;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (name) => /^lianti-(files|pages)-/.test(name) && name !== SHELF && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const request = event.request, at = new URL(request.url);
  if (request.method !== "GET" || at.origin !== location.origin) { return; }
  if (request.mode === "navigate") {
    if (PAGES.includes(at.pathname)) { event.respondWith(page(request, at.pathname)); }
  } else if (FILES.includes(at.pathname)) {
    event.respondWith(caches.match(at.pathname, { cacheName: SHELF, ignoreVary: true }).then((kept) => kept || fetch(request)));
  }
});

// The network first; what was kept when it fails, is slow or is out of order. The page itself keeps (queue.js).
async function page(request, path) {
  const kept = await caches.match(path, { cacheName: KEPT, ignoreVary: true });
  if (!kept || Date.now() - kept.headers.get("X-Kept") > DAYS * 864e5) { return fetch(request); }
  const asked = fetch(request).then((answer) => (answer.status >= 500 || answer.status === 429 ? kept : answer), () => kept);
  return Promise.race([asked, new Promise((yes) => setTimeout(yes, PATIENCE, kept))]);
}
