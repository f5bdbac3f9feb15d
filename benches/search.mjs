// In: a built site, a list of queries as JSON. Out, as JSON: for each what a browser loaded until the first result and
// until the last, how long the first took, and whether it stayed the first; then how long the first result took after a
// last keystroke, with everything loaded.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const { chromium } = createRequire(new URL("../tests/browser/", import.meta.url))("playwright-core");
const [, , site, queries] = process.argv;
const sent = new Map();
const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html");
  const body = await readFile(join(site, path)).catch(() => undefined);
  if (body) sent.set(path, body);
  const type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "text/html";
  response.writeHead(body ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(body);
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
const results = [];
for (const query of JSON.parse(queries)) {
  const context = await browser.newContext(), page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/index.html`, { waitUntil: "networkidle" });
  // Everything is timed inside the page: the way to the browser and back is no part of it.
  const seen = await page.evaluate(async query => {
    // A word that is no text of a page, as one of an address, has no result; then the query says nothing.
    const settled = (what, from) => new Promise((done, fail) => {
      const look = () => what() ? done(performance.now() - from) : performance.now() - from > 10_000 ? fail(new Error(query)) : setTimeout(look, 1);
      look();
    });
    const started = performance.now();
    document.querySelector(".search-open").click();
    await settled(() => document.querySelector("dialog.finder[open]"), started);
    const input = document.querySelector(".finder-input"), list = document.querySelector("#_found"), tally = document.querySelector(".finder-tally");
    const type = text => { input.value = text; input.dispatchEvent(new Event("input")); };
    const shown = text => () => list.dataset.query === text && list.childElementCount > 0;
    let until, early;
    new MutationObserver(() => {
      if (until || !shown(query)()) return;
      [until, early] = [performance.now(), list.querySelector(".hit").pathname];
    }).observe(list, { childList: true });
    type(query);
    await settled(() => tally.textContent.includes(query), started);
    const first = until - started, kept = list.querySelector(".hit").pathname === early;
    await new Promise(done => setTimeout(done, 300));
    // Asked for before the first result and arrived by then: later pieces are for the others.
    const loaded = performance.getEntriesByType("resource").filter(one => one.name.includes("/assets/search"));
    const names = list => list.map(one => new URL(one.name).pathname);
    type(query.slice(0, -1));
    await new Promise(done => setTimeout(done, 400));
    const pressed = performance.now();
    type(query);
    const key = await settled(shown(query), pressed);
    return { first, key, kept, before: names(loaded.filter(one => one.responseEnd <= until)), all: names(loaded) };
  }, query).catch(() => undefined);
  const weight = paths => paths.reduce((sum, path) => sum + gzipSync(sent.get(path), { level: 9 }).length, 0);
  if (seen) {
    const { first, key, kept, before, all } = seen;
    results.push({ query, first, key, kept, requests: before.length, bytes: weight(before), allRequests: all.length, allBytes: weight(all) });
  }
  await context.close();
}
console.log(JSON.stringify(results));
await browser.close();
server.close();
