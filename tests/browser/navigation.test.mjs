// Finding the way in a real browser. Names begin with the statement of the reading experience that they prove.
import assert from "node:assert/strict";

const here = page => page.locator(".sidebar [aria-current=page]");
const top = (page, selector) => page.$eval(selector, element => element.getBoundingClientRect().top);
const active = page => page.locator(".outline [aria-current]").allTextContents();
const focused = (page, selector) => page.waitForFunction(selector => document.activeElement?.matches(selector), selector);

/** Whether an element is inside of what its scroller shows. */
const shown = (page, selector, scroller) => page.evaluate(([selector, scroller]) => {
  const box = document.querySelector(selector).getBoundingClientRect(), frame = document.querySelector(scroller).getBoundingClientRect();
  return box.top >= frame.top - 1 && box.bottom <= Math.min(frame.bottom, innerHeight) + 1;
}, [selector, scroller]);

export const tests = {
  "U20 the current page is marked and in sight": async visit => {
    const page = await visit.page("frame/rows/row-37.html");
    assert.equal(await here(page).count(), 1);
    assert.equal(await here(page).textContent(), "Row 37");
    assert.ok(await shown(page, ".sidebar [aria-current=page]", ".sidebar"));
    assert.equal(await page.evaluate(() => scrollY), 0, "the page itself is not moved");
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".sidebar")).scrollBehavior), "auto");
    const other = await visit.page("frame/guide/deep/leaf.html");
    assert.ok(await here(other).isVisible());
  },

  "U20 the current page is in sight although the style comes late": async visit => {
    const page = await visit.page("frame/index.html");
    await page.context().route(/\.css/, async route => { await new Promise(done => setTimeout(done, 400)); await route.continue(); });
    await page.goto(visit.url("frame/rows/row-37.html"));
    assert.ok(await shown(page, ".sidebar [aria-current=page]", ".sidebar"));
  },

  "U21 a label leads, a chevron opens": async visit => {
    const page = await visit.page("frame/index.html");
    const toggle = page.locator(".sidebar button[aria-expanded]").filter({ has: page.locator("xpath=.") }).first();
    assert.equal(await toggle.evaluate(element => element.parentNode.querySelector("a").textContent), "Guide");
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    assert.match(page.url(), /frame\/index\.html$/);
    assert.ok(await page.locator(".sidebar a", { hasText: "Grafting" }).isVisible());
    await page.click(".sidebar a:text-is('Harvest')");
    await page.waitForURL(/harvest\.html$/);
    // It is remembered for the session, and the branch of the page is open whatever was closed.
    assert.ok(await page.locator(".sidebar a", { hasText: "Grafting" }).isVisible());
    assert.ok(await page.evaluate(() => Object.keys(sessionStorage).some(key => key.startsWith("proofpress-nav"))));
    const own = page.locator(".sidebar li:has(> .nav-row > [aria-current]) > .nav-row > button");
    await own.click();
    assert.equal(await own.getAttribute("aria-expanded"), "false");
    await page.goto(visit.url("frame/apples.html"));
    assert.ok(await here(page).isVisible());
    const above = await page.$$eval(".sidebar li:has([aria-current=page]) > .nav-row > button", all => all.map(one => one.getAttribute("aria-expanded")));
    assert.deepEqual(above, ["true"]);
  },

  "U22 the sidebar stays where it was": async visit => {
    const page = await visit.page("frame/index.html");
    await page.evaluate(() => document.querySelector(".sidebar").scrollTo(0, 600));
    const before = await page.$eval(".sidebar", element => element.scrollTop);
    assert.ok(before > 300);
    const box = await page.evaluate(() => {
      const frame = document.querySelector(".sidebar").getBoundingClientRect();
      const link = [...document.querySelectorAll(".sidebar a")].find(link => link.getBoundingClientRect().top > frame.top + 200).getBoundingClientRect();
      return { x: link.x + 40, y: link.y + 10 };
    });
    await page.mouse.click(box.x, box.y);
    await page.waitForURL(/row-\d+\.html$/);
    const after = await page.$eval(".sidebar", element => element.scrollTop);
    assert.ok(Math.abs(after - before) <= 2, `${before} and ${after}`);
  },

  "U23 without script every branch can be reached": async visit => {
    const page = await visit.page("frame/guide/deep/leaf.html", { javaScriptEnabled: false });
    assert.ok(await here(page).isVisible());
    for (const title of ["Guide", "Deep", "Twig", "Grafting"]) assert.ok(await page.locator(".sidebar a", { hasText: title }).isVisible(), title);
    const rest = page.locator(".sidebar details:not([open])");
    if (await rest.count()) {
      await rest.first().locator("summary").click();
      assert.ok(await rest.first().locator("a").first().isVisible());
    }
    for (const title of ["Apples", "Pears"]) {
      await page.locator(".sidebar a", { hasText: title }).scrollIntoViewIfNeeded();
      assert.ok(await page.locator(".sidebar a", { hasText: title }).isVisible(), title);
    }
    await page.setViewportSize({ width: 390, height: 800 });
    await page.click(".menu-open");
    await page.waitForFunction(() => document.querySelector(".sidebar").matches(":popover-open"));
    await page.click(".sidebar a:text-is('Twig')");
    await page.waitForURL(/twig\.html$/);
  },

  "U24 the outline follows": async visit => {
    const page = await visit.page("frame/long.html", { viewport: { width: 1440, height: 900 } });
    const levels = await page.$$eval(".outline li", all => [...new Set(all.map(one => one.dataset.level))].sort());
    assert.deepEqual(levels, ["2", "3"]);
    assert.equal((await active(page)).length, 1);
    for (const section of [3, 7, 11, 2]) {
      const took = await page.evaluate(async section => {
        document.getElementById(`section-${section}`).scrollIntoView({ behavior: "instant" });
        const start = performance.now();
        // On a busy machine a frame may take long: then three of them are what 100 ms are elsewhere.
        for (let frames = 1; performance.now() - start < 2000; frames++) {
          await new Promise(requestAnimationFrame);
          const current = document.querySelectorAll(".outline [aria-current]");
          if (current.length === 1 && current[0].hash === `#section-${section}`) return frames <= 3 ? 0 : performance.now() - start;
        }
        return Infinity;
      }, section);
      assert.ok(took <= 100, `section ${section}: ${took} ms`);
    }
    const short = await visit.page("frame/short.html");
    assert.deepEqual(await active(short), ["One"]);
    await short.setViewportSize({ width: 1280, height: 500 });
    await short.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await short.waitForFunction(() => document.querySelector(".outline [aria-current]").textContent === "Three");
    // A page that cannot be scrolled at all: what was chosen is active.
    await short.setViewportSize({ width: 1280, height: 1600 });
    await short.click(".outline a:text-is('Three')");
    await short.waitForFunction(() => document.querySelector(".outline [aria-current]").textContent === "Three");
    await short.click(".outline a:text-is('Two')");
    await short.waitForFunction(() => document.querySelector(".outline [aria-current]").textContent === "Two");
    assert.equal((await active(short)).length, 1);
  },

  "U25 below 1152 the outline is a bar": async visit => {
    const page = await visit.page("frame/long.html", { viewport: { width: 1100, height: 800 } });
    for (const width of [1151, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(() => scrollTo(0, 900));
      const button = page.getByRole("button", { name: "On this page" });
      const box = await button.boundingBox();
      assert.ok(box.height >= 44 && box.height <= 48, `${width}: ${box.height}`);
      assert.ok(Math.abs(box.y - await page.$eval("header.top", header => header.getBoundingClientRect().bottom)) <= 2, "it sticks below the header");
      const list = page.locator(".outline");
      assert.equal(await button.getAttribute("aria-expanded"), "false");
      await button.click();
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      assert.ok(await list.isVisible());
      await page.keyboard.press("Escape");
      assert.ok(!(await list.isVisible()), "Esc closes");
      await button.click();
      await page.click(".outline a[href='#section-9']");
      assert.ok(!(await list.isVisible()), "a choice closes");
      await page.waitForFunction(() => location.hash === "#section-9");
    }
    await page.setViewportSize({ width: 1152, height: 800 });
    assert.ok(await page.locator(".outline").isVisible());
    assert.ok(!(await page.getByRole("button", { name: "On this page" }).isVisible()));
  },

  "U26 below 1024 the sidebar is a sheet": async visit => {
    const page = await visit.page("frame/guide/grafting.html", { viewport: { width: 1023, height: 800 } });
    for (const width of [1023, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const button = page.getByRole("button", { name: "Menu" }), sheet = page.locator(".sidebar");
      const box = await button.boundingBox();
      assert.ok(box.width >= 44 && box.height >= 44, `${box.width} x ${box.height}`);
      const open = async () => {
        await button.click();
        await page.waitForFunction(() => document.querySelector(".sidebar").contains(document.activeElement));
        assert.ok(await sheet.isVisible());
      };
      const closed = async why => {
        assert.ok(!(await sheet.isVisible()), why);
        await focused(page, ".menu-open");
      };
      assert.ok(!(await sheet.isVisible()));
      await open();
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      const inert = await page.evaluate(() => ["main", "header.top", ".bottom"].map(name => document.querySelector(name).inert));
      assert.deepEqual(inert, [true, true, true]);
      const before = await page.evaluate(() => scrollY);
      await page.mouse.move(width - 20, 700);
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(100);
      assert.equal(await page.evaluate(() => scrollY), before, "the page behind does not scroll");
      await page.keyboard.press("Escape");
      await closed("Esc");
      await open();
      await page.mouse.click(width - 10, 500);
      await closed("the backdrop");
      await open();
      await sheet.getByRole("button", { name: "Close" }).click();
      await closed("the button");
      assert.deepEqual(await page.evaluate(() => ["main", "header.top", ".bottom"].map(name => document.querySelector(name).inert)), [false, false, false]);
    }
  },

  "U27 breadcrumbs": async visit => {
    for (const [path, expected] of [["frame/guide/deep/leaf.html", ["Guide", "Guide", "Deep", "Leaf"]], ["search/guide/lighthouse.html", null], ["book/using-proofpress/blocks/code.html", ["Using Proofpress", "Blocks", "Code"]]]) {
      const page = await visit.page(path);
      const items = page.locator("nav[aria-label=Breadcrumb] ol > li");
      const names = (await items.allTextContents()).map(name => name.trim());
      if (expected) assert.deepEqual(names, expected);
      assert.equal(await items.last().locator("a").count(), 0);
      assert.equal(await items.last().getAttribute("aria-current"), "page");
      const data = JSON.parse(await page.textContent("script[type='application/ld+json']"));
      assert.equal(data["@type"], "BreadcrumbList");
      assert.deepEqual(data.itemListElement.map(item => item.name), names);
      assert.deepEqual(data.itemListElement.map(item => item.position), names.map((_, at) => at + 1));
    }
    const page = await visit.page("frame/index.html");
    assert.equal(await page.locator("nav[aria-label=Breadcrumb]").count(), await page.locator("script[type='application/ld+json']").count());
  },

  "U28 previous and next": async visit => {
    const page = await visit.page("frame/long.html");
    const [previous, next] = [page.locator("main a[rel=prev]"), page.locator("main a[rel=next]")];
    assert.match(await previous.textContent(), /Wide things/);
    assert.match(await next.textContent(), /Short page/);
    for (const key of ["ArrowRight", "ArrowLeft", "n", "p"]) await page.keyboard.press(key);
    await page.waitForTimeout(100);
    assert.match(page.url(), /long\.html$/);
    await next.click();
    await page.waitForURL(/short\.html$/);
    assert.equal(await page.getAttribute("head link[rel=prev]", "href"), "long.html");
  },

  "U29 skip link and landmarks": async visit => {
    const page = await visit.page("frame/long.html", { viewport: { width: 1440, height: 900 } });
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
    const box = await page.locator(":focus").boundingBox();
    assert.ok(box.y >= 0 && box.height >= 24);
    await page.keyboard.press("Enter");
    await focused(page, "main");
    const tree = await (await page.context().newCDPSession(page)).send("Accessibility.getFullAXTree");
    const count = role => tree.nodes.filter(node => !node.ignored && node.role?.value === role);
    for (const role of ["banner", "main", "contentinfo"]) assert.equal(count(role).length, 1, role);
    assert.ok(count("complementary").length >= 1);
    const labels = count("navigation").map(node => node.name?.value ?? "");
    assert.ok(labels.length >= 2 && labels.every(Boolean), `${labels}`);
    assert.equal(new Set(labels).size, labels.length, "each has a name of its own");
  },

  "U30 back and forward": async visit => {
    const page = await visit.page("frame/places.html");
    await page.click("[role=tab]:text-is('Saw')");
    await page.evaluate(() => scrollTo(0, 500));
    await page.waitForTimeout(100);
    await page.click(".sidebar a:text-is('Short page')");
    await page.waitForURL(/short\.html$/);
    await page.goBack();
    await page.waitForURL(/places\.html$/);
    await page.waitForFunction(() => Math.abs(scrollY - 500) <= 2);
    assert.equal(await page.getAttribute("[role=tab]:text-is('Saw')", "aria-selected"), "true");
    await page.goForward();
    await page.waitForURL(/short\.html$/);
  },

  "U30 an address opens what hides its target": async visit => {
    for (const [hash, how] of [["with-a-saw", "tab"], ["in-the-cellar", "details"]]) {
      const page = await visit.page(`frame/places.html#${hash}`);
      await page.waitForFunction(id => document.getElementById(id).checkVisibility(), hash);
      const place = await top(page, `#${hash}`);
      assert.ok(place >= 60 && place < 800, `${how}: ${place}`);
    }
    const page = await visit.page("frame/places.html");
    await page.evaluate(() => { location.hash = "with-a-saw"; });
    await page.waitForFunction(() => document.getElementById("with-a-saw").checkVisibility());
  },

  "U31 the page for unknown addresses helps": async visit => {
    for (const path of ["frame/guide/depp/leaf", "frame/a/b/c/d/grafting.html", "frame/tools/Apples"]) {
      const page = await visit.page(path);
      visit.expected(/404/);
      assert.match(await page.title(), /Page not found/);
      assert.match(await page.textContent("h1"), /Page not found/);
      assert.ok(await page.locator("main input[type=search]").isVisible());
      const near = page.locator(".missing-near a");
      await near.first().waitFor();
      const names = await near.allTextContents();
      assert.ok(names.length >= 1 && names.length <= 5, `${names}`);
      assert.match(names[0], { "frame/guide/depp/leaf": /Leaf/, "frame/a/b/c/d/grafting.html": /Grafting/, "frame/tools/Apples": /Apples/ }[path]);
      await near.first().click();
      await page.waitForURL(/(leaf|grafting|apples)\.html$/);
      assert.ok(await page.locator("article").isVisible());
      await page.close();
    }
    // By words of the title, with a typing error; and nothing for what is near to nothing.
    const page = await visit.page("frame/hiding-place");
    visit.expected(/404/);
    assert.equal(await page.locator(".missing-near a").first().textContent(), "Hiding places");
    await page.goto(visit.url("frame/xyzzy-qqq"));
    visit.expected(/404/);
    assert.ok(!(await page.locator(".missing-near").isVisible()));
    await page.fill("main input[type=search]", "knife");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open] [role=option]");
    assert.equal(await page.inputValue("dialog[open] input"), "knife");
  },

  "U32 the switcher keeps the page, or says where it leads": async visit => {
    const page = await visit.page("frame/guide/grafting.html");
    const to = async lang => {
      await page.click(".spaces > summary");
      return page.locator(`.spaces a[lang=${lang}]`);
    };
    const same = await to("ja");
    assert.equal(await same.textContent(), "日本語");
    await same.click();
    await page.waitForURL(/frame\/ja\/guide\/grafting\.html$/);
    assert.equal(await page.locator(".instead").count(), 0);
    // Not in Arabic: the page above it.
    const near = await to("ar");
    assert.match(await near.textContent(), /الدليل/);
    await near.click();
    await page.waitForURL(/frame\/ar\/guide\/(index\.html)?$/);
    assert.equal(await page.getAttribute("html", "dir"), "rtl");
    assert.match(await page.textContent("[role=status].instead"), /غير موجودة هنا/);
    // Two levels up, and a page without anything above it.
    for (const [path, target] of [["frame/guide/deep/leaf.html", /frame\/ja\/guide\/(index\.html)?$/], ["frame/wide.html", /frame\/ja\/(index\.html)?$/]]) {
      await page.goto(visit.url(path));
      await (await to("ja")).click();
      await page.waitForURL(target);
      assert.ok(await page.locator("[role=status].instead").isVisible());
    }
    await page.reload();
    assert.equal(await page.locator(".instead").count(), 0, "once is enough");
  },

  "the last line of a page: its source, its text, the book on paper": async visit => {
    const page = await visit.page("frame/guide/grafting.html");
    assert.equal(await page.getAttribute(".page-links a:text('Edit this page')", "href"), "https://example.org/edit/en/guide/grafting.md");
    await page.click(".page-links a:text('Print all pages')");
    await page.waitForURL(/print\.html#p\d+$/);
    assert.ok(await page.locator("article h1:text-is('Grafting')").isVisible());
  },

  "the words of the frame are those of the language": async visit => {
    const page = await visit.page("frame/ja/index.html");
    assert.equal(await page.textContent(".search-label"), "検索");
    assert.equal(await page.textContent(".skip"), "本文へ移動");
    assert.equal(await page.getAttribute("main h2 a.anchor", "aria-label"), "「道具」へのリンク");
    const arabic = await visit.page("frame/ar/index.html");
    assert.equal(await arabic.getAttribute("html", "lang"), "ar");
    const [nav, main] = [await arabic.locator(".sidebar").boundingBox(), await arabic.locator("main").boundingBox()];
    assert.ok(nav.x > main.x, "the sidebar is at the right");
    assert.equal(await arabic.$eval("pre", pre => getComputedStyle(pre).direction), "ltr", "code is not turned");
  },

  "cards, icon and manifest of the site": async visit => {
    const page = await visit.page("frame/guide/grafting.html");
    const meta = name => page.getAttribute(`meta[property='${name}'], meta[name='${name}']`, "content");
    assert.equal(await meta("og:title"), "Grafting");
    assert.equal(await meta("og:site_name"), "Orchard");
    assert.equal(await meta("og:url"), "https://example.org/frame/guide/grafting");
    assert.match(await meta("twitter:card"), /^summary/);
    assert.deepEqual(await page.$$eval("link[hreflang]", all => all.map(link => link.hreflang)), ["en", "ja"]);
    assert.ok(await page.locator("link[rel=icon]").count());
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
    assert.equal(manifest.name, "Orchard");
    assert.equal(await page.evaluate(async src => (await fetch(new URL(src, document.querySelector("link[rel=manifest]").href))).status, manifest.icons[0].src), 200);
  },
};
