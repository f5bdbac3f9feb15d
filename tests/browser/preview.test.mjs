// The findings that the preview shows beside a page. In: the program in `PROOFPRESS_PREVIEW`, without which there is no
// preview to test; a book of its own that a test changes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";
import { THEMES, axe, overflow } from "./help.mjs";

const program = process.env.PROOFPRESS_PREVIEW;
const filler = "\n\nA line of text.".repeat(80);
const BOOK = {
  "SUMMARY.md": "* [Home](README.md)\n* [Clean](clean.md)\n",
  "README.md": `# Home\n\n[a](gone.md)${filler}\n\n{% hint stile="info" %}\nx\n{% endhint %}\n`,
  "clean.md": "# Clean\n\nNothing is wrong.\n",
};

// To read the styles of a shadow tree axe writes some itself, which the page's policy refuses.
const AXE = { bypassCSP: true };

/** Opens a page of a book that is being written. */
async function preview(visit, path, options, test) {
  const folder = await mkdtemp(join(tmpdir(), "proofpress-preview-"));
  const write = (name, text) => writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries(BOOK)) await write(name, text);
  const server = spawn(program, ["serve", folder, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const lines = createInterface(server.stderr);
    const [first] = await once(lines, "line");
    visit.host = /http:\/\/127\.0\.0\.1:\d+/.exec(first)[0];
    const page = await visit.page(path, options);
    await test(page, write);
    // The browser complains of connections that end before it does.
    await page.close();
  } finally {
    server.kill();
    await once(server, "exit");
    await rm(folder, { recursive: true });
  }
}

const all = {
  "the badge opens and shuts the list by mouse and by keyboard": visit => preview(visit, "", {}, async page => {
    const badge = page.getByRole("button", { name: "1 error, 1 warning" });
    await badge.focus();
    assert.equal(await badge.getAttribute("aria-expanded"), "false");
    await page.keyboard.press("Enter");
    assert.equal(await badge.getAttribute("aria-expanded"), "true");
    const panel = page.getByRole("region", { name: "1 error, 1 warning on this page" });
    assert.match(await panel.innerText(), /dead-link\s+line 3\s+gone\.md does not exist/);
    await page.getByRole("button", { name: "Close" }).focus();
    await page.keyboard.press("Escape");
    assert.equal(await panel.isVisible(), false);
    assert.equal(await badge.evaluate(badge => badge.getRootNode().activeElement === badge), true, "the focus is back on the badge");
    await badge.click();
    await page.getByRole("button", { name: "Close" }).click();
    assert.equal(await panel.isVisible(), false);
    await page.emulateMedia({ media: "print" });
    assert.equal(await badge.isVisible(), false, "not on paper");
  }),

  "a change is seen at once, and the place that was read and the open list stay": visit => preview(visit, "", {}, async (page, write) => {
    await page.getByRole("button", { name: "1 error, 1 warning" }).click();
    await page.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
    await write("README.md", BOOK["README.md"].replace("stile", "style"));
    await page.getByRole("button", { name: "1 error", exact: true }).waitFor();
    assert.equal(await page.getByRole("region", { name: "1 error on this page" }).isVisible(), true);
    assert.equal(await page.evaluate(() => scrollY), 700);
    await write("README.md", BOOK["README.md"].replace("stile", "style").replace("[a](gone.md)", "Other words"));
    await page.getByText("Other words").waitFor();
    await page.getByRole("button", { name: "1 error", exact: true }).waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => scrollY), 700);
  }),

  "a clean page shows nothing and loads nothing more": visit => preview(visit, "clean", {}, async page => {
    await page.waitForTimeout(500);
    assert.equal(await page.locator(".badge").count(), 0);
    assert.deepEqual(visit.requests.filter(url => url.includes("findings")), []);
  }),
};

for (const colorScheme of THEMES) {
  for (const width of [320, 1280]) {
    all[`axe finds no fault in the findings (${colorScheme}, ${width} px)`] = visit => preview(visit, "", { colorScheme, viewport: { width, height: 700 }, ...AXE }, async page => {
      await page.getByRole("button", { name: "1 error, 1 warning" }).click();
      await axe(page, colorScheme);
      assert.equal(await overflow(page), 0);
    });
  }
}

export const tests = program ? all : {};
