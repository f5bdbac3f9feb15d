// The frame and the type of a page in a real browser. Names begin with the statement of the reading experience that they prove.
import assert from "node:assert/strict";

const WIDTHS = [320, 360, 390, 768, 1024, 1280, 1440, 1920];
const PAGES = ["frame/index.html", "frame/wide.html", "frame/long.html", "frame/ja/index.html", "frame/ar/index.html", "frame/404.html", "frame/search.html", "book/index.html", "book/using-proofpress/configuration.html", "book/using-proofpress/blocks/tables.html", "book/using-proofpress/blocks/layout.html", "book/using-proofpress/blocks/media.html", "book/using-proofpress/blocks/openapi.html"];
const SCALE = [0, 4, 8, 12, 16, 20, 24, 32, 48, 64];
const between = (value, low, high, what) => assert.ok(value >= low && value <= high, `${what}: ${value} is not within ${low} and ${high}`);
const style = (page, selector, name) => page.$eval(selector, (element, name) => getComputedStyle(element)[name], name);
const px = async (page, selector, name) => parseFloat(await style(page, selector, name));
const leading = async (page, selector) => await px(page, selector, "lineHeight") / await px(page, selector, "fontSize");

/** How many letters each full line of a paragraph holds. */
const lines = (page, selector) => page.$eval(selector, paragraph => {
  const range = document.createRange(), counts = [];
  let top;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (let at = 0; at < walker.currentNode.length; at++) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      if (top === undefined || box.top > top + 8) { counts.push(0); top = box.top; }
      counts[counts.length - 1]++;
    }
  }
  return counts.slice(0, -1);
});

/** Contrast of each text with what is painted behind it, lowest first. Colours are read from pixels, so any notation counts. */
const contrasts = (page, selector) => page.evaluate(selector => {
  const canvas = document.createElement("canvas"), paint = canvas.getContext("2d", { willReadFrequently: true });
  const over = colours => {
    paint.clearRect(0, 0, 1, 1);
    for (const colour of colours) { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); }
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const found = [];
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility() || ![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const grounds = [];
    for (let part = element; part; part = part.parentElement) grounds.unshift(getComputedStyle(part).backgroundColor);
    const ground = over(["white", ...grounds]), colour = getComputedStyle(element).color;
    const [light, dark] = [luminance(ground), luminance(over([`rgb(${ground.slice(0, 3)})`, colour]))].sort((a, b) => b - a);
    const size = parseFloat(getComputedStyle(element).fontSize), bold = +getComputedStyle(element).fontWeight >= 700;
    found.push({ ratio: (light + 0.05) / (dark + 0.05), large: size >= 24 || (bold && size >= 18.66), text: element.textContent.trim().slice(0, 30), name: element.tagName + "." + element.className });
  }
  return found;
}, selector);

const readable = async (page, selector, what) => {
  const found = await contrasts(page, selector);
  assert.ok(found.length > 0, `${what}: no text`);
  const bad = found.filter(one => one.ratio < (one.large ? 3 : 4.5));
  assert.deepEqual(bad, [], what);
};

