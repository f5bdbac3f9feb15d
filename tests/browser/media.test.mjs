// Images, embeds, files, and paper.
import assert from "node:assert/strict";
import { axe, THEMES } from "./help.mjs";

export const tests = {
  "U66 an image keeps its place, and waits unless it is seen at once": async visit => {
    const page = await visit.page("parts/media.html");
    const images = await page.locator("main img").evaluateAll(all => all.map(image => ({
      size: [image.getAttribute("width"), image.getAttribute("height")], lazy: image.loading === "lazy", async: image.decoding === "async", seen: image.getBoundingClientRect().top < innerHeight,
    })));
    assert.deepEqual(images.map(({ size }) => size.join()), ["1200,800", "240,160", "1200,800"]);
    assert.ok(images.every(image => image.async));
    assert.deepEqual(images.map(({ lazy }) => lazy), [false, false, true]);
    assert.equal(images[2].seen, false);
    assert.equal(new Set(visit.requests.filter(url => url.endsWith(".png"))).size, 1);
  },

  "U66 an image opens in a dialog": async visit => {
    const page = await visit.page("parts/media.html");
    const button = page.locator("button.zoom").first(), dialog = page.getByRole("dialog", { name: "A printed sheet" });
    assert.equal(await button.getAttribute("aria-haspopup"), "dialog");
    await button.focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    assert.ok((await dialog.locator("img").boundingBox()).width > 1000, "as large as the window allows");
    assert.ok(await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement)));
    await axe(page, "open", "dialog");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await button.evaluate(part => part === document.activeElement), "the focus returns");
    await button.click();
    await page.mouse.click(5, 5);
    await dialog.waitFor({ state: "detached" });
    await button.click();
    await page.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
  },

  "U66 nothing of the dialog moves for those who want no motion": async visit => {
    const page = await visit.page("parts/media.html", { reducedMotion: "reduce" });
    await page.locator("button.zoom").first().click();
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
  },

  "U67 nothing is asked of another site before a reader wants it": async visit => {
    const page = await visit.page("parts/media.html");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState("networkidle");
    const hosts = new Set(visit.requests.map(url => new URL(url).host));
    assert.deepEqual([...hosts], [new URL(visit.host).host]);
    assert.equal(await page.locator("iframe").count(), 0);
    assert.equal(await page.locator("video").count(), 0);
    assert.equal(await page.locator(".embed a").first().getAttribute("href"), "https://videos.example/watch?v=press");
    assert.equal(await page.locator("main a[href='https://maps.example/embed']").count(), 1, "a frame is a card");
  },

  "U67 a recording on another site plays after a click, or its link leads there": async visit => {
    const page = await visit.page("parts/media.html", { bypassCSP: true });
    await page.context().route("https://videos.example/**", route => route.fulfill({ contentType: "text/html", body: "<title>Press</title>" }));
    const asked = page.waitForRequest("https://videos.example/press.mp4");
    await page.locator("a[data-play=video]").click();
    await asked;
    // What came is no recording.
    await page.waitForURL("https://videos.example/press.mp4");
    visit.expected(/asked for https:\/\/videos.example\/press.mp4/);
  },

  "U68 paper shows the text alone, whole, and where links lead": async visit => {
    for (const colorScheme of THEMES) {
      const page = await visit.page("parts/media.html", { colorScheme });
      await page.emulateMedia({ media: "print", colorScheme });
      const seen = selector => page.locator(selector).evaluateAll(parts => parts.filter(part => part.checkVisibility()).length);
      for (const chrome of ["header.top", ".sidebar", ".outline", ".outline-bar", ".bottom", ".page-foot", ".skip", ".copy", ".anchor", ".zoom[disabled]"]) assert.equal(await seen(chrome), 0, chrome);
      const address = await page.getByRole("link", { name: "A site elsewhere" }).evaluate(link => getComputedStyle(link, "::after").content);
      assert.match(address, /attr\(href\)|https:\/\/books\.example\/press/);
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(255, 255, 255)");

      await page.goto(visit.url("parts/tabs.html"));
      assert.deepEqual(await page.locator(".tabs").first().locator(".tab").evaluateAll(tabs => tabs.map(tab => tab.checkVisibility({ contentVisibilityAuto: true }) && tab.getBoundingClientRect().height > 40)), [true, true, true]);
      assert.equal(await seen(".tab-title"), 7);
      assert.equal(await seen(".tab-list"), 0);

      await page.goto(visit.url("parts/code.html"));
      assert.deepEqual(await page.locator(".code pre").evaluateAll(all => all.map(pre => pre.scrollWidth - pre.clientWidth).filter(more => more > 0)), [], "code wraps");
      assert.ok(await page.locator(".rest").first().evaluate(rest => rest.getBoundingClientRect().height > 200), "and is unfolded");
      for (const heading of await page.locator("article :is(h2, h3)").all()) assert.equal(await heading.evaluate(part => getComputedStyle(part).breakAfter), "avoid");
    }
  },

  "U68 a page becomes a PDF with the text of its tabs and folded code": async visit => {
    const page = await visit.page("parts/code.html");
    const long = (await page.pdf({ format: "A4" })).toString("latin1");
    const sheets = long.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets >= 2 && sheets <= 4, `${sheets} sheets`);
    assert.ok(!long.includes("/URI (http://127.0.0.1") || long.includes("/Type /Page"));
  },
};
