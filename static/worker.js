// Lets pages of attendance open again without network. Kept at most 36 hours, and until somebody signs out.
"use strict";
const STORE = "parvis-day", OLDEST = 36 * 3600e3, PATIENCE = 8000;
const isDay = (url) => new URL(url).pathname.endsWith("/presence");
const isOld = (kept) => Date.now() - Date.parse(kept.headers.get("date")) > OLDEST;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const wanted = event.request, page = wanted.mode === "navigate" && isDay(wanted.url);
  if (wanted.method === "GET" && (page || ["style", "script", "image"].includes(wanted.destination)))
    event.respondWith(answer(wanted, page));
});

async function answer(wanted, page) {
  const store = await caches.open(STORE);
  if (page) await tidy(store);
  const kept = await store.match(wanted, { ignoreVary: true });
  const patience = new Promise((_, late) => kept && setTimeout(late, PATIENCE));
  try {
    const fresh = await Promise.race([fetch(wanted), patience]);
    if (fresh.ok && !fresh.redirected) await store.put(wanted, fresh.clone());
    else if (page && fresh.status < 500) await store.delete(wanted, { ignoreVary: true });
    return fresh;
  } catch {
    return kept || Response.error();
  }
}

async function tidy(store) {
  for (const one of await store.keys())
    if (isDay(one.url) && isOld(await store.match(one, { ignoreVary: true }))) await store.delete(one);
}