export const tests = {
  "U01 the frame has its measures at 1440": async visit => {
    const page = await visit.page("frame/index.html", { viewport: { width: 1440, height: 900 } });
    const box = selector => page.locator(selector).first().boundingBox();
    between((await box("header.top")).height, 56, 64, "header");
    between((await box(".sidebar")).width, 272, 300, "sidebar");
    between((await box("main article")).width, 704, 768, "text column");
    between((await box("aside.outline")).width, 224, 256, "outline");
  },

  "U01 nothing scrolls sideways at any width": async visit => {
    const page = await visit.page("frame/index.html");
    for (const path of PAGES) {
      await page.goto(visit.url(path));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await page.evaluate(() => scrollTo(200, 0));
        const [inner, x, wide] = await page.evaluate(() => [document.documentElement.scrollWidth, scrollX, document.documentElement.clientWidth]);
        assert.deepEqual([inner, x], [wide, 0], `${path} at ${width}`);
      }
    }
  },

  "U02 a line of text has 60 to 80 letters": async visit => {
    const page = await visit.page("frame/index.html", { viewport: { width: 1440, height: 900 } });
    for (const [path, width] of [["frame/index.html", 1440], ["frame/long.html", 1920], ["book/using-proofpress/configuration.html", 1920], ["book/using-proofpress/configuration.html", 1440]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(visit.url(path));
      const counts = await lines(page, "article.content > p");
      assert.ok(counts.length > 0);
      // Letters differ in width: a line of narrow ones holds a few more.
      between(counts.reduce((sum, count) => sum + count, 0) / counts.length, 60, 80, `${path} at ${width}`);
      assert.ok(Math.max(...counts) < 88, `${counts}`);
    }
  },

  "U02 a wide page has 1152 pixels and keeps its outline": async visit => {
    const page = await visit.page("book/using-proofpress/configuration.html", { viewport: { width: 1920, height: 900 } });
    assert.equal((await page.locator("main article").boundingBox()).width, 1152);
    for (const selector of [".sidebar", "aside.outline", ".crumbs", "article h2"]) assert.ok(await page.locator(selector).first().isVisible(), selector);
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const selector of [".sidebar", "aside.outline"]) assert.ok(await page.locator(selector).first().isVisible(), selector);
  },

  "U03 sizes and leading": async visit => {
    const page = await visit.page("frame/index.html");
    assert.equal(await px(page, "article p", "fontSize"), 16);
    between(await leading(page, "article p"), 1.6, 1.8, "text");
    for (const name of ["h1", "h2", "h3", "h4"]) between(await leading(page, name), 1.2, 1.3, name);
    await page.goto(visit.url("frame/wide.html"));
    assert.equal(await px(page, "pre code", "fontSize"), 14);
    assert.equal(await px(page, "p > code", "fontSize"), 14);
    between(await leading(page, "pre code"), 1.5, 1.6, "code");
    await page.goto(visit.url("frame/ja/index.html"));
    between(await leading(page, "article p"), 1.7, 2, "Japanese text");
    between(await leading(page, ".sidebar a"), 1.4, 2, "Japanese sidebar");
  },

  "U04 space comes from one scale": async visit => {
    const page = await visit.page("frame/index.html", { viewport: { width: 1440, height: 900 } });
    for (const path of ["frame/index.html", "frame/wide.html", "book/index.html", "book/using-proofpress/blocks/layout.html", "book/using-proofpress/blocks/text.html", "book/using-proofpress/blocks/code.html"]) {
      await page.goto(visit.url(path));
      const odd = await page.evaluate(scale => {
        const found = [];
        for (const element of document.querySelectorAll("main, .sheet, .page-head, .page-foot, article.content, article.content > *, article.content li, .hint, .card, .card-body, .cards, .pager, .pager a, .sidebar a, .nav-group, .outline a, .top-row")) {
          if (!element.checkVisibility()) continue;
          const style = getComputedStyle(element);
          for (const side of ["marginTop", "marginBottom", "paddingTop", "paddingBottom", "paddingLeft", "paddingRight", "rowGap", "columnGap"]) {
            const value = Math.abs(parseFloat(style[side])) || 0;
            if (!scale.includes(Math.round(value * 100) / 100)) found.push(`${element.tagName}.${element.className} ${side} ${style[side]}`);
          }
        }
        return [...new Set(found)];
      }, SCALE);
      assert.deepEqual(odd, [], path);
    }
    await page.goto(visit.url("frame/long.html"));
    for (const [name, factor] of [["h2", 2], ["h3", 2]]) {
      const heading = page.locator(`article ${name}`).nth(3);
      const [above, below] = await heading.evaluate(element => {
        const box = element.getBoundingClientRect();
        return [box.top - element.previousElementSibling.getBoundingClientRect().bottom, element.nextElementSibling.getBoundingClientRect().top - box.bottom];
      });
      assert.ok(above >= factor * below && below > 0, `${name}: ${above} above, ${below} below`);
    }
  },

  "U05 no font is asked for": async visit => {
    for (const path of ["frame/index.html", "frame/ja/index.html", "book/using-proofpress/blocks/code.html"]) {
      const page = await visit.page(path);
      await page.evaluate(() => document.fonts.ready);
      assert.equal(await page.evaluate(() => document.fonts.size), 0);
    }
    assert.deepEqual(visit.requests.filter(url => /\.(woff2?|ttf|otf)/.test(url)), []);
  },

  "U06 text can be read, light and dark": async visit => {
    const page = await visit.page("frame/index.html", { viewport: { width: 1440, height: 900 } });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const path of ["frame/index.html", "frame/wide.html", "frame/404.html", "book/using-proofpress/blocks/code.html", "book/using-proofpress/blocks/text.html", "book/using-proofpress/blocks/layout.html", "book/using-proofpress/blocks/openapi.html", "book/using-proofpress/blocks/links.html", "book/using-proofpress/blocks/tables.html"]) {
        await page.goto(visit.url(path));
        await readable(page, "body *:not(.missing *)", `${path} ${colorScheme}`);
      }
      await page.goto(visit.url("book/using-proofpress/blocks/code.html"));
      await readable(page, ".code i, .code code, .code .line", `syntax ${colorScheme}`);
    }
  },

  "U06 edges of controls and marks of state have 3 to 1": async visit => {
    const page = await visit.page("frame/index.html", { viewport: { width: 1440, height: 900 } });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const ratio = await page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        const pixel = colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
        const luminance = colour => pixel(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const paper = luminance(getComputedStyle(document.documentElement).backgroundColor);
        const against = colour => { const [a, b] = [paper, luminance(colour)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
        const here = document.querySelector(".outline [aria-current]");
        return { search: against(getComputedStyle(document.querySelector(".search-open")).borderTopColor), outline: against(getComputedStyle(here).borderInlineStartColor), icon: against(getComputedStyle(document.querySelector(".theme .icon:not([hidden])")).backgroundColor) };
      });
      for (const [name, value] of Object.entries(ratio)) assert.ok(value >= 3, `${colorScheme} ${name}: ${value}`);
    }
  },

  "U07 links differ by more than colour, and say that they lead away": async visit => {
    const page = await visit.page("frame/index.html");
    for (const selector of ["article p > a[href^='guide']", "article p > a[href^='https']"]) assert.match(await style(page, selector, "textDecorationLine"), /underline/);
    // The icon after a link elsewhere has words for those who do not see it.
    const away = page.locator("article p > a[href^='https']");
    assert.match(await page.evaluate(() => getComputedStyle(document.querySelector("article p > a[href^='https']"), "::after").content), /↗.*\/ "/);
    const tree = await (await page.context().newCDPSession(page)).send("Accessibility.getFullAXTree");
    const names = tree.nodes.filter(node => node.role?.value === "link").map(node => node.name?.value ?? "");
    assert.ok(names.some(name => /^a page elsewhere.*external/i.test(name)), `${names.filter(name => name.includes("elsewhere"))}`);
    assert.equal(await away.count(), 1);
  },

  "U08 headings link to themselves and stop below the header": async visit => {
    const page = await visit.page("frame/index.html");
    for (const [name, text] of [["h2", "Tools"], ["h3", "The saw"], ["h4", "Its teeth"]]) {
      const heading = page.locator(`article ${name}`).first(), link = heading.locator("a");
      assert.equal(await link.getAttribute("aria-label"), `Link to section ${text}`);
      assert.equal(await link.getAttribute("href"), `#${await heading.getAttribute("id")}`);
      await page.mouse.move(5, 5);
      await page.evaluate(() => document.activeElement.blur());
      assert.equal(await link.evaluate(element => getComputedStyle(element).opacity), "0");
      await heading.hover();
      assert.equal(await link.evaluate(element => getComputedStyle(element).opacity), "1", "under the pointer");
      await page.mouse.move(5, 5);
      await link.focus();
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
      assert.equal(await link.evaluate(element => getComputedStyle(element).opacity), "1", "with the focus");
    }
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(visit.url("frame/long.html#section-6"));
      await page.waitForTimeout(100);
      const [top, margin, bars] = await page.evaluate(() => {
        const bar = document.querySelector(".outline-bar"), stuck = bar?.checkVisibility() ? bar.offsetHeight : 0;
        const heading = document.getElementById("section-6");
        return [heading.getBoundingClientRect().top, parseFloat(getComputedStyle(heading).scrollMarginTop), document.querySelector("header.top").offsetHeight + stuck];
      });
      between(top, bars + 8, bars + 32, `${width}: the heading's place`);
      assert.equal(margin, bars + 16, `${width}: scroll-margin-top`);
    }
  },

  "U09 tables scroll by themselves": async visit => {
    const page = await visit.page("frame/wide.html", { viewport: { width: 390, height: 800 } });
    const region = page.locator("[role=region]:has(table)");
    assert.equal(await region.getAttribute("tabindex"), "0");
    assert.ok((await region.getAttribute("aria-label")).length > 2);
    const [inner, outer] = await region.evaluate(element => [element.scrollWidth, element.clientWidth]);
    assert.ok(inner > outer, "it is wider than its place");
    await region.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector("[role=region]:has(table)").scrollLeft > 0);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  },

  "U10 long words wrap, code does not": async visit => {
    const page = await visit.page("frame/wide.html", { viewport: { width: 390, height: 800 } });
    assert.equal(await style(page, "p > code", "overflowWrap"), "anywhere");
    assert.equal(await style(page, "article p > a", "overflowWrap"), "anywhere");
    for (const selector of ["p > code", "article p > a"]) assert.ok(await page.$eval(selector, element => element.getClientRects().length) > 1, `${selector} takes several lines`);
    assert.equal(await style(page, "pre code", "whiteSpace"), "pre");
    const [inner, outer] = await page.$eval("pre", element => [element.scrollWidth, element.clientWidth]);
    assert.ok(inner > outer);
  },
};
