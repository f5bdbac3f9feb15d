// What everybody needs who does not read with a large screen and a mouse: axe's rules, zoom, contrast, motion, focus, touch.
import assert from "node:assert/strict";
import { axe, overflow, rest, THEMES } from "./help.mjs";

const SHOWCASE = ["", "/text", "/layout", "/code", "/media", "/tables", "/links", "/openapi"].map(name => `book/using-proofpress/blocks${name}`);
const PARTS = ["index", "code", "tabs", "media", "layout"].map(name => `parts/${name}.html`);

/** The showcase as it was built: a page that has pages below it is a folder's first. */
async function showcase(visit) {
  const all = await visit.pages("book");
  return SHOWCASE.map(path => all.find(page => page === `${path}.html` || page === `${path}/index.html`) ?? assert.fail(path));
}

/** Everything that can be reached with Tab, from the top of the page on. */
async function stops(page, most = 200) {
  const found = [];
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  for (let at = 0; at < most; at++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const part = document.activeElement;
      if (part === document.body || part.dataset.seen) return undefined;
      part.dataset.seen = "yes";
      const style = getComputedStyle(part.matches(".card-link") ? part.closest(".card") : part), box = part.getBoundingClientRect();
      return { name: part.outerHTML.slice(0, 120), outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), colour: style.outlineColor, top: box.top, bottom: box.bottom, height: innerHeight };
    });
    if (!stop) break;
    found.push(stop);
  }
  return found;
}

const axeEverywhere = async (visit, paths) => {
  for (const colorScheme of THEMES) {
    for (const width of [390, 1280]) {
      for (const path of paths) {
        const page = await visit.page(path, { colorScheme, viewport: { width, height: 800 } });
        await axe(page, `${path}, ${colorScheme}, ${width}`);
        await page.close();
      }
    }
  }
};

