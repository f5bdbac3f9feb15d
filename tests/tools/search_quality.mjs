// In: the folder of a built site. Out: how often its search shows the right page among the first three results.
//
//   npm ci --prefix tests/browser
//   node tests/tools/search_quality.mjs SITE [--queries 200] [--seed 1] [--from space|front] [--misses]
//
// The questions are made from the pages that a reader sees, in a browser, and never from the index: titles, headings,
// words of the text, two words, two neighbours, words with a typing error, and two characters of Chinese or Japanese.
// Each has its answer: the pages of the space where alone it stands so. They are typed into the search dialog on a page
// of that space or, `--from front`, on the first page of the site; then the answer is the only one of the whole site.
// `--misses` lists what was not found.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { parseArgs } from "node:util";

const require = createRequire(new URL("../browser/", import.meta.url));
const { chromium } = require("playwright-core");
const { values: options, positionals: [site] } = parseArgs({
  allowPositionals: true,
  options: {
    queries: { type: "string", default: "200" }, seed: { type: "string", default: "1" },
    from: { type: "string", default: "space" }, misses: { type: "boolean", default: false },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
});
if (!site) throw new Error("which site? give the folder of a built one");

/** The same questions for the same seed. */
let state = Number(options.seed) * 2654435769 >>> 0;
const random = below => {
  state = state + 0x6d2b79f5 >>> 0;
  let mixed = Math.imul(state ^ state >>> 15, state | 1);
  mixed = mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61) ^ mixed;
  return Math.floor(((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32 * below);
};
const pick = list => list[random(list.length)];

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(/\/$/, "/index.html");
  const body = await readFile(join(site, path)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { "Content-Type": `${TYPES[extname(path)] ?? "application/octet-stream"}; charset=utf-8` });
  response.end(body);
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const host = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: options.browser });
const tab = await browser.newPage();

