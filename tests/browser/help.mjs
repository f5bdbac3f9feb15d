// What several tests ask of a page. In: a page of the browser. Out: facts about it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import assert from "node:assert/strict";

export const THEMES = ["light", "dark"];

/** The widths, in CSS pixels, that the site promises to be readable at. */
export const WIDTHS = [320, 360, 390, 768, 1024, 1280, 1440, 1920];

// Rules that axe leaves out unless told: its experimental ones, and `target-size` of WCAG 2.2. Those of level AAA stay out.
const MORE = ["css-orientation-lock", "focus-order-semantics", "hidden-content", "p-as-heading", "table-fake-caption", "td-has-header", "target-size"];
let source;

/** Fails when axe-core, with all its rules of WCAG 2.2 AA and of good practice, finds a fault within `part`. */
export async function axe(page, why, part = "html") {
  source ??= await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  // Evaluated, as the policy of the page lets no other script in; what a page calls `module` changes nothing.
  if (!(await page.evaluate(() => !!window.axe))) await page.evaluate(`{ const module = undefined, exports = undefined, define = undefined; ${source} }`);
  const options = { resultTypes: ["violations"], rules: Object.fromEntries(MORE.map(rule => [rule, { enabled: true }])) };
  const { violations } = await page.evaluate(([part, options]) => window.axe.run(part, options), [part, options]);
  const faults = violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html}\n    ${node.failureSummary.replaceAll("\n", "\n    ")}`));
  assert.equal(faults.join("\n"), "", why);
}

/** How far the page can be moved sideways; no page can. */
export const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Waits until what moves has come to rest. */
export const rest = page => page.evaluate(() => Promise.allSettled(document.getAnimations().map(motion => motion.finished)));

/** Stops the clock of the page, so that a busy machine changes nothing; `page.clock.runFor` moves it on. */
export async function still(page) {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(3_600_000);
}
