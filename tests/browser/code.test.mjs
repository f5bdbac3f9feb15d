// Code: its frame, what is copied, marks, folding.
import assert from "node:assert/strict";
import { axe, THEMES, still } from "./help.mjs";

const grant = () => ({ permissions: ["clipboard-read", "clipboard-write"] });
/** The code below a heading, the `index`th of its section. */
const block = (page, id, index = 0) => page.locator(`#${id} ~ .code`).nth(index);
const clipboard = page => page.evaluate(() => navigator.clipboard.readText());

/** Presses the button of a block; gives what is then in the clipboard. */
async function copied(page, code) {
  await code.hover();
  await code.locator(".copy").click();
  await code.locator(".copy.done").waitFor();
  return clipboard(page);
}

export const tests = {
  "U60 a block has a title, a language and a button": async visit => {
    const page = await visit.page("parts/code.html");
    assert.equal(await block(page, "numbered").locator("figcaption").textContent(), "press/start.py");
    const label = await block(page, "numbered").evaluate(figure => getComputedStyle(figure, "::before").content);
    assert.match(label, /python/);
    // Whoever comes with the keyboard reads what the button does; hovering shows it, and a finger needs no hovering.
    const button = block(page, "plain").locator(".copy");
    assert.equal(await button.textContent(), "Copy");
    for (const options of [{}, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }]) {
      const other = await visit.page("parts/code.html", options), copy = block(other, "plain").locator(".copy");
      await copy.scrollIntoViewIfNeeded();
      assert.equal(await copy.evaluate(part => part.checkVisibility({ opacityProperty: true, visibilityProperty: true })), true);
      if (options.hasTouch) assert.ok((await copy.boundingBox()).height >= 44 && (await copy.boundingBox()).width >= 44, "large enough for a thumb");
    }
    await button.focus();
    assert.ok(await button.locator("span:not(.icon)").evaluate(text => parseFloat(getComputedStyle(text).fontSize) >= 12), "the word is read");
  },

  "U60 the button says that it has copied, for two seconds": async visit => {
    const page = await visit.page("parts/code.html", grant());
    const button = block(page, "plain").locator(".copy"), said = page.locator("[role=status]");
    await still(page);
    await copied(page, block(page, "plain"));
    assert.deepEqual([await button.textContent(), await said.last().textContent()], ["Copied", "Copied"]);
    await page.clock.runFor(1900);
    assert.equal(await button.textContent(), "Copied");
    await page.clock.runFor(200);
    assert.equal(await button.textContent(), "Copy");
  },

  "U61 what is copied is the source": async visit => {
    const page = await visit.page("parts/code.html", grant());
    const expected = {
      plain: "press: Heidelberg # made in 1914\nsheets: 500\ntags: [\"a\", 'b', <c>]\n\nnote: |\n    four blanks\tand a tab\n",
      numbered: "def start(sheets: int) -> bool:\n    \"\"\"Prints the sheets.\"\"\"\n    return sheets > 0\n",
      marked: "const paper = \"A4\";\nconst paper = \"A3\";\nprint(paper);\n",
      expandable: Array.from({ length: 30 }, (_, at) => `step_${at + 1} = ${at + 1}\n`).join(""),
      wide: `${"a line that is wider than any column ".repeat(8)}\n`,
    };
    for (const [id, text] of Object.entries(expected)) assert.equal(await copied(page, block(page, id)), text, id);
  },

  "U61 of a session the commands are copied, without prompts and output": async visit => {
    const page = await visit.page("parts/code.html", grant());
    assert.equal(await copied(page, block(page, "console")), "proofpress check .\n\nproofpress build \\\n    --strict\ncat <<'END' > note.txt\ntwo lines\nEND\n");
    assert.equal(await copied(page, block(page, "copied-prompt")), "cargo build\ncargo test\n", "of a script only the prompt goes");
    assert.equal(await copied(page, block(page, "python-session")), "for sheet in range(2):\n    print(sheet)\n\nlen(\"proof\")\n");
    // A reader who selects by hand gets no prompts either.
    const selected = await block(page, "copied-prompt").locator("code").evaluate(code => {
      getSelection().selectAllChildren(code);
      return getSelection().toString();
    });
    assert.ok(!selected.includes("$"), selected);
  },

  "U62 colours cost at most three times the text, and one copy serves both themes": async visit => {
    let text = 0, html = 0;
    for (const path of (await visit.pages("book")).filter(path => !/print|404|search/.test(path))) {
      const source = await visit.source(path);
      assert.ok(!/<pre[^>]*>[^]*?<[^>]* style=[^]*?<\/pre>/.test(source), path);
      for (const [, code] of source.matchAll(/<pre[^>]*><code[^>]*>([^]*?)<\/code>/g)) {
        const words = code.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "_");
        // Lines of a key and a number (`enabled: true`) are mostly elements, and cost a little more than the rest.
        if (words.length > 200) assert.ok(code.length - words.length <= 3.2 * words.length, `${path}: ${code.length} for ${words.length}\n${words}`);
        text += words.length;
        html += code.length;
      }
    }
    assert.ok(text > 10_000 && html - text <= 2 * text, `${html} for ${text}`);
  },

  "U62 U06 every colour of code can be read on its ground, in both themes": async visit => {
    for (const colorScheme of THEMES) {
      const page = await visit.page("parts/code.html", { colorScheme });
      const ratios = await page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        const paint = colours => {
          canvas.clearRect(0, 0, 1, 1);
          for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const light = ([r, g, b]) => [r, g, b].map(part => part / 255).map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
        const code = document.querySelector(".code code"), base = getComputedStyle(code.closest(".code")).backgroundColor, found = [];
        for (const line of ["", "hl", "add", "del"]) {
          const row = document.createElement("span");
          row.className = `line ${line}`;
          for (const kind of "cksnftvoqugdame") row.append(Object.assign(document.createElement("i"), { className: kind, textContent: kind }));
          code.append(row);
          for (const part of row.children) {
            const ground = light(paint([base, getComputedStyle(row).backgroundColor])), ink = light(paint([getComputedStyle(part).color]));
            found.push([`${line} ${part.className}`, (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05)]);
          }
        }
        return found;
      });
      assert.equal(ratios.length, 60);
      for (const [name, ratio] of ratios) assert.ok(ratio >= 4.5, `${colorScheme}: ${name} has ${ratio.toFixed(2)}`);
    }
  },

  "U63 numbers are drawn, and marks differ by more than colour": async visit => {
    const page = await visit.page("parts/code.html");
    const numbers = await block(page, "numbered").locator(".line").evaluateAll(lines => lines.map(line => getComputedStyle(line, "::before").content));
    assert.deepEqual(numbers, Array(3).fill("counter(line)"));
    assert.ok(!(await block(page, "numbered").locator("code").textContent()).includes("1"));
    const marks = await block(page, "marked").locator(".line").evaluateAll(lines => lines.map(line => [getComputedStyle(line, "::after").content.split('"')[1], getComputedStyle(line).borderInlineStartWidth, getComputedStyle(line).borderInlineStartColor]));
    assert.deepEqual(marks.map(([sign]) => sign), ["−", "+", undefined]);
    assert.ok(marks.every(([, width, colour]) => width === "3px" && !/^rgba.*, 0\)$/.test(colour)), `${marks}`);
  },

  "U63 code that is wider than its column is moved with the keyboard": async visit => {
    const page = await visit.page("parts/code.html", { viewport: { width: 390, height: 844 } });
    const pre = block(page, "wide").locator("pre");
    await pre.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
    assert.equal(await block(page, "wide", 1).locator("pre").evaluate(pre => pre.scrollWidth - pre.clientWidth), 0, "or it wraps, when asked to");
  },

  "U63 only code that can be moved is a stop for the keyboard": async visit => {
    const page = await visit.page("parts/code.html", { viewport: { width: 390, height: 844 } });
    const stops = () => page.waitForFunction(() => [...document.querySelectorAll(".code pre")].filter(pre => pre.checkVisibility()).every(pre => pre.tabIndex === (pre.scrollWidth > pre.clientWidth ? 0 : -1)));
    await stops();
    assert.equal(await block(page, "wide").locator("pre").evaluate(pre => pre.tabIndex), 0);
    await page.setViewportSize({ width: 1900, height: 844 });
    await stops();
    assert.equal(await block(page, "plain").locator("pre").evaluate(pre => pre.tabIndex), -1);
  },

  "U64 a long listing is folded, and find-in-page finds what is": async visit => {
    const page = await visit.page("parts/code.html");
    const long = block(page, "expandable"), more = long.locator(".more"), rest = long.locator(".rest");
    assert.deepEqual([await more.getAttribute("aria-expanded"), await rest.getAttribute("hidden")], ["false", "until-found"]);
    const shown = await long.locator("code").evaluate(code => [...code.childNodes].filter(part => !part.matches?.(".rest")).map(part => part.textContent).join(""));
    assert.equal(shown.split("\n").length - 1, 10);
    const lines = () => long.locator("pre").evaluate(pre => Math.round((pre.clientHeight - 18) / parseFloat(getComputedStyle(pre).lineHeight)));
    assert.equal(await lines(), 10);
    await more.click();
    assert.deepEqual([await more.getAttribute("aria-expanded"), await rest.getAttribute("hidden"), await lines()], ["true", null, 30]);
    await more.press("Enter");
    assert.equal(await lines(), 10);
    // What Chromium's own search does to a part that it finds.
    const hidden = block(page, "expandable", 1);
    await page.goto(visit.url("parts/code.html#:~:text=marzipan"));
    await page.locator(".code.open").waitFor();
    assert.equal(await hidden.locator(".more").getAttribute("aria-expanded"), "true");
    assert.equal(await block(page, "expandable", 2).locator(".more").count(), 0, "a short one has nothing to unfold");
  },

  "U64 without script a long listing is whole": async visit => {
    const page = await visit.page("parts/code.html", { script: false });
    assert.ok(await page.getByText("step_30 = 30").isVisible());
  },

  "U80 the page of code has no fault that axe knows": async visit => {
    for (const colorScheme of THEMES) {
      for (const width of [390, 1280]) await axe(await visit.page("parts/code.html", { colorScheme, viewport: { width, height: 800 } }), `${colorScheme} ${width}`);
    }
  },
};