export const tests = {
  "U80 the showcase of blocks has no fault that axe knows": async visit => axeEverywhere(visit, await showcase(visit)),

  "U80 the books of these tests have no fault that axe knows": async visit => {
    await axeEverywhere(visit, [...PARTS, "scripts/ar/brewing.html", "scripts/zh/brewing.html", "scripts/404.html", "scripts/search.html", "scripts/print.html"]);
  },

  "U80 nor is there one in the menu, the outline, the theme's choices, and the search beside a chosen tab": async visit => {
    for (const colorScheme of THEMES) {
      for (const width of [390, 1280]) {
        const why = `${colorScheme} ${width}`, page = await visit.page("parts/tabs.html", { colorScheme, viewport: { width, height: 800 } });
        await page.getByRole("tab", { name: "Windows" }).first().click();
        await axe(page, `${why}: a tab`);
        await page.locator(".theme summary").click();
        await axe(page, `${why}: the themes`);
        await page.keyboard.press("Escape");
        if (width === 390) {
          await page.locator(".menu-open").click();
          await rest(page);
          await axe(page, `${why}: the menu`);
          await page.keyboard.press("Escape");
          await page.locator(".outline-bar button").click();
          await axe(page, `${why}: the outline`);
          await page.keyboard.press("Escape");
        }
        await page.keyboard.press("/");
        await page.locator("dialog.finder[open] input").fill("winget");
        await page.locator("#_found [role=option]").first().waitFor();
        await axe(page, `${why}: the search`);
      }
    }
  },

  "U81 nothing is lost at 320 pixels, which is 400 % of 1280": async visit => {
    for (const path of [...(await showcase(visit)), ...PARTS, "book/schema-definition/manifest.html"]) {
      const page = await visit.page(path, { viewport: { width: 320, height: 256 } });
      assert.equal(await overflow(page), 0, path);
      const cut = await page.locator("main :is(h1, h2, h3, p, li, dt, summary)").evaluateAll(parts => parts.filter(part => part.checkVisibility() && !part.closest("pre, .table, .tab-list, .cards.scroll, .math"))
        .filter(part => { const box = part.getBoundingClientRect(); return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); }).map(part => part.outerHTML.slice(0, 200)));
      assert.deepEqual(cut, [], path);
      await page.close();
    }
  },

  "U81 text of twice the size, and wider spacing of one's own, break nothing": async visit => {
    for (const path of [...(await showcase(visit)), ...PARTS]) {
      for (const css of [
        "html { font-size: 200% !important }",
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
      ]) {
        const page = await visit.page(path, { viewport: { width: 1280, height: 800 }, bypassCSP: true });
        await page.addStyleTag({ content: css });
        assert.equal(await overflow(page), 0, `${path}: ${css}`);
        const cut = await page.locator("main *, header.top *").evaluateAll(parts => parts.filter(part => part.checkVisibility() && part.childNodes.length && !part.closest(".unseen, pre, .table, .tab-list, .cards.scroll, svg, math, .icon, .copy, .brand-name"))
          .filter(part => { const style = getComputedStyle(part); return /hidden|clip/.test(style.overflowY + style.overflowX) && (part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2); })
          .map(part => `${part.outerHTML.slice(0, 200)} ${part.scrollHeight} in ${part.clientHeight}, ${part.scrollWidth} in ${part.clientWidth}`));
        assert.deepEqual(cut, [], `${path}: ${css}`);
        await page.close();
      }
    }
  },

  "U81 what is pressed is 24 pixels large, and 44 where fingers press most": async visit => {
    const page = await visit.page("parts/tabs.html", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const small = (selector, size) => page.locator(selector).evaluateAll((parts, size) => parts.filter(part => part.checkVisibility()).map(part => [part.outerHTML.slice(0, 100), part.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && (box.height < size || box.width < size)).map(([html, box]) => `${html} ${box.width} x ${box.height}`), size);
    assert.deepEqual(await small("header.top :is(button, summary, a), .outline-bar button, .tab-list button, .pager a", 44), []);
    assert.deepEqual(await small("button, summary, input, nav a", 24), []);
    await page.locator(".menu-open").click();
    assert.deepEqual(await small(".sidebar :is(a, button)", 44), []);
    for (const path of [...PARTS, ...(await showcase(visit))]) {
      await page.goto(visit.url(path));
      assert.deepEqual(await small("main :is(button, summary)", 24), [], path);
    }
  },

  "U82 a ring of two pixels shows where the keyboard is, and the header does not cover it": async visit => {
    for (const colorScheme of THEMES) {
      for (const path of ["parts/layout.html", "parts/tabs.html", "parts/media.html", "parts/code.html"]) {
        const page = await visit.page(path, { colorScheme });
        const all = await stops(page);
        assert.ok(all.length > 15, `${path}: ${all.length}`);
        for (const stop of all) {
          assert.ok(stop.outline >= 2, `${path}: ${stop.name}`);
          assert.ok(stop.bottom > 0 && stop.top < stop.height, `${path}: ${stop.name} is not in sight`);
        }
        const ink = { light: "rgb(11, 90, 99)", dark: "rgb(132, 201, 202)" }[colorScheme];
        assert.deepEqual([...new Set(all.map(stop => stop.colour))], [ink], "the accent, which stands out from the paper by far more than 3:1");
        await page.close();
      }
    }
  },

  "U82 forced colours and more contrast keep all controls": async visit => {
    for (const options of [{ forcedColors: "active" }, { forcedColors: "active", colorScheme: "dark" }, { contrast: "more" }, { contrast: "more", colorScheme: "dark" }]) {
      for (const path of ["parts/tabs.html", "parts/code.html", "parts/layout.html"]) {
        const page = await visit.page(path, options);
        // An icon is a shape cut out of a ground: it must not have the colour of what lies behind it.
        const lost = await page.locator(".icon").evaluateAll(icons => icons.filter(icon => icon.checkVisibility() && icon.getBoundingClientRect().width).filter(icon => {
          let behind = icon.parentElement;
          while (behind && /^rgba.*, 0\)$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
          return getComputedStyle(icon).backgroundColor === (behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)");
        }).map(icon => icon.outerHTML));
        assert.deepEqual(lost, [], JSON.stringify(options));
        if (options.forcedColors) {
          const tab = page.getByRole("tab", { selected: true }).first();
          if (await tab.count()) assert.notEqual(await tab.evaluate(part => getComputedStyle(part).outlineStyle), "none", "what is chosen is marked");
          for (const stop of await stops(page, 25)) assert.ok(stop.outline >= 1, stop.name);
        } else await axe(page, JSON.stringify(options));
        await page.close();
      }
    }
  },

  "U82 nothing moves for those who want no motion": async visit => {
    const page = await visit.page("parts/layout.html", { reducedMotion: "reduce" });
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter(part => {
      const style = getComputedStyle(part);
      const lasts = list => list.split(", ").some(time => parseFloat(time) > 0);
      return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration)) || style.scrollBehavior === "smooth";
    }).map(part => part.outerHTML.slice(0, 100)));
    assert.deepEqual(moving, []);
    await page.locator(".outline a, .pager a").last().click();
    assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
  },
};
