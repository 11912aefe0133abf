// Lets pages of attendance open again without network. Kept at most 36 hours, and until somebody signs out.
"use strict";
const OLDEST = 36 * 3600e3, PATIENCE = 8000, ANY = { ignoreVary: true };
const opened = () => caches.open("parvis-day");
const isDay = (url) => new URL(url).pathname.endsWith("/presence");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// The first page of a device was loaded before this worker was there: it says what it consists of.
self.addEventListener("message", (event) =>
  event.waitUntil(Promise.all(event.data.map(async (url) => keep(url, await fetch(url))))));
self.addEventListener("fetch", (event) => {
  const wanted = event.request, page = wanted.mode === "navigate" && isDay(wanted.url);
  if (wanted.method === "GET" && (page || ["style", "script", "image"].includes(wanted.destination)))
    event.respondWith(answer(wanted, page));
});

async function answer(wanted, page) {
  const store = await opened();
  if (page) await tidy(store);
  const kept = await store.match(wanted, ANY);
  const patience = new Promise((_, late) => kept && setTimeout(late, PATIENCE));
  try {
    const fresh = await Promise.race([fetch(wanted), patience]);
    if (fresh.ok) await keep(wanted, fresh.clone());
    else if (page && fresh.status < 500) await store.delete(wanted, ANY);
    return fresh;
  } catch {
    return kept || Response.error();
  }
}

// The time is the device's own: its clock may not be the town's.
async function keep(wanted, fresh) {
  if (!fresh.ok || fresh.redirected) return;
  const headers = new Headers(fresh.headers);
  headers.set("kept-at", Date.now());
  await (await opened()).put(wanted, new Response(await fresh.blob(), { headers }));
}

async function tidy(store) {
  for (const one of await store.keys()) {
    const age = Date.now() - (await store.match(one, ANY)).headers.get("kept-at");
    if (isDay(one.url) && age > OLDEST) await store.delete(one);
  }
}
