// In: a folder of built sites, a browser's program, words that choose tests. Out: a line for each test, as cargo writes
// them; fails when one does. Every page of every test is served under the site's strict Content-Security-Policy, and no
// test may leave an error in the console or ask another host for anything.
import { chromium } from "playwright-core";
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const [, , sites, program, ...words] = process.argv;
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png" };

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(/\/$/, "/index.html");
  try {
    const body = await readFile(join(sites, path));
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": POLICY });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const host = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: program });

/** What a test gets: pages of built books, with everything that they must not do noted. */
class Visit {
  faults = [];
  requests = [];

  /** Opens a page of a book. `options` are those of a browser context; `from: "file"` opens it from the folder. */
  async page(path, { from = "host", ...options } = {}) {
    const context = this.context ??= await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.on("console", message => { if (["error", "warning"].includes(message.type())) this.faults.push(message.text()); });
    page.on("pageerror", error => this.faults.push(error.stack));
    context.on("request", request => {
      this.requests.push(request.url());
      if (!/^(http:\/\/127\.0\.0\.1|file:|data:|blob:)/.test(request.url())) this.faults.push(`asked for ${request.url()}`);
    });
    await page.goto(this.url(path, from));
    return page;
  }

  url(path, from = "host") {
    return from === "file" ? pathToFileURL(join(resolve(sites), path)).href : `${host}/${path}`;
  }

  async end() {
    await this.context?.close();
    assert.deepEqual(this.faults, [], "errors in the console, or requests to another host");
  }
}

const folder = new URL(".", import.meta.url);
const files = (await readdir(folder)).filter(name => name.endsWith(".test.mjs")).sort();
const all = [];
for (const file of files) {
  const { tests } = await import(new URL(file, folder));
  for (const [name, run] of Object.entries(tests)) all.push({ name: `${file.replace(".test.mjs", "")}: ${name}`, run });
}
const chosen = all.filter(test => words.length === 0 || words.some(word => test.name.includes(word)));
console.log(`\nrunning ${chosen.length} tests in a browser`);
const failed = [];
for (const { name, run } of chosen) {
  const visit = new Visit();
  let failure;
  try { await run(visit); } catch (error) { failure = error; }
  try { await visit.end(); } catch (error) { failure ??= error; }
  console.log(`test ${name} ... ${failure ? "FAILED" : "ok"}`);
  if (failure) failed.push([name, failure]);
}
for (const [name, failure] of failed) console.log(`\n---- ${name} ----\n${failure.stack}`);
console.log(`\ntest result: ${failed.length ? "FAILED" : "ok"}. ${chosen.length - failed.length} passed; ${failed.length} failed; 0 ignored; 0 measured; ${all.length - chosen.length} filtered out\n`);
await browser.close();
server.close();
process.exitCode = failed.length ? 1 : 0;