/** What a reader sees of the pages that can be found. */
async function read() {
  const names = (await readdir(site, { recursive: true })).map(name => relative("", name).split(sep).join("/"));
  const paths = names.filter(name => name.endsWith(".html") && !/(^|\/)(404|search|print)\.html$/.test(name)).sort();
  await tab.goto(host);
  return tab.evaluate(async ({ paths, host }) => {
    const pages = [];
    for (const path of paths) {
      const text = await (await fetch(host + path.split("/").map(encodeURIComponent).join("/"))).text();
      const page = new DOMParser().parseFromString(text, "text/html");
      const article = page.querySelector("article.content"), open = page.querySelector(".search-open");
      if (!article || !open || page.querySelector("meta[http-equiv=refresh], meta[name=robots][content*=noindex]")) continue;
      page.querySelectorAll(".anchor, .unseen, script, style, button, annotation, .page-foot").forEach(one => one.remove());
      // Texts of blocks that stand side by side are not one word.
      page.querySelectorAll("p, li, td, th, dt, dd, div, h1, h2, h3, h4, h5, h6, pre, br, summary, figcaption, section, aside, blockquote").forEach(one => one.append("\n"));
      const tidy = text => text.replace(/[^\S\n]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
      const say = one => tidy(one.textContent).replaceAll("\n", " ");
      const title = say(page.querySelector("h1") ?? article), headings = [...article.querySelectorAll(":is(h2, h3, h4)[id]")].map(say).filter(Boolean);
      pages.push({ path, space: new URL(open.getAttribute("href"), host + path).pathname.replace(/[^/]*$/, ""), title, headings, text: tidy(article.textContent) });
    }
    return pages;
  }, { paths, host });
}

const small = text => text.toLowerCase().normalize("NFC");
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const HAN = /[\u3041-\u30ff\u4e00-\u9fff]{2,}/gu;
const isWord = word => /^\p{L}{4,20}$/u.test(word) && !/[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(word);
/** Where each of the things that `of` finds on a page stands: thing -> places in `pages`. */
const places = (pages, of) => {
  const found = new Map();
  pages.forEach((page, at) => new Set(of(page)).forEach(one => found.set(one, [...(found.get(one) ?? []), at])));
  return found;
};

/** Questions of every type about the pages of a space, as `type -> () => [query, places of the answer]`. */
function asker(pages) {
  const all = pages.map(page => small(`${page.title}\n${page.headings.join("\n")}\n${page.text}`));
  const words = text => small(text).match(WORD) ?? [];
  const every = places(pages, page => words(`${page.title} ${page.headings.join(" ")} ${page.text}`));
  const bodies = places(pages, page => words(page.text).filter(isWord));
  const rare = [...bodies].filter(([word]) => every.get(word).length === 1);
  const titles = [...places(pages, page => [small(page.title)])].filter(([title, at]) => title && at.length === 1);
  const headings = [...places(pages, page => page.headings.map(small))].filter(([, at]) => at.length === 1);
  const inTitles = [...places(pages, page => words(page.title).filter(isWord))].filter(([, at]) => at.length === 1);
  const pairs = places(pages, page => page.text.split(/[^\p{L}\p{M}\p{N}_ ]/u).flatMap(part => {
    const list = words(part);
    return list.slice(1).flatMap((word, at) => isWord(word) && isWord(list[at]) ? [`${list[at]} ${word}`] : []);
  }));
  const neighbours = [...pairs].filter(([, at]) => at.length === 1);
  const characters = [...places(pages, page => (`${page.title}\n${page.text}`.match(HAN) ?? []).flatMap(run => [...run].slice(1).map((c, at) => run[at] + c)))]
    .filter(([, at]) => at.length <= 3);
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const mistype = word => {
    const at = 1 + random(word.length - 2), other = pick(letters);
    return pick([
      word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2), word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + other + word.slice(at), word.slice(0, at) + other + word.slice(at + 1),
    ]);
  };
  const one = list => list.length ? pick(list) : undefined;
  return {
    title: () => one(titles),
    heading: () => one(headings),
    word: () => one(rare),
    // Two words that only one page has both of, though each may stand on many.
    pair: () => {
      const at = random(pages.length), mine = [...new Set(words(pages[at].text).filter(isWord))];
      if (mine.length < 2) return;
      const [first, second] = [pick(mine), pick(mine)];
      const both = all.flatMap((text, at) => text.includes(first) && text.includes(second) ? [at] : []);
      return first !== second && both.length === 1 ? [`${first} ${second}`, both] : undefined;
    },
    neighbours: () => one(neighbours),
    typo: () => {
      const found = random(2) ? one(inTitles) : one(rare);
      if (!found || !/^[a-z]{5,}$/.test(found[0])) return;
      const wrong = mistype(found[0]);
      return every.has(wrong) || wrong === found[0] ? undefined : [wrong, found[1]];
    },
    characters: () => one(characters),
  };
}

/** Types into the dialog; gives the pages that it shows, in their order. */
async function ask(query) {
  return tab.evaluate(async query => {
    const input = document.querySelector(".finder-input"), list = document.querySelector("#_found");
    const wait = () => new Promise(done => setTimeout(done, 4));
    const started = performance.now();
    input.value = query;
    input.dispatchEvent(new Event("input"));
    while (list.dataset.query !== query || (list.childElementCount && !document.querySelector(".finder-tally").textContent.includes(query))) {
      if (performance.now() - started > 20_000) throw new Error(`no answer to ${query}`);
      await wait();
    }
    return [...list.querySelectorAll(".hit.page")].map(hit => decodeURIComponent(new URL(hit.href).pathname.slice(1)));
  }, query);
}

async function open(path) {
  await tab.goto(host + path);
  await tab.keyboard.press("/");
  await tab.waitForSelector("dialog.finder[open]");
}

const pages = await read();
const front = options.from === "front";
const spaces = front ? [pages] : [...new Set(pages.map(page => page.space))].map(space => pages.filter(page => page.space === space));
const count = Number(options.queries), asked = new Map();
const askers = spaces.map(asker);
const kinds = ["title", "heading", "word", "pair", "neighbours", "typo", "characters"];
for (let tries = 0; asked.size < count && tries < count * 60; tries++) {
  // Spaces by their size, so that every page is as likely to be asked for.
  let at = random(pages.length), space = 0;
  while (at >= spaces[space].length) at -= spaces[space++].length;
  const kind = kinds[tries % kinds.length], question = askers[space][kind]();
  if (question) asked.set(`${space} ${question[0]}`, { kind, space, query: question[0], right: question[1].map(at => spaces[space][at].path) });
}
const results = Object.fromEntries(kinds.map(kind => [kind, { asked: 0, right: 0, first: 0 }])), misses = [];
let where;
for (const { kind, space, query, right } of [...asked.values()].sort((a, b) => a.space - b.space)) {
  const from = front ? "index.html" : spaces[space][0].path;
  if (where !== from) await open(where = from);
  const found = await ask(query), at = found.findIndex(path => right.includes(path));
  results[kind].asked++;
  if (at === 0) results[kind].first++;
  if (at >= 0 && at < 3) results[kind].right++; else misses.push(`${kind}: ${query} -> ${right[0]}${at > 0 ? `, is number ${at + 1}` : ""}; found ${found.slice(0, 3).join(", ") || "nothing"}`);
}
const share = (part, all) => `${(100 * part / all).toFixed(1)} %`.padStart(8);
const total = Object.values(results).reduce((sum, one) => ({ asked: sum.asked + one.asked, right: sum.right + one.right, first: sum.first + one.first }));
console.log(`${site}: ${pages.length} pages in ${new Set(pages.map(page => page.space)).size} spaces, asked from the ${front ? "first page" : "space of the answer"}, seed ${options.seed}`);
for (const [kind, one] of [...Object.entries(results), ["all", total]]) {
  if (one.asked) console.log(`  ${kind.padEnd(11)} ${String(one.asked).padStart(4)} asked  first three ${share(one.right, one.asked)}  first ${share(one.first, one.asked)}`);
}
if (options.misses) misses.forEach(miss => console.log(`  ${miss}`));
await browser.close();
server.close();
