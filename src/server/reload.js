// Reloads the page when the server says that it is no longer what is shown, and keeps the place that was read. Shows what
// is wrong on it.
(() => {
  "use strict";
  const version = document.currentScript.dataset.version;
  const key = "proofpress-reload";
  let events;

  const restore = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
      if (kept && kept.path === location.pathname) scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
    } catch {}
  };

  const reload = () => {
    events.close();
    try {
      sessionStorage.setItem(key, JSON.stringify({ path: location.pathname, left: scrollX, top: scrollY }));
    } catch {}
    location.reload();
  };

  // A browser asks again by itself while there is no server, but not when it got an answer that is none.
  const connect = () => {
    events = new EventSource(`/__proofpress/events?version=${version}&page=${encodeURIComponent(location.pathname)}`);
    events.addEventListener("change", reload);
    events.addEventListener("findings", async event => (await import("/__proofpress/findings.js")).show(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
    });
  };

  restore();
  connect();
  // A page that the browser kept for its "back" button may be old when it is shown again.
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", event => event.persisted && connect());
})();
