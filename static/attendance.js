// Presses of an attendance page are kept on the device and sent, each once by its key, as soon as the network is there.
// What is kept holds numbers, no names: {to, page, fields, said}. Without this script the page works as any form.
"use strict";
(() => {
  const { who, ...words } = document.currentScript.dataset;
  const MOST_KNOWN = 400, STORES = "parvis-presses-", STORE = STORES + who;
  const others = () => Object.keys(localStorage).filter((one) => one.startsWith(STORES) && one !== STORE)
    .reduce((sum, one) => sum + JSON.parse(localStorage[one]).kept.length, 0);
  const load = () => JSON.parse(localStorage.getItem(STORE) || '{"kept":[],"known":{}}');
  const change = (act) => {
    const all = load();
    const result = act(all);
    localStorage.setItem(STORE, JSON.stringify(all));
    return result;
  };
  const formOf = (to) => [...document.querySelectorAll("form[data-keep]")].find((one) => one.getAttribute("action") === to);
  let busy = false, out = false, cut = false;

  function show({ to, fields, said }) {
    const form = formOf(to);
    if (!form) return;
    for (const [name, value] of Object.entries(fields)) {
      const one = form.elements[name];
      if (one && one.name && name !== "key") one.value = value;
    }
    for (const one of form.querySelectorAll("[data-is]")) {
      const on = one.dataset.is === fields.presence;
      one.setAttribute("aria-pressed", on);
      one.classList.toggle("quiet", !on);
      one.value = on ? "" : one.dataset.is;
    }
    form.parentElement.querySelector("p.fault:not([id])")?.remove();
    if (said) form.after(note("fault", said, () => drop(to)));
    for (const one of document.querySelectorAll("[data-count]")) {
      const is = one.dataset.count, rows = document.querySelectorAll("form:has([data-is])").length;
      one.textContent = is
        ? document.querySelectorAll(`[data-is=${is}][aria-pressed=true]`).length
        : rows - document.querySelectorAll("[data-is][aria-pressed=true]").length;
    }
  }

  function note(kind, text, act) {
    const line = document.createElement("p"), button = document.createElement("button");
    line.className = kind;
    line.append(text, " ", button);
    Object.assign(button, { type: "button", className: "button quiet small", textContent: words.drop, onclick: act });
    return line;
  }

  function drop(to) {
    change((all) => (all.kept = all.kept.filter((one) => one.to !== to)));
    location.reload();
  }

  function banner() {
    const { kept } = load(), theirs = others(), there = document.getElementById("presses-kept");
    if (!kept.length && !theirs) return there?.remove();
    const line = there || Object.assign(document.createElement("p"), { id: "presses-kept", className: "todo" });
    line.setAttribute("role", "status");
    const link = Object.assign(document.createElement("a"), { href: kept[0]?.page, textContent: kept.length });
    const text = document.createElement("span");
    if (kept.length) text.append(`${cut ? words.offline : ""} ${words.kept} `, link, ` ${out ? words.out : ""} `);
    if (theirs) text.append(`${words.theirs} ${theirs}`);
    line.replaceChildren(text);
    if (!there) document.getElementById("main").prepend(line);
  }

  async function send(one) {
    const token = document.querySelector("[name=csrf_token]").value;
    const response = await fetch(one.to, {
      method: "POST", redirect: "manual", headers: { Accept: "application/json" },
      body: new URLSearchParams({ ...one.fields, csrf_token: token }),
    });
    if (response.type === "opaqueredirect") throw (out = true);
    if (response.status >= 500 || response.status === 429) throw response;
    out = false;
    return response.json().catch(() => ({ stale: response.status === 400 }));
  }

  // A page that is half a day old holds a token that is too old: a fresh one comes with any page.
  async function renewed() {
    const page = await fetch(location.href, { redirect: "manual" });
    if (page.type === "opaqueredirect") throw (out = true);
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrf_token]").value;
    for (const one of document.querySelectorAll("[name=csrf_token]")) one.value = fresh;
  }

  function settle(sent, answer) {
    change((all) => {
      const mine = all.kept.find((one) => one.fields.key === sent.fields.key);
      if (answer.outcome) all.kept = all.kept.filter((one) => one !== mine);
      else if (mine) mine.said = answer.refused || words.refused;
      if (answer.outcome !== "applied") return;
      for (const one of all.kept) if (one.to === sent.to) one.fields.seen = answer.version;
      all.known[sent.to] = { ...sent.fields, seen: answer.version };
      if (!all.kept.some((one) => one.to === sent.to)) show({ to: sent.to, fields: all.known[sent.to] });
    });
    // Who else pressed what, and who counted: the server draws it.
    const there = answer.outcome && formOf(sent.to);
    if (there && (answer.outcome === "conflict" || !there.querySelector("[data-is]"))) location.reload();
    if (!answer.outcome) load().kept.filter((one) => one.to === sent.to).forEach(show);
  }

  async function flush() {
    if (busy) return;
    busy = true;
    try {
      for (let one; (one = load().kept.find((each) => !each.said)); ) {
        let answer = await send(one);
        if (answer.stale) {
          await renewed();
          answer = await send(one);
        }
        settle(one, answer);
        cut = false;
      }
    } catch (fault) {
      // No network, or the server is away: everything is kept, and tried again below.
      cut = fault instanceof TypeError;
    } finally {
      busy = false;
      banner();
    }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches(".menu form")) {
      event.preventDefault();
      if (load().kept.length) await flush();
      const mine = load().kept.length, theirs = others();
      if ((mine || theirs) && !confirm(mine ? words.lost : words.leave)) return;
      // The server tells the device to forget all, unless presses of others stay: then our own and the pages go here.
      if (theirs) {
        localStorage.removeItem(STORE);
        await window.caches?.delete("parvis-day");
        form.elements.stay.value = theirs;
      }
      form.submit();
    }
    if (!form.matches("[data-keep]")) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    delete fields.csrf_token;
    fields.key = Date.now().toString(36) + Math.random().toString(36).slice(2);
    const one = { to: form.getAttribute("action"), page: location.pathname, fields };
    change((all) => {
      const waiting = all.kept.filter((each) => each.to === one.to);
      // Of two presses on one line the later counts; one that may be under way is never touched.
      all.kept = all.kept.filter((each) => each.to !== one.to || (busy && each === waiting[0] && !each.said));
      all.kept.push(one);
    });
    show(one);
    banner();
    flush();
  });

  const here = document.querySelector("[data-worker]");
  const { kept, known } = change((all) => {
    // What the page shows is newer than what was remembered, unless it came from the device itself.
    const remembered = Object.keys(all.known);
    for (const to of remembered)
      if (formOf(to)?.elements.seen.value >= all.known[to].seen) delete all.known[to];
    for (const to of remembered.slice(0, -MOST_KNOWN)) delete all.known[to];
    return all;
  });
  for (const [to, fields] of Object.entries(known)) show({ to, fields });
  kept.forEach(show);
  banner();
  flush();
  addEventListener("online", flush);
  setInterval(() => load().kept.length && flush(), 15000);

  // What another account left on this device goes; the first page comes before the worker, which is told of it.
  const stranger = localStorage.getItem("parvis-who") !== who, cameAlone = !navigator.serviceWorker?.controller;
  const cleared = stranger && window.caches?.delete("parvis-day");
  localStorage.setItem("parvis-who", who);
  if (here && navigator.serviceWorker)
    navigator.serviceWorker.register(here.dataset.worker).then(async () => {
      await cleared;
      const { active } = await navigator.serviceWorker.ready;
      const needed = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
      if (cameAlone || stranger) active.postMessage([location.pathname, ...needed.map((one) => one.href || one.src)]);
    });
})();
