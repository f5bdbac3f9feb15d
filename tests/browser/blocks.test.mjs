// Stepper, columns, cards, updates, API reference, notes, tables: what they are to a reader.
import assert from "node:assert/strict";

export const tests = {
  "steps are a numbered list, and its numbers are seen": async visit => {
    const page = await visit.page("parts/layout.html");
    const steps = page.locator("ol.stepper > li.step");
    assert.deepEqual(await steps.locator("h3").evaluateAll(all => all.map(heading => heading.firstChild.textContent)), ["Write", "Check", "Build"]);
    assert.deepEqual(await steps.evaluateAll(all => all.map(step => getComputedStyle(step, "::before").content)), Array(3).fill("counter(step)"));
  },

  "columns stand side by side, and below each other where there is no room": async visit => {
    const page = await visit.page("parts/layout.html");
    const boxes = () => page.locator(".column").evaluateAll(all => all.map(column => column.getBoundingClientRect()).map(({ x, y, width }) => ({ x, y, width })));
    const [first, second] = await boxes();
    assert.equal(first.y, second.y);
    assert.ok(Math.abs((first.width + 24) / (first.width + second.width + 48) - 1 / 3) < 0.01, `${first.width} beside ${second.width}`);
    await page.setViewportSize({ width: 390, height: 844 });
    const [above, below] = await boxes();
    assert.ok(above.x === below.x && above.y < below.y);
  },

  "the whole card leads where its title does, and links in it lead elsewhere": async visit => {
    const page = await visit.page("parts/layout.html");
    const cards = page.locator(".cards > .card");
    assert.equal(await cards.count(), 3);
    assert.equal(await cards.nth(0).getByRole("link").count(), 1);
    await cards.nth(1).getByRole("link", { name: "second page" }).click();
    await page.waitForURL(/more-tabs\.html$/);
    await page.goBack();
    const box = await cards.nth(0).boundingBox();
    await page.mouse.click(box.x + box.width - 8, box.y + box.height - 8);
    await page.waitForURL(/code\.html$/);
    await page.goBack();
    assert.equal(await cards.nth(2).getByRole("link").count(), 0);
  },

  "updates are dated, and feed readers find them": async visit => {
    const page = await visit.page("parts/layout.html");
    assert.deepEqual(await page.locator(".update time").evaluateAll(all => all.map(time => time.dateTime)), ["2027-02-01", "2027-01-01"]);
    const feed = await page.locator("link[type='application/atom+xml']").first().getAttribute("href");
    const answer = await page.request.get(new URL(feed, page.url()).href);
    assert.match(await answer.text(), /<title>Second edition<\/title>/);
  },

  "an operation of an API says its method, its path, and its parameters": async visit => {
    const page = await visit.page("parts/layout.html");
    const api = page.locator(".api").first();
    assert.match(await api.locator(".method").textContent(), /get/i);
    assert.match(await api.locator(".api-path").textContent(), /\/sheets\/:id$/);
    const term = api.locator("dl.api-params > dt").first();
    assert.match(await term.textContent(), /id.*integer.*required/is);
    const other = await visit.page("book/using-proofpress/blocks/openapi.html");
    assert.ok((await other.locator(".api").count()) >= 1);
    const answer = other.locator(".api-response").first(), was = await answer.evaluate(part => part.open);
    await answer.locator("> summary").press("Enter");
    assert.equal(await answer.evaluate(part => part.open), !was, "answers open and close with the keyboard");
  },

  "a note opens beside its word, closes by Esc, and the focus returns": async visit => {
    const page = await visit.page("book/using-proofpress/blocks/text.html");
    const word = page.locator(".annotation").first();
    await word.focus();
    await page.keyboard.press("Enter");
    const note = page.locator(".annotation-body:popover-open");
    await note.waitFor();
    const [at, there] = [await word.boundingBox(), await note.boundingBox()];
    assert.ok(Math.abs(there.y - at.y) < 400 && there.x >= 0 && there.x + there.width <= 1280, JSON.stringify([at, there]));
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
    assert.ok(await word.evaluate(part => part === document.activeElement));
    const plain = await visit.page("book/using-proofpress/blocks/text.html", { script: false });
    await plain.locator(".annotation").first().click();
    await plain.locator(".annotation-body:popover-open").waitFor();
  },

  "U09 a wide table is moved by itself, with the keyboard too": async visit => {
    const page = await visit.page("parts/layout.html", { viewport: { width: 390, height: 844 } });
    const region = page.locator(".table").last();
    assert.deepEqual([await region.getAttribute("role"), await region.getAttribute("tabindex")], ["region", "0"]);
    assert.ok((await region.getAttribute("aria-label"))?.length > 0 || (await region.getAttribute("aria-labelledby"))?.length > 0);
    await region.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  },
};
