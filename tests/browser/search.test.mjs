// The search of a built book in a real browser. Names begin with the statement of the reading experience that they prove.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { axe, still } from "./help.mjs";

/** Opens the dialog and types; gives what is shown once it is the answer. */
async function ask(page, query) {
  if (!(await page.locator("dialog.finder[open]").count())) await page.keyboard.press("/");
  await page.locator("dialog.finder[open] .finder-input").fill(query);
  await page.waitForFunction(query => document.querySelector("#_found").dataset.query === query.trim(), query);
  // Texts of further results may still be on their way.
  await page.waitForTimeout(50);
  return page.evaluate(() => [...document.querySelectorAll("#_found [role=group]")].map(group => {
    const text = (part, selector) => part.querySelector(selector)?.textContent ?? "";
    const marks = part => [...part.querySelectorAll("mark")].map(mark => mark.textContent);
    const [first, ...rest] = group.querySelectorAll("[role=option]");
    return {
      title: text(first, ".hit-title"), above: text(first, ".hit-above"), text: text(first, ".hit-text"), marks: marks(first),
      sections: rest.map(part => ({ heading: text(part, ".hit-title"), text: text(part, ".hit-text"), marks: marks(part), href: part.href })),
    };
  }));
}

const isOpen = page => page.evaluate(() => !!document.querySelector("dialog.finder")?.open);
const opened = page => page.waitForFunction(() => document.querySelector("dialog.finder")?.open);
const focused = (page, selector) => page.waitForFunction(selector => document.activeElement?.matches(selector), selector);
const selected = page => page.evaluate(() => {
  const all = [...document.querySelectorAll("#_found [role=option]")];
  const id = document.querySelector(".finder-input").getAttribute("aria-activedescendant");
  const marked = all.filter(option => option.getAttribute("aria-selected") === "true");
  return marked.length === 1 && marked[0].id === id ? all.indexOf(marked[0]) : marked.length ? "two say they are" : -1;
});

