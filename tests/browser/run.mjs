// In: a folder of built sites, a browser's program, words that choose tests. Out: a line for each test, as cargo writes
// them; fails when one does. Every `*.test.mjs` beside this file is run; each exports `tests`, functions by name, and a
// function gets a `Visit`.
import { chromium } from "playwright-core";
import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { serve } from "./host.mjs";
import { Visit } from "./visit.mjs";

const [, , sites, program, ...words] = process.argv;

// A browser likes to ask its makers for this and that. No test may depend on it: no name but the loopback's is resolved.
const QUIET = [
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-pings", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability",
];

const folder = new URL(".", import.meta.url);
let all = 0;
const files = [];
for (const file of (await readdir(folder)).filter(name => name.endsWith(".test.mjs")).sort()) {
  const { tests } = await import(new URL(file, folder));
  const named = Object.entries(tests).map(([name, run]) => ({ name: `${file.replace(".test.mjs", "")}: ${name}`, run }));
  all += named.length;
  files.push(named.filter(test => words.length === 0 || words.some(word => test.name.includes(word))));
}
const chosen = files.flat().length;
console.log(`\nrunning ${chosen} tests in a browser`);

const host = await serve(sites);
// Without Chromium's own sandbox: it does not start for root, as whom CI runs, and no page here comes from elsewhere.
const browser = await chromium.launch({ executablePath: program, chromiumSandbox: false, args: QUIET });
const failed = [];
async function test({ name, run }) {
  const visit = new Visit(browser, host.address, sites);
  const failures = [], started = performance.now();
  await run(visit).catch(error => failures.push(error));
  await visit.end().catch(error => failures.push(error));
  console.log(`test ${name} ... ${failures.length ? "FAILED" : "ok"} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (failures.length) failed.push([name, failures]);
}
// Pages wait more than they work, so files are run side by side; tests of one file share what a browser has only once,
// such as its clipboard, and are run in turn.
const lane = async () => { for (let file; (file = files.shift()); ) for (const one of file) await test(one); };
await Promise.all(Array.from({ length: availableParallelism() + 1 }, lane));
for (const [name, failures] of failed) console.log(`\n---- ${name} ----\n${failures.map(error => error.stack).join("\n")}`);
console.log(`\ntest result: ${failed.length ? "FAILED" : "ok"}. ${chosen - failed.length} passed; ${failed.length} failed; 0 ignored; 0 measured; ${all - chosen} filtered out\n`);
await browser.close();
host.close();
process.exitCode = failed.length ? 1 : 0;
