// What a page costs, keeps and shows first: weight, requests, storage, shifts, the theme before the first paint.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

const TYPICAL = ["parts/index.html", "parts/tabs.html", "search/guide/index.html", "scripts/index.html", "scripts/zh/brewing.html", "scripts/ar/brewing.html", "frame/index.html", "frame/guide/deep/leaf.html", "frame/ja/index.html"];
// Our own book: its first page, a guide, two references, and pages that show blocks. Its sidebar has 47 icons in sight.
const OURS = ["book/index.html", "book/quick-start/tool-plugin.html", "book/quick-start/bundle.html", "book/schema-definition/tool.html", "book/using-proofpress/checking/rules.html", "book/using-proofpress/blocks/code.html", "book/using-proofpress/blocks/layout.html", "book/using-proofpress/blocks/openapi.html"];

/** What a first view of a page loads: each address with its size, compressed as a host does it. */
async function load(visit, path) {
  const page = await visit.page(path), sizes = {};
  page.on("response", async response => { sizes[response.url()] = response; });
  await page.reload({ waitUntil: "networkidle" });
  const weights = {};
  for (const [url, response] of Object.entries(sizes)) if (!url.startsWith("data:")) weights[new URL(url).pathname] = gzipSync(await response.body(), { level: 9 }).length;
  await page.close();
  return weights;
}

