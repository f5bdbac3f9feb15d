// Tabs: a pattern for the keyboard, a choice that holds everywhere and stays, addresses that lead into what is hidden.
import assert from "node:assert/strict";

const shown = page => page.locator(".tabs").evaluateAll(sets => sets.map(set => [...set.querySelectorAll(":scope > .tab")].filter(tab => !tab.hidden && tab.checkVisibility()).map(tab => tab.dataset.key).join()));
const tab = (page, name, set = 0) => page.locator(".tab-list").nth(set).getByRole("tab", { name, exact: true });

export const tests = {
  "U65 is a list of tabs that arrows move in": async visit => {
    const page = await visit.page("parts/tabs.html");
    const list = page.getByRole("tablist").first();
    assert.deepEqual(await list.getByRole("tab").allTextContents(), ["Linux", "macOS", "Windows"]);
    for (const one of await list.getByRole("tab").all()) {
      const panel = page.locator(`[id="${await one.getAttribute("aria-controls")}"]`);
      assert.deepEqual([await panel.getAttribute("role"), await panel.getAttribute("aria-labelledby")], ["tabpanel", await one.getAttribute("id")]);
    }
    await tab(page, "Linux").focus();
    for (const [key, name] of [["ArrowRight", "macOS"], ["End", "Windows"], ["ArrowRight", "Linux"], ["ArrowLeft", "Windows"], ["Home", "Linux"]]) {
      await page.keyboard.press(key);
      const state = await page.evaluate(() => [document.activeElement.textContent, document.activeElement.getAttribute("aria-selected"), document.querySelectorAll(".tab-list:first-child [tabindex='0'][role=tab]").length]);
      assert.deepEqual(state.slice(0, 2), [name, "true"], key);
    }
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "tabpanel", "one stop for the list, then what is shown");
  },

  "U65 arrows follow the direction of the text": async visit => {
    const page = await visit.page("scripts/ar/brewing.html");
    await page.getByRole("tab").first().focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "كوب");
  },

  "U65 a title that is chosen is chosen everywhere, and stays": async visit => {
    const page = await visit.page("parts/tabs.html");
    assert.deepEqual(await shown(page), ["linux", "windows", "yaml"]);
    await tab(page, "Windows").click();
    await tab(page, "JSON", 2).click();
    assert.deepEqual(await shown(page), ["windows", "windows", "json"]);
    await page.setViewportSize({ width: 1280, height: 300 });
    const top = () => tab(page, "Linux", 1).evaluate(part => part.getBoundingClientRect().top);
    await tab(page, "Linux", 1).evaluate(part => part.scrollIntoView({ block: "center" }));
    const before = await top();
    await tab(page, "Linux", 1).click();
    assert.deepEqual(await shown(page), ["linux", "linux", "json"]);
    assert.ok(Math.abs(await top() - before) < 1, "what was pressed stays where it is");
    await tab(page, "Windows").click();
    await page.reload();
    assert.deepEqual(await shown(page), ["windows", "windows", "json"]);
    const other = await visit.page("parts/more-tabs.html");
    assert.deepEqual(await shown(other), ["windows"]);
  },

  "U65 nothing else is shown before, and nothing moves": async visit => {
    const page = await visit.page("parts/tabs.html");
    await tab(page, "Windows").click();
    // What the script adds comes late: what is seen until then is what is seen afterwards.
    await page.addInitScript(() => {
      const ready = new Promise(done => { window.go = done; }), add = document.addEventListener;
      document.addEventListener = (type, handler, ...rest) => add.call(document, type, type === "DOMContentLoaded" ? event => ready.then(() => handler(event)) : handler, ...rest);
      window.shifts = [];
      new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => entry.value))).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(visit.url("parts/more-tabs.html"), { waitUntil: "commit" });
    await page.getByText("Text below the tabs.").waitFor();
    assert.deepEqual(await shown(page), ["windows"]);
    await page.waitForTimeout(200);
    const top = () => page.getByText("Text below the tabs.").evaluate(part => part.getBoundingClientRect().top);
    const before = await top();
    await page.evaluate(() => window.go());
    await page.locator(".tab-list").waitFor();
    await page.waitForTimeout(200);
    assert.deepEqual(await shown(page), ["windows"]);
    assert.equal(await top(), before);
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
  },

  "U65 without script all panels are shown with their titles": async visit => {
    const page = await visit.page("parts/tabs.html", { script: false });
    assert.deepEqual((await shown(page))[0], "linux,macos,windows");
    assert.deepEqual(await page.locator(".tabs").first().locator(".tab-title").allTextContents(), ["Linux", "macOS", "Windows"]);
    assert.ok(await page.getByText("Install with brew.").isVisible());
    assert.equal(await page.getByRole("tab").count(), 0);
  },

  "U65 U30 an address leads into a hidden tab and a closed expandable": async visit => {
    for (const from of ["host", "file"]) {
      const page = await visit.page("parts/tabs.html#deep-inside", { from });
      const heading = page.locator("#deep-inside");
      await heading.waitFor();
      await page.waitForFunction(() => { const top = document.getElementById("deep-inside").getBoundingClientRect().top; return top >= 60 && top < innerHeight; });
      assert.equal((await shown(page))[0], "windows");
      await tab(page, "Linux").click();
      assert.equal(await heading.isVisible(), false);
      await page.getByRole("link", { name: "To what is hidden" }).click();
      await heading.waitFor();
    }
  },

  "U65 find-in-page finds what a tab hides": async visit => {
    const page = await visit.page("parts/tabs.html");
    await page.goto(visit.url("parts/more-tabs.html#:~:text=Update%20with%20winget"));
    await page.getByText("Update with winget").waitFor();
    assert.deepEqual(await shown(page), ["windows"]);
  },
};
