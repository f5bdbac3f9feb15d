// Every page of every book that is built for these tests: from a host with a strict policy, from a folder, without script.
// What a page may never do is noted by the visit and fails the test.
import assert from "node:assert/strict";
import { overflow } from "./help.mjs";

const BOOKS = ["book", "parts", "scripts", "search"];

export const tests = {
  "U84 U85 no page asks for more than its host gives, or than a strict policy allows": async visit => {
    for (const book of BOOKS) {
      // The 404 page of a book that does not know its address works at the root of a host, and these books lie below it.
      const pages = (await visit.pages(book)).filter(path => book === "scripts" || !path.endsWith("404.html")), page = await visit.page(pages[0]);
      for (const path of pages) {
        await page.goto(visit.url(path));
        assert.equal(await page.evaluate(() => document.documentElement.classList.contains("js") || !!document.querySelector("body.book")), true, path);
      }
    }
    assert.ok(visit.requests.length > 100, "the pages were visited");
  },

  "U50 U85 a site that is opened from a folder works": async visit => {
    for (const book of ["parts", "scripts", "search"]) {
      const pages = (await visit.pages(book)).filter(path => !path.endsWith("404.html")), page = await visit.page(pages[0], { from: "file" });
      for (const path of pages) {
        await page.goto(visit.url(path, "file"));
        assert.ok(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper") !== ""), path);
      }
    }
  },

  "U83 each page says its language and its direction": async visit => {
    for (const [path, lang, dir] of [["", "en", "ltr"], ["zh/", "zh-Hans", "ltr"], ["ja/", "ja", "ltr"], ["ko/", "ko", "ltr"], ["ru/", "ru", "ltr"], ["ar/", "ar", "rtl"]]) {
      for (const name of ["index", "brewing", "search", "print"]) {
        const page = await visit.page(`scripts/${path}${name}.html`);
        const said = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, getComputedStyle(document.body).direction]);
        assert.deepEqual(said, [lang, dir, dir], path + name);
        await page.close();
      }
    }
    const page = await visit.page("scripts/brewing/notes.html");
    assert.equal(await page.locator("article :lang(ja)").textContent(), "一期一会");
  },

  "U32 the switcher keeps the page, and says where it leads when it cannot": async visit => {
    const page = await visit.page("book/quick-start/model/create-provider.html");
    const go = async lang => {
      await page.locator(".spaces summary").click();
      await page.locator(`.spaces a[hreflang="${lang}"]`).click();
      await page.waitForFunction(lang => document.documentElement.lang === lang, lang);
    };
    await go("zh-Hans");
    assert.equal(page.url(), visit.url("book/zh/quick-start/model/create-provider.html"));
    await go("en");
    assert.equal(page.url(), visit.url("book/quick-start/model/create-provider.html"));
    // A page that is not translated.
    await page.goto(visit.url("book/quick-start/oauth.html"));
    const said = await page.locator('.spaces a[hreflang="zh-Hans"] small').textContent();
    await go("zh-Hans");
    assert.ok(said.includes(await page.locator("h1").textContent()), said);
  },

  "U01 no page moves sideways, in any script": async visit => {
    const page = await visit.page("scripts/index.html");
    for (const path of (await visit.pages("scripts")).filter(path => /(index|brewing|404)\.html$/.test(path))) {
      await page.goto(visit.url(path));
      for (const width of [320, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        assert.equal(await overflow(page), 0, `${path} at ${width}`);
      }
    }
  },
};
