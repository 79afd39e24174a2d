// What is typed without a network waits in this browser until the server has said that it took it: docs/offline.md.
// This file keeps and sends; queue-page.js reads forms and draws what waits.
(function () {
  "use strict";
  const doc = document, bar = doc.getElementById("queue"), seat = doc.body.dataset.seat;
  if (!bar || !seat || !window.indexedDB || !window.AbortController) { return; }
  const { ask, version, worker, pages } = bar.dataset, own = doc.body.dataset.seats.trim().split(" ");
  const REFUSED = [400, 403, 404, 405, 409, 413, 422];
  const heard = [];
  let opened = null, running = Promise.resolve(), pause = 0, clock = 0;

  function open() {
    opened = opened || new Promise((yes, no) => {
      const asked = indexedDB.open("lianti", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("forms", { keyPath: "id", autoIncrement: true });
      asked.onsuccess = () => yes(asked.result);
      asked.onerror = asked.onblocked = () => no(asked.error);
    });
    return opened;
  }
  // Do one thing with the store; it is kept for good when the promise holds.
  async function store(mode, work) {
    const db = await open();
    return new Promise((yes, no) => {
      const move = db.transaction("forms", mode), asked = work(move.objectStore("forms"));
      move.oncomplete = () => yes(asked.result);
      move.onabort = move.onerror = () => no(move.error);
    });
  }
  const all = () => store("readonly", (forms) => forms.getAll());
  const get = (id) => store("readonly", (forms) => forms.get(id));
  const put = (one) => store("readwrite", (forms) => forms.put(one));
  const drop = (id) => store("readwrite", (forms) => forms.delete(id));
  const mine = async () => (await all()).filter((one) => one.seat === seat);
  // Change one that is still there: what was dropped meanwhile does not come back.
  const amend = (id, more) => store("readwrite", (forms) => {
    const asked = forms.get(id);
    asked.onsuccess = () => { if (asked.result) { forms.put(Object.assign(asked.result, more)); } };
    return asked;
  });

  async function reach(address, patience, options) {
    const stop = new AbortController(), end = setTimeout(() => stop.abort(), patience);
    try {
      const answer = await fetch(address, { signal: stop.signal, cache: "no-store", ...options });
      return { status: answer.status, after: +answer.headers.get("Retry-After") || 0, text: await answer.text() };
    } catch (gone) { return { status: 0, after: 0, text: "" }; } finally { clearTimeout(end); }
  }
  function read(answer) {
    try { return JSON.parse(answer.text) || {}; } catch (other) { return {}; }  // the page of a hotel or a proxy
  }

  function post(one, token) {
    const body = new FormData();
    one.fields.forEach(([name, value]) => body.append(name, value));
    one.files.forEach((file) => body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name));
    const headers = { "X-CSRFToken": token, "X-Queued": seat, "X-Watched": one.id === queue.watched ? "1" : "" };
    return reach(one.url, 30000 + one.size / 5, { method: "POST", body, headers });  // 5 bytes in a millisecond
  }

  // Send what waits, in the order in which it was typed. Tells "sending", "sign-in", "other", "later" or "".
  async function run() {
    const waiting = (await mine()).filter((one) => one.state !== "refused");
    if (!waiting.length) { return tell(""); }
    tell("sending");
    const asked = await reach(ask, 8000), known = read(asked);
    if (asked.status === 401) { return tell("sign-in"); }
    if (!known.token) { return again(asked.after); }
    if (known.seat !== seat) { return tell("other"); }
    for (const one of waiting) {
      const answer = await post(one, known.token), said = read(answer);
      if (answer.status === 200 && said.taken) {
        await drop(one.id);
        queue.landed[one.id] = said.at;
        localStorage.setItem("lianti:last:" + seat, Date.now());
      } else if (REFUSED.includes(answer.status)) {
        queue.answers[one.id] = answer.text;
        await amend(one.id, { state: "refused", ...queue.refusal(answer.text) });
      } else if (answer.status === 401) { return tell("sign-in"); } else { return again(answer.after); }
      tell("sending");
    }
    pause = 0;
    return tell("");
  }
  function again(after) {
    pause = Math.min(300, pause ? pause * 2 : 15);
    clearTimeout(clock);
    clock = setTimeout(send, Math.max(pause, after) * 1000);
    return tell("later");
  }
  async function tell(state) {
    queue.state = state;
    const left = (await mine()).length, name = "lianti:waits:" + seat;
    if (left) { localStorage.setItem(name, left); } else { localStorage.removeItem(name); }
    heard.forEach((hear) => hear());
  }
  // Two pages of one browser do not send at once where it can be helped; where not, the key makes it one.
  function send() {
    const next = () => (navigator.locks ? navigator.locks.request("lianti", run) : run());
    running = running.then(next).catch(() => tell("later"));
    return running;
  }

  // Both pages as this seat sees them, for the worker to show when there is no network.
  async function shelve() {
    const shelf = await caches.open("lianti-pages-" + version), found = [];
    for (const path of pages.split(" ")) {
      const kept = await shelf.match(path, { ignoreVary: true });
      if (!kept || kept.headers.get("X-Seat") !== seat || Date.now() - kept.headers.get("X-Kept") > 216e5) {
        const answer = await fetch(path, { cache: "no-store" }), text = await answer.text(), headers = new Headers(answer.headers);
        if (!answer.ok || answer.redirected || !text.includes(`data-seat="${seat}"`)) { continue; }
        ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));
        headers.set("X-Seat", seat);
        headers.set("X-Kept", Date.now());
        await shelf.put(path, new Response(text, { headers }));
      }
      found.push(path);
    }
    return found.includes(location.pathname);
  }
  // Whether this page opens without a network from now on.
  async function works() {
    if (!navigator.serviceWorker || !window.caches || !pages.split(" ").includes(location.pathname)) { return false; }
    try {
      await doc.erased;
      for (const scope of pages.split(" ")) {
        if (!(await navigator.serviceWorker.register(worker, { scope }))) { return false; }
      }
      await Promise.race([navigator.serviceWorker.ready, new Promise((_yes, no) => setTimeout(no, 20000))]);
      return await shelve();
    } catch (refused) { return !!(navigator.serviceWorker.controller && await caches.match(location.pathname, { ignoreVary: true })); }
  }

  // Take away all that this account has left here, in whichever of its seats.
  async function erase() {
    for (const one of await all()) { if (own.includes(one.seat)) { await drop(one.id); } }
    own.forEach((one) => localStorage.removeItem("lianti:waits:" + one));
    if (window.caches) { for (const name of await caches.keys()) { if (/^lianti-pages/.test(name)) { await caches.delete(name); } } }
    return tell("");
  }
  const left = async () => (await all()).filter((one) => own.includes(one.seat));

  const queue = window.liantiQueue = {
    bar, seat, own, state: "", watched: 0, landed: {}, answers: {}, refusal: () => ({}), hear: (fn) => heard.push(fn),
    open, mine, left, get, put, drop, amend, send, works, erase,
  };
  window.addEventListener("online", send);
  doc.addEventListener("visibilitychange", () => { if (!doc.hidden) { send(); } });
})();