export const tests = {
  "U86 a first view takes four requests and 20 KB": async visit => {
    const report = [];
    for (const path of [...TYPICAL, ...OURS]) {
      const weights = await load(visit, path), images = /\.(svg|png|webp|jpe?g)$/, icons = /icons-\d+\.css$/;
      const parts = Object.entries(weights).filter(([name]) => !images.test(name)), first = parts.filter(([name]) => !icons.test(name));
      const sum = (parts, suffix = "") => parts.filter(([name]) => name.endsWith(suffix)).reduce((all, [, size]) => all + size, 0);
      // What the author wrote is as long as it is: the promise is about all that stands around it.
      const html = await visit.source(path), bare = html.replace(/<article class="content">[^]*?<\/article>/, "");
      const text = gzipSync(html, { level: 9 }).length - gzipSync(bare, { level: 9 }).length, around = sum(first) - text, late = sum(parts) - sum(first);
      report.push(`${path}: ${parts.length} requests, ${sum(first)} bytes (page ${sum(parts, ".html")} of which text ${text}, style ${sum(first, ".css")}, script ${sum(parts, ".js")}), then icons ${late}`);
      assert.ok(parts.length <= 4, report.at(-1));
      if (text <= 2 * 1024) assert.ok(sum(first) <= 20 * 1024, report.at(-1));
      assert.ok(around <= 20 * 1024 && late <= 8 * 1024, report.at(-1));
      assert.ok(sum(parts, ".html") <= 30 * 1024 && sum(first, ".css") <= 15 * 1024 && sum(parts, ".js") <= 6 * 1024, report.at(-1));
    }
    console.log(report.map(line => `  ${line}`).join("\n"));
  },

  "U86 a narrow screen fetches the icons of the sidebar when it opens": async visit => {
    const context = await visit.context({ viewport: { width: 390, height: 844 } }), page = await context.newPage(), asked = [];
    page.on("request", request => asked.push(new URL(request.url()).pathname));
    await page.goto(visit.url("book/index.html"), { waitUntil: "networkidle" });
    assert.equal(asked.filter(path => /icons-|nav-/.test(path)).length, 0, asked.join());
    await page.locator(".menu-open").click();
    await page.waitForFunction(() => getComputedStyle(document.querySelector(".sidebar li .icon")).maskImage.includes("svg"));
    assert.equal(asked.filter(path => /icons-\d+\.css$/.test(path)).length, 1);
    await page.close();
  },

  "U84 only what the manual lists is kept, under our own prefix": async visit => {
    const page = await visit.page("parts/tabs.html");
    await page.getByRole("tab", { name: "Windows" }).first().click();
    await page.locator(".theme summary").click();
    await page.locator("[data-theme-choice=dark]").click();
    await page.keyboard.press("/");
    await page.locator("dialog.finder[open] input").fill("winget");
    await page.locator("#_found [role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForSelector("mark.found");
    await page.goto(visit.url("parts/index.html"));
    const kept = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].map(key => key.replace(/:.*/, "")));
    assert.deepEqual(kept.sort(), ["proofpress-nav", "proofpress-search", "proofpress-tabs", "proofpress-theme"]);
    const manual = await visit.source("book/using-proofpress/themes.html");
    for (const key of kept) assert.ok(manual.includes(`<code>${key}`), key);
    assert.equal(await page.evaluate(() => document.cookie), "");
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
  },

  "U87 nothing moves while a page loads": async visit => {
    for (const path of [...TYPICAL, ...OURS, "parts/code.html", "parts/media.html", "parts/layout.html", "book/using-proofpress/blocks/layout.html", "book/using-proofpress/blocks/media.html", "book/using-proofpress/blocks/openapi.html"]) {
      for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
        const context = await visit.context({ viewport }), page = await context.newPage();
        await page.addInitScript(() => {
          window.shifts = [];
          new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => [entry.value, entry.sources.map(source => source.node?.outerHTML?.slice(0, 100))]))).observe({ type: "layout-shift", buffered: true });
        });
        // Scripts and pictures come late, as from far away.
        await page.route(/site\.js|\.(svg|png)$/, async route => { await new Promise(done => setTimeout(done, 150)); await route.continue(); });
        await page.goto(visit.url(path));
        // What the script then asks for is there, and drawn.
        await page.waitForTimeout(300);
        // Half of what is promised: a header that comes in two pieces over a slow line moves a button by itself.
        const shifts = await page.evaluate(() => window.shifts), sum = shifts.reduce((all, [value]) => all + value, 0);
        assert.ok(sum < 0.005, `${path} at ${viewport.width}: ${JSON.stringify(shifts)}`);
        await page.close();
      }
    }
  },

  "U88 the theme has three states, and is there before anything is seen": async visit => {
    for (const system of ["light", "dark"]) {
      for (const choice of ["light", "dark", "system"]) {
        const page = await visit.page("parts/index.html", { colorScheme: system });
        await page.locator(".theme summary").click();
        await page.locator(`[data-theme-choice=${choice}]`).click();
        assert.equal(await page.locator(`[data-theme-choice=${choice}]`).getAttribute("aria-pressed"), "true");
        // The theme at the moment when the body begins, which is before anything can be painted.
        await page.addInitScript(() => {
          new MutationObserver((_, observer) => {
            if (!document.body) return;
            window.first = [document.documentElement.dataset.theme ?? "system", getComputedStyle(document.documentElement).backgroundColor];
            observer.disconnect();
          }).observe(document, { childList: true, subtree: true });
        });
        await page.reload();
        const seen = choice === "system" ? system : choice;
        assert.deepEqual(await page.evaluate(() => window.first), [choice, { light: "rgb(253, 251, 247)", dark: "rgb(23, 24, 22)" }[seen]], `${system}, ${choice}`);
        assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), choice === "system" ? "light dark" : choice);
        assert.equal(await page.locator("meta[name=color-scheme]").count(), 1);
        assert.equal(await page.evaluate(() => [...document.scripts].filter(script => !script.src && !/json/.test(script.type)).length), 0, "no script within the page");
        await page.close();
      }
    }
  },

  "U89 the first page loads no other one": async visit => {
    const page = await visit.page("book/index.html");
    await page.waitForLoadState("networkidle");
    assert.equal(visit.requests.filter(url => /\.html$|\/$/.test(new URL(url).pathname)).length, 1);
    assert.equal(await page.locator("link[rel~=prefetch], link[rel~=preload]").count(), 0);
  },
};