export const tests = {
  "U40 opens by keys": async visit => {
    const page = await visit.page("search/index.html");
    for (const key of ["/", "Control+k", "Meta+k"]) {
      await page.keyboard.press(key);
      await opened(page);
      assert.equal(await page.inputValue(".finder-input"), "", key);
      await page.keyboard.press("Escape");
      assert.equal(await isOpen(page), false);
    }
    // On other layouts the slash is elsewhere: the character counts, not the key.
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", code: "Digit7", shiftKey: true, bubbles: true })));
    await opened(page);
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", code: "Slash", bubbles: true })));
    assert.equal(await isOpen(page), false);
  },

  "U40 a slash in a field is a slash": async visit => {
    const page = await visit.page("search/index.html");
    await page.evaluate(() => document.querySelector("main").append(document.createElement("input")));
    await page.locator("main > input").click();
    await page.keyboard.type("a/b");
    assert.equal(await page.inputValue("main > input"), "a/b");
    assert.equal(await isOpen(page), false);
  },

  "U40 opens by the button and by the address": async visit => {
    const page = await visit.page("search/index.html");
    await page.click(".search-open");
    await opened(page);
    const other = await visit.page("search/index.html?q=lighthouse");
    await opened(other);
    await other.waitForSelector("#_found [role=option]");
    assert.equal(await other.inputValue(".finder-input"), "lighthouse");
    await other.keyboard.press("Escape");
    await other.waitForFunction(() => !location.search);
  },

  "U40 what is typed while the index loads is not lost": async visit => {
    const page = await visit.page("search/index.html");
    await page.route("**/search.js", async route => { await new Promise(done => setTimeout(done, 400)); await route.continue(); });
    await page.keyboard.press("/");
    await page.keyboard.type("light");
    await opened(page);
    await page.keyboard.type("house");
    assert.equal(await page.inputValue(".finder-input"), "lighthouse");
  },

  "U41 keeps the focus and gives it back": async visit => {
    const page = await visit.page("search/index.html");
    await page.focus(".search-open");
    await page.keyboard.press("Enter");
    await opened(page);
    await focused(page, ".finder-input");
    await ask(page, "lighthouse");
    for (const key of ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
      await page.keyboard.press(key);
      assert.ok(await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement)), key);
    }
    await page.keyboard.press("Escape");
    await focused(page, ".search-open");
    await page.keyboard.press("Control+k");
    await opened(page);
    await page.mouse.click(20, 400);
    assert.equal(await isOpen(page), false, "a click beside it closes");
    await focused(page, ".search-open");
  },

  "U41 has the size of a dialog, on a phone that of the screen": async visit => {
    const page = await visit.page("search/index.html");
    await ask(page, "harvest");
    const box = await page.locator("dialog.finder").boundingBox();
    assert.ok(box.width >= 560 && box.width <= 720, `${box.width}`);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await page.locator("dialog.finder").boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
    const close = page.locator(".finder-close");
    const target = await close.boundingBox();
    assert.ok(target.width >= 44 && target.height >= 44, "the close button is large enough for a thumb");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    await close.click();
    assert.equal(await isOpen(page), false);
  },

  "U42 is a combobox": async visit => {
    const page = await visit.page("search/index.html");
    await page.keyboard.press("/");
    await opened(page);
    const state = name => page.getAttribute(".finder-input", name);
    assert.deepEqual([await state("role"), await state("aria-expanded"), await state("aria-autocomplete")], ["combobox", "false", "list"]);
    await page.keyboard.press("Backspace");
    assert.ok(await isOpen(page), "nothing happens");
    await ask(page, "harvest");
    assert.equal(await state("aria-expanded"), "true");
    assert.equal(await page.getAttribute(`#${await state("aria-controls")}`, "role"), "listbox");
    const last = (await page.locator("#_found [role=option]").count()) - 1;
    assert.ok(last >= 3);
    for (const [key, expected] of [["", 0], ["ArrowDown", 1], ["ArrowUp", 0], ["ArrowUp", last], ["ArrowDown", 0], ["End", last], ["Home", 0]]) {
      if (key) await page.keyboard.press(key);
      assert.equal(await selected(page), expected, key);
    }
  },

  "U42 Enter opens, Ctrl+Enter in a new tab": async visit => {
    const page = await visit.page("search/guide/index.html");
    await ask(page, "keepers");
    const [tab] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Control+Enter")]);
    await tab.waitForLoadState();
    assert.match(tab.url(), /search\/guide\/lighthouse\.html/);
    assert.ok(await isOpen(page));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/lighthouse\.html.*#keepers$/);
  },

  "U42 Enter waits for the answer to what was typed": async visit => {
    const page = await visit.page("search/index.html");
    await page.route("**/search/*", async route => { await new Promise(done => setTimeout(done, 200)); await route.continue(); });
    await page.keyboard.press("/");
    await opened(page);
    await page.keyboard.type("lighthouse");
    await page.keyboard.press("Enter");
    await page.waitForURL(/lighthouse\.html/);
  },

  "U43 Enter belongs to the input method while it composes": async visit => {
    const page = await visit.page("search/index.html");
    await ask(page, "段简");
    const client = await page.context().newCDPSession(page);
    await client.send("Input.imeSetComposition", { text: "dan", selectionStart: 3, selectionEnd: 3 });
    await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
    await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true })));
    await page.waitForTimeout(100);
    assert.match(page.url(), /search\/index\.html$/);
    await client.send("Input.insertText", { text: "单" });
    assert.equal(await page.inputValue(".finder-input"), "段简单");
  },

  "U44 says how many there are, once for each pause": async visit => {
    const page = await visit.page("search/index.html");
    await page.keyboard.press("/");
    await opened(page);
    await page.evaluate(() => {
      window.said = [];
      const region = document.querySelector("dialog [aria-live=polite]");
      new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    // The clock of the page stands still but for what is typed.
    await still(page);
    for (const key of "harvest") {
      await page.keyboard.press(key);
      await page.clock.runFor(30);
    }
    for (let at = 0; at < 500 && !(await page.evaluate(() => window.said.length)); at++) await page.clock.runFor(10);
    await page.clock.runFor(1000);
    assert.deepEqual(await page.evaluate(() => window.said), ["1 result for “harvest”"]);
    await page.clock.resume();
    await ask(page, "the");
    await page.waitForFunction(() => window.said.length > 1);
    assert.match(await page.evaluate(() => window.said.at(-1)), /^\d+ results for “the”$/);
  },

  "U44 a suggestion shares most letters with what was typed": async visit => {
    const page = await visit.page("book/index.html");
    for (const [query, near] of [["zzz", undefined], ["pluginwort", "plugin"], ["schemafolio", "schema"]]) {
      assert.deepEqual(await ask(page, query), []);
      const said = await page.locator(".finder-near").allTextContents();
      assert.ok(near ? said[0]?.startsWith(near.slice(0, 5)) : said.length === 0, `${query}: ${said}`);
    }
  },

  "U47 a page whose title goes on from what was typed is among the first": async visit => {
    const page = await visit.page("book/index.html");
    for (const [query, title] of [["theme", "Themes"], ["config", "Configuration"], ["check", "Checking"], ["block", "Blocks"], ["example", "Examples"], ["schema", "Schemas"]]) {
      const found = (await ask(page, query)).slice(0, 3).map(hit => hit.title);
      assert.ok(found.some(one => one === title), `${query}: ${found.join(", ")}`);
    }
  },

  "U44 without a result it suggests the nearest word": async visit => {
    const page = await visit.page("search/index.html");
    assert.deepEqual(await ask(page, "hxrvxszt"), []);
    await page.waitForSelector(".finder-near");
    assert.equal(await page.textContent(".finder-note"), "No results for “hxrvxszt”Did you mean harvest?");
    await page.click(".finder-near");
    await page.waitForSelector("#_found [role=option]");
    assert.equal(await page.inputValue(".finder-input"), "harvest");
  },

  "U45 nothing is loaded before it is wanted": async visit => {
    const page = await visit.page("search/index.html");
    await page.waitForTimeout(100);
    const loaded = () => visit.requests.filter(url => url.includes("assets/search"));
    assert.deepEqual(loaded(), []);
    await page.hover(".search-open");
    await page.waitForFunction(() => window.proofpressSearch);
    assert.equal(loaded().length, 1, "the table, as soon as the pointer is there");
  },

  "U46 a first result takes four requests and less than 60 KB": async visit => {
    const page = await visit.page("book/index.html");
    const before = new Set(visit.requests);
    await page.keyboard.press("/");
    await opened(page);
    await page.locator(".finder-input").fill("persistence");
    await page.waitForSelector("#_found [role=option]");
    const pieces = (await page.evaluate(() => performance.getEntriesByType("resource").filter(entry => entry.name.includes("assets/search"))
      .sort((a, b) => a.responseEnd - b.responseEnd).map(entry => entry.name)));
    // What the first result needs is the table, a piece of words and a piece of text; the others follow.
    const first = [pieces[0], pieces.find(name => name.includes("/t")), pieces.find(name => name.includes("/x"))];
    assert.ok(first.every(Boolean) && pieces.every(name => before.size && !before.has(name)));
    let size = 0;
    for (const name of first) size += gzipSync(await (await page.request.get(name)).body()).length;
    assert.ok(size < 60_000, `${size} bytes`);
  },

  "U46 several words take no more than that, an error one more": async visit => {
    for (const [query, most] of [["permission", 3], ["manifest runner permission storage endpoint", 4], ["what a plugin may keep between two calls", 4], ["permisison", 5], ["permission storgae", 4]]) {
      const page = await visit.page("book/index.html");
      await page.keyboard.press("/");
      await opened(page);
      await page.evaluate(() => {
        const list = document.querySelector("#_found");
        new MutationObserver((_, observer) => {
          if (!list.childElementCount) return;
          observer.disconnect();
          window.asked = [...document.querySelectorAll("head script[src*='assets/search']")].map(script => script.src);
        }).observe(list, { childList: true });
      });
      await page.locator(".finder-input").fill(query);
      const asked = await (await page.waitForFunction(() => window.asked)).jsonValue();
      assert.ok(asked.length <= most, `${query}: ${asked}`);
      let size = 0;
      for (const name of asked) size += gzipSync(await (await page.request.get(name)).body()).length;
      assert.ok(size < 60_000, `${query}: ${size} bytes`);
    }
  },

  "U47 results are grouped, with the words marked": async visit => {
    const page = await visit.page("search/index.html");
    const [guide, ...others] = await ask(page, "harvest");
    assert.equal(guide.title, "Field guide");
    assert.deepEqual(others, []);
    assert.equal(guide.sections.length, 3, "of five");
    assert.deepEqual([guide.sections[0].heading, guide.sections[0].marks[0]], ["Harvest", "Harvest"]);
    const [{ sections: [barley] }] = await ask(page, "barley straw");
    assert.equal(barley.heading, "Barley");
    assert.ok(barley.marks.includes("straw"), `${barley.marks}`);
    const length = barley.text.replace(/^… | …$/g, "").length;
    assert.ok(length >= 120 && length <= 160, `${length} characters: ${barley.text}`);
    assert.match(barley.href, /guide\/index\.html\?highlight=barley%20straw#barley$/);
    const [plugins] = await ask(page, "plugin");
    assert.deepEqual([plugins.title, plugins.above], ["Plugins", "Field guide"]);
    assert.equal(plugins.text, "One plugin does one thing. A <script> & \"quotes\" in the text stay text. Toaster Inside a tab stands the word marmalade. More Inside an expandable stands the …");
  },

  "U47 words side by side, as they were typed, come first": async visit => {
    const page = await visit.page("search/index.html");
    assert.deepEqual((await ask(page, "copper kettle")).map(page => page.title), ["Kitchen", "Workshop"]);
    assert.equal(await selected(page), 0, "the first is selected, although another came before it");
    assert.deepEqual((await ask(page, "kettle copper")).map(page => page.title), ["Workshop", "Kitchen"]);
    // The page of single characters says more often what the pairs are made of.
    assert.equal((await ask(page, "说明书"))[0].title, "Kitchen");
  },

  "U47 pages of other spaces follow, and say where they are": async visit => {
    const page = await visit.page("spaces/guide/index.html");
    assert.deepEqual((await ask(page, "lantern")).map(page => [page.title, page.above]), [["Guide", ""], ["Reference", "Reference book"], ["Laternen", "Handbuch"]]);
    const other = await visit.page("spaces/de/index.html");
    assert.deepEqual((await ask(other, "lantern")).map(page => page.title).at(0), "Laternen");
    assert.equal(await other.getAttribute(".finder-input", "placeholder"), "Suchbegriff", "in the language of the page");
    // A title elsewhere is worth more than a word here.
    assert.equal((await ask(page, "reference"))[0].title, "Reference");
    const front = await visit.page("spaces/index.html");
    assert.equal((await ask(front, "wicks"))[0].title, "Reference");
  },

  "U47 titles before headings before text": async visit => {
    const page = await visit.page("search/index.html");
    assert.deepEqual((await ask(page, "lighthouse")).map(page => page.title), ["Lighthouse", "Start"]);
    assert.equal((await ask(page, "light"))[0].title, "Lighthouse");
    const parts = { marmalade: "Plugins", chutney: "Plugins", quince: "Plugins", toaster: "Plugins" };
    for (const [word, title] of Object.entries(parts)) assert.deepEqual((await ask(page, word)).map(page => page.title), [title], word);
  },

  "U48 finds in every script, with errors, and parts of names": async visit => {
    const page = await visit.page("search/index.html");
    for (const [query, title, mark] of [
      ["段简", "一段文字", "段简"], ["简", "一段文字", "简"], ["知识库", "一段文字", "知识库"], ["dify平台", "一段文字", "Dify"],
      ["バイダ", "プロバイダー", "バイダ"], ["ﾌﾟﾛﾊﾞｲ", "プロバイダー", "プロバイ"], ["그인", "플러그인", "그인"], ["сервер", "Настройка сервера", "сервер"],
      ["ไทย", "ภาษาไทย", "ไทย"], ["เอกสาร", "ภาษาไทย", "เอกสาร"], ["تقطف", "الحصاد", "تُقطف"], ["الأوراق", "الحصاد", "الأوراق"], ["الاوراق", "الحصاد", "الأوراق"],
      ["елка", "Настройка сервера", "ёлка"], ["creme brulee", "Crème brûlée", "Crème"], ["NAIF", "Crème brûlée", "naïf"],
      ["confg", "Configuration", "Configuration"], ["cnofiguration", "Configuration", "Configuration"], ["lihgthuose", "Lighthouse", "Lighthouse"],
      ["credentials_for_provider", "Configuration", "credentials_for_provider"], ["credentials_for", "Configuration", "credentials_for"],
      ["provider", "Configuration", "provider"], ["max_tokens", "Configuration", "max_tokens"], ["tokens", "Configuration", "tokens"],
      ["userinfo getUser", "Configuration", "getUser"], ["1.5", "Configuration", "1.5"], ["plugin", "Plugins", "Plugin"], ["keeping keeper", "Lighthouse", "Keeper"],
    ]) {
      const found = await ask(page, query);
      assert.equal(found[0]?.title, title, query);
      const marks = [...found[0].marks, ...found[0].sections.flatMap(section => section.marks)];
      assert.ok(marks.includes(mark), `${query}: ${mark} of ${marks}`);
    }
  },

  "U48 finds a field of a table, and leads to it": async visit => {
    const page = await visit.page("book/index.html");
    // In its own words or in a reader's: fields that are called `version` alone come after it.
    for (const query of ["minimum version", "minimum_dify_version"]) {
      const [manifest] = await ask(page, query);
      assert.equal(manifest.title, "Manifest");
      assert.match(manifest.sections[0].heading, /minimum_dify_version$/);
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dt:target mark.found");
  },

  "U48 our own book is found in Chinese, by two characters": async visit => {
    const page = await visit.page("book/zh/index.html");
    for (const query of ["凭据", "端点", "反向", "守护", "签名", "据表"]) {
      const found = await ask(page, query);
      const marks = found.flatMap(page => [page, ...page.sections]).flatMap(hit => hit.marks);
      assert.ok(marks.includes(query), `${query}: ${marks}`);
    }
    assert.equal((await ask(page, "端点"))[0].title, "端点");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/zh\/schema-definition\/endpoint\.html/);
  },

  "U49 the page shows what was searched": async visit => {
    const page = await visit.page("search/index.html");
    await ask(page, "barley straw");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("mark.found");
    assert.equal(new URL(page.url()).hash, "#barley");
    assert.deepEqual([...new Set(await page.locator("mark.found").allTextContents())], ["Barley", "barley", "straw"]);
    await page.waitForFunction(() => !location.search, null, { timeout: 2000 });
    const before = await page.textContent("article.content");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("mark.found").count(), 0);
    assert.equal(await page.textContent("article.content"), before);
  },

  "U50 works from a folder": async visit => {
    const page = await visit.page("search/guide/plugins.html", { from: "file" });
    assert.equal((await ask(page, "confg"))[0].title, "Configuration");
    assert.equal((await ask(page, "段简"))[0].title, "一段文字");
    await page.keyboard.press("Enter");
    await page.waitForURL(/^file:.*chinese\.html/);
    await page.waitForSelector("mark.found");
  },

  "U50 without script there is a list of all pages": async visit => {
    const page = await visit.page("search/guide/plugins.html", { script: false });
    await page.click(".search-open");
    await page.waitForURL(/search\/search\.html$/);
    const links = await page.locator("article.content a").allTextContents();
    assert.ok(links.includes("Lighthouse") && links.includes("Keepers") && links.includes("一段文字"), `${links}`);
    assert.ok(!links.includes("Hidden") && !links.includes("Not for search"), `${links}`);
    await page.click("article.content a:text-is('Keepers')");
    await page.waitForURL(/guide\/lighthouse\.html#keepers$/);
  },

  "U51 keeps five searches, here only, and forgets them": async visit => {
    const page = await visit.page("search/index.html");
    for (const query of ["lighthouse", "harvest", "plugin", "configuration", "chutney", "harvest", "quince"]) {
      await ask(page, query);
      await page.keyboard.press("Enter");
      await page.waitForSelector("mark.found");
    }
    await page.keyboard.press("/");
    await opened(page);
    const recent = () => page.locator(".hit.recent").allTextContents();
    assert.deepEqual(await recent(), ["quince", "harvest", "chutney", "configuration", "plugin"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue(".finder-input"), "quince");
    await page.fill(".finder-input", "");
    await page.click(".finder-clear");
    assert.deepEqual(await recent(), []);
    assert.equal(await page.evaluate(() => localStorage.getItem("proofpress-search")), null);
    assert.deepEqual((await page.context().cookies()), []);
  },

  "pages that are hidden or not for search are not found": async visit => {
    const page = await visit.page("search/index.html");
    for (const query of ["rhubarb", "hidden"]) assert.deepEqual((await ask(page, query)).map(page => page.title), [], query);
  },

  "an index that was built anew is read anew": async visit => {
    const page = await visit.page("search/index.html");
    // The first copy of a piece is from another build than the table.
    let stale = 0;
    await page.route("**/search/t0.js*", async route => {
      const response = await route.fetch(), body = await response.text();
      await route.fulfill({ response, body: stale++ ? body : body.replace(/"t0","[^"]*"/, '"t0","old"') });
    });
    await page.keyboard.press("/");
    await opened(page);
    await page.locator(".finder-input").fill("lighthouse");
    await page.waitForSelector("#_found [role=option]");
    assert.equal(stale, 2);
  },

  "U80 the dialog has no fault that axe knows": async visit => {
    const page = await visit.page("search/index.html");
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [390, 1280]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        for (const query of ["", "harvest", "confg", "hxrvxszt"]) {
          await ask(page, query);
          await axe(page, `${colorScheme} ${width} ${query}`, "dialog");
        }
      }
    }
  },
};
