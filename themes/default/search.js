/* In: the pieces of the index that Proofpress wrote beside this file. Out: the search dialog, and marks on the page that it led to. Keeps proofpress-search (local). */
window.proofpressSearch ??= (() => {
  "use strict";
  const PAGES = 12, SECTIONS = 3, RECENT = 5, WIDTH = 156;
  /* What a word says by where it stands: text (three), headings (four lengths), titles (four lengths). */
  const WEIGHT = [1, 1.5, 2.1, 3.5, 4.5, 6, 9, 6.5, 8, 10.5, 15];
  /* Factors: all words in one section, the words side by side, a page of another space, and in another language. */
  const TOGETHER = 1.4, SAID = 1.8, ELSEWHERE = .5, FOREIGN = .1, TITLED = .6;
  /* Pieces of text that are read to see whether words stand side by side, and of words before the first result is shown. */
  const READ = 20, BEFORE = 2;
  const root = document.documentElement.dataset.root;
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const key in attributes) if (attributes[key] != null) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  };

  // Words, as src/search/words.rs makes them.
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u303b\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u318f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  const RUNS = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}\\p{M}_]|(?<=\\d)\\.(?=\\d))+`, "gu");
  const isUnspaced = new RegExp(`^[${UNSPACED}]`, "u"), isLetter = /[\p{Alphabetic}\p{N}\p{M}]/u;
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };
  const fold = text => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g, "").replace(/[ßæœøłđıς]/g, c => LETTERS[c]).toLowerCase().normalize("NFC");
  const wordsOf = query => {
    const found = [];
    for (const [run] of query.matchAll(RUNS)) {
      const folded = fold(run), letters = [...folded];
      if (!isUnspaced.test(run)) {
        const word = folded.replace(/^_+|_+$/g, "");
        if (word) found.push({ text: [...word].slice(0, 40).join(""), needle: word });
      } else if (letters.length === 1) found.push({ text: folded, needle: folded });
      else for (let at = 1; at < letters.length; at++) found.push({ text: letters[at - 1] + letters[at], needle: folded, pair: true });
    }
    return found.filter((word, at) => found.findIndex(other => other.text === word.text) === at).slice(0, 24);
  };

  // Pieces of the index: loaded by script elements, because nothing else can load a file beside a page opened from a folder.
  let table, folder, renewing, renewed;
  const arrived = new Map(), waiting = new Map();
  /* What a character says in a number: up to 51 ends it, 52 and more go on. */
  const DIGITS = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-./;=>?@[]^_{|}~"].forEach((c, at) => { DIGITS[c.charCodeAt()] = at; });
  const number = text => {
    const all = [];
    let value = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = DIGITS[text.charCodeAt(at)];
      if (digit > 51) value = value * 26 + digit - 51;
      else { all.push(value * 52 + digit); value = 0; }
    }
    return all;
  };
  const unpack = text => {
    let before = "";
    return text.split(" ").map(entry => before = before.slice(0, number(entry[0])[0]) + entry.slice(1));
  };
  const sums = total => lengths => { for (const length of lengths) { total.push(total.at(-1) + length); } return total; };
  const above = (list, value, from = 0, to = list.length) => {
    while (from < to) { const middle = (from + to) >> 1; if (list[middle] <= value) from = middle + 1; else to = middle; }
    return from;
  };
  const place = (borders, word) => Math.max(0, above(borders, word) - 1);
  const sum = name => table.sums[name[0]].substr(3 * name.slice(1), 3);
  const load = src => new Promise((resolve, reject) => {
    const script = make("script", { src });
    script.onload = resolve;
    script.onerror = () => reject(new Error(src));
    document.head.append(script);
  });
  const piece = name => {
    if (!arrived.has(name)) {
      const loaded = load(`${folder}/${name}.js?${sum(name)}`).then(() => {
        const value = waiting.get(name);
        if (value === undefined) throw new Error(name);
        waiting.delete(name);
        return name[0] === "t" ? { words: unpack(value[0]), places: value[1].split(" "), read: new Map() } : name[0] === "b" ? unpack(value) : value;
      });
      loaded.catch(() => arrived.delete(name));
      arrived.set(name, loaded);
    }
    return arrived.get(name);
  };
  const receive = (name, check, value) => {
    if (name) {
      // The browser had an old copy of the table: the site was built again meanwhile.
      if (check !== sum(name) && !renewed) {
        renewed = true;
        renewing = load(`${folder}.js?${check}`).then(() => { renewing = undefined; arrived.clear(); search(); });
      } else waiting.set(name, value);
      return;
    }
    folder = document.currentScript.src.replace(/\.js(\?.*)?$/, "");
    value.t = value.t[document.documentElement.lang] || Object.values(value.t)[0];
    value.terms = value.terms.split(" ");
    value.backs = value.backs.split(" ");
    value.often = value.often.split(" ");
    value.first = sums([0])(number(value.pages));
    // Where this page is tells in which space one searches; those have the longest path that leads here.
    const here = location.href.slice(new URL(root || ".", location).href.length);
    let from = 0;
    value.spaces = value.spaces.map(([path, title, lang, pages, hidden]) => ({ path, title, lang, hidden, to: from += pages }));
    value.space = value.spaces.filter(space => !space.path || here.startsWith(encodeURI(space.path + "/"))).sort((a, b) => b.path.length - a.path.length)[0];
    for (const space of value.spaces) space.weight = space === value.space ? 1 : space.lang === (value.space || value.spaces[0]).lang ? ELSEWHERE : FOREIGN;
    value.starts = sums([0])(number(value.texts));
    table = value;
    if (value.css && !receive.styled) {
      receive.styled = new CSSStyleSheet();
      receive.styled.replaceSync(value.css);
      document.adoptedStyleSheets.push(receive.styled);
    }
  };
  const pageOf = section => above(table.first, section) - 1;
  const spaceOf = page => table.spaces.find(space => page < space.to);

  // What a word finds: sections with a score.
  const postings = (shard, at) => {
    if (!shard.read.has(at)) {
      const text = shard.places[at], all = { cut: text[0] === "<", sections: [], levels: [] };
      for (const [, level, list] of text.matchAll(/([0-:])([^0-:]*)/g)) {
        let next = 0;
        for (const gap of number(list)) {
          all.sections.push(next += gap);
          all.levels.push(level.charCodeAt() - 48);
          next++;
        }
      }
      shard.read.set(at, all);
    }
    return shard.read.get(at);
  };
  /* In a title a longer word counts at least so much: who types `theme` may mean the page about themes. */
  const add = (found, shard, at, factor, titled = 0) => {
    const { cut, sections, levels } = postings(shard, at), rarity = Math.log(1 + table.first.at(-1) / (sections.length || 1));
    sections.forEach((section, index) => {
      const score = rarity * (levels[index] > 6 ? Math.max(factor, titled) : factor) * WEIGHT[levels[index]];
      if (score > (found.scores.get(section) || 0)) found.scores.set(section, score);
      if (levels[index] > 2) found.heads.add(section);
    });
    return cut;
  };
  /* The words to look up first: those that say most, from so few pieces that the first result costs the same however many
     words there are. What was loaded before costs nothing. */
  const telling = words => {
    const pieces = new Map(), home = word => place(table.terms, word.text);
    for (const word of words) {
      const often = table.often.indexOf(word.text), worth = often < 0 ? 1 + Math.min(word.text.length, 12) : often / table.often.length;
      pieces.set(home(word), (pieces.get(home(word)) || 0) + worth);
    }
    const chosen = [...pieces.keys()].sort((a, b) => pieces.get(b) - pieces.get(a)).filter((at, order) => order < BEFORE || arrived.has("t" + at));
    return words.filter(word => chosen.includes(home(word)));
  };
  const find = async word => {
    const found = { word, scores: new Map(), heads: new Set(), needles: new Set([word.needle]), cut: false };
    const text = word.text, shard = await piece("t" + place(table.terms, text)), { words } = shard;
    let at = above(words, text) - 1;
    const exact = words[at] === text, less = exact ? .3 : 1;
    if (exact) found.cut = add(found, shard, at, 1);
    if (word.pair) return found;
    const begins = words[at + 1]?.startsWith(text);
    for (at++; words[at]?.startsWith(text); at++) {
      const rest = words[at].length - text.length;
      add(found, shard, at, less * (words[at] === text + "*" ? .5 : /^(s|es|ed|ing)$/.test(words[at].slice(text.length)) ? .85 : .7 / (1 + rest / text.length)), TITLED);
    }
    for (const [, ending, instead] of [["", /ies$/, "y"], ["", /(es|ed|ing)$/, ""], ["", /(s|d)$/, ""], ["", /ing$/, "e"]]) {
      const stem = text.replace(ending, instead), index = above(words, stem) - 1;
      if (stem === text || stem.length < 3 || words[index] !== stem) continue;
      found.cut = add(found, shard, index, .8 * less, TITLED) || found.cut;
      found.needles.add(stem);
    }
    // A stem alone may be what an error left over.
    found.known = exact || begins;
    return found;
  };

  // Edits between two words, exchanged neighbours as one; above `most` it gives up. `open`: the second may go on.
  const edits = (a, b, most, open) => {
    let before, row = [...a].map((_, at) => at);
    row.push(a.length);
    let best = row[a.length];
    for (let j = 1; j <= b.length; j++) {
      const next = [j];
      for (let i = 1; i <= a.length; i++) {
        next[i] = Math.min(row[i] + 1, next[i - 1] + 1, row[i - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[i] = Math.min(next[i], before[i - 2] + 1);
      }
      [before, row] = [row, next];
      best = Math.min(best, row[a.length]);
      if (Math.min(...row) > most) break;
      if (j === b.length && !open) return row[a.length];
    }
    return open ? best : Infinity;
  };
  const backwards = text => [...text].reverse().join("");
  /* Words like this one: with an error in one half, the other half tells where to look; `wide`, in the pieces around too. */
  const similar = async (text, most, wide) => {
    const half = Math.max(1, text.length >> (most > 1 ? 2 : 1)), back = backwards(text), candidates = new Map();
    const around = (borders, word) => {
      if (!wide) return [place(borders, word)];
      const last = place(borders, word), first = Math.max(place(borders, word.slice(0, half)), last - 2);
      const end = Math.min(place(borders, word.slice(0, half) + "\u{10ffff}"), last + 2);
      return Array.from({ length: end - first + 1 }, (_, at) => first + at);
    };
    const pieces = await Promise.all([
      ...around(table.terms, text).map(at => piece("t" + at).then(shard => shard.words)),
      ...around(table.backs, back).map(at => piece("b" + at).then(words => words.map(backwards))),
    ]);
    for (const word of pieces.flat()) {
      if (word.length < text.length - most || word.includes("*") || (word.length > text.length + most && word[0] !== text[0])) continue;
      const whole = edits(text, word, most), cost = whole <= most ? whole : text.length > 4 ? edits(text, word, most, true) + .5 : 99;
      if (cost <= most + .5) candidates.set(word, cost);
    }
    return [...candidates].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 12);
  };
  const correct = async found => {
    const { text, pair } = found.word;
    if (pair || found.known) return found;
    // Parts of a name that does not exist as a whole.
    const parts = text.split("_").filter(part => part.length > 1);
    if (parts.length > 1) return Promise.all(parts.map(part => find({ text: part, needle: part }).then(correct)));
    const most = text.length < 4 || isUnspaced.test(text) ? 0 : text.length < 8 ? 1 : 2;
    if (!most) return found;
    let candidates = await similar(text, most);
    if (!(candidates[0]?.[1] <= 1)) candidates = await similar(text, most, true);
    const stems = found.scores.size > 0;
    let best = 0;
    for (const [word, cost] of candidates.filter(([, cost]) => cost <= candidates[0][1] + .5).slice(0, 6)) {
      const { scores, heads } = await find({ text: word, needle: word });
      heads.forEach(section => found.heads.add(section));
      let top = 0;
      for (const [section, score] of scores) {
        const less = score * .9 / (1 + cost);
        top = Math.max(top, less);
        if (less > (found.scores.get(section) || 0)) found.scores.set(section, less);
      }
      found.needles.add(word);
      if (top > best && !stems) [best, found.corrected] = [top, word];
    }
    return found;
  };

  const fixed = async found => [await (found.fixed ??= correct(found))].flat();

  const best = list => list.sort((a, b) => b.score - a.score || a.number - b.number);
  const rank = found => {
    const sections = new Map(), pages = new Map();
    found.forEach(({ scores }, index) => scores.forEach((score, section) => {
      let one = sections.get(section);
      if (!one) sections.set(section, one = { number: section, score: 0, words: 0 });
      one.score += score;
      one.words++;
      const number = pageOf(section);
      let page = pages.get(number);
      if (!page) pages.set(number, page = { number, best: [], sections: [] });
      page.best[index] = Math.max(page.best[index] || 0, score);
    }));
    const asked = found.filter(one => !one.cut).length || 1;
    for (const section of sections.values()) {
      // What was asked for as a whole says more than its words here and there; most, a heading of all of them.
      section.whole = section.words >= asked;
      if (found.length > 1 && section.whole) section.score *= found.every(one => one.heads.has(section.number)) ? 1.6 : TOGETHER;
      pages.get(pageOf(section.number)).sections.push(section);
    }
    let fewest = Infinity;
    for (const page of pages.values()) {
      const space = spaceOf(page.number);
      if (space?.hidden && space !== table.space) { pages.delete(page.number); continue; }
      best(page.sections);
      page.missing = found.filter((one, index) => !one.cut && !page.best[index]).length;
      page.score = page.sections[0].score + .6 * page.best.reduce((total, score) => total + score, 0);
      if (space) page.score *= space.weight;
      fewest = Math.min(fewest, page.missing);
    }
    return best([...pages.values()].filter(page => page.missing === fewest));
  };
  /* The words as they were typed, beside each other: pages whose text says that come first. */
  const phrase = async (words, pages, mine) => {
    if (words.length < 2) return pages;
    const wanted = [...new Set(words.map(word => word.needle))];
    const between = at => isUnspaced.test(wanted[at - 1].at(-1)) || isUnspaced.test(wanted[at]) ? "[^\\p{L}\\p{N}]{0,3}" : "[^\\p{L}\\p{N}]{1,3}";
    const pattern = wanted.map((word, at) => (at ? between(at) : "") + word.replaceAll(".", "\\.")).join("");
    const together = new RegExp((isUnspaced.test(wanted[0]) ? "" : "(?<![\\p{L}\\p{N}])") + pattern, "u");
    const places = pages.flatMap(page => page.sections.filter(section => section.whole).map(section => ({ page, section })));
    places.sort((a, b) => b.section.score - a.section.score || a.section.number - b.section.number);
    const read = new Set(places.map(({ section }) => chunkOf(section.number)).filter((chunk, at, all) => all.indexOf(chunk) === at).slice(0, READ));
    await Promise.all(places.filter(({ section }) => read.has(chunkOf(section.number))).map(async ({ page, section }) => {
      const { heading, text } = await textOf(section.number);
      if (mine !== run || !together.test(foldEach(heading + "\n" + text)[0])) return;
      section.score *= TOGETHER;
      if (!page.said) page.score *= SAID;
      page.said = true;
    }));
    pages.filter(page => page.said).forEach(page => best(page.sections));
    return best(pages);
  };

  // Texts and what is marked in them.
  const chunkOf = section => above(table.starts, section) - 1;
  const textOf = async section => {
    const chunk = chunkOf(section), pages = await piece("x" + chunk);
    const first = table.starts[chunk], page = pageOf(section), entry = pages[page - pageOf(first)];
    const at = 3 + 3 * (section - Math.max(first, table.first[page]));
    return { url: entry[0], title: entry[1], above: entry[2], id: entry[at], heading: entry[at + 1], text: entry[at + 2] };
  };
  const single = new Map();
  const foldEach = text => {
    if (/^[\x00-\x7f]*$/.test(text)) return [text.toLowerCase()];
    let folded = "";
    const from = [];
    let at = 0;
    for (const letter of text) {
      if (!single.has(letter)) single.set(letter, fold(letter));
      for (const unit of single.get(letter)) { for (let n = 0; n < unit.length; n++) from.push(at); folded += unit; }
      at += letter.length;
    }
    from.push(at);
    return [folded, from];
  };
  /* Where the needles stand, as words or their beginnings: [from, to, needle], in order and apart. */
  const matches = (text, needles) => {
    const [folded, from] = foldEach(text), found = [], origin = at => from ? from[at] : at;
    needles.forEach((needle, index) => {
      const anywhere = isUnspaced.test(needle);
      for (let at = folded.indexOf(needle), count = 0; at >= 0 && count < 200; at = folded.indexOf(needle, at + 1)) {
        const start = origin(at), before = text[start - 1] || " ";
        if (!anywhere && isLetter.test(before) && !isUnspaced.test(before) && !(text[start] !== text[start].toLowerCase() && before === before.toLowerCase())) continue;
        found.push([start, origin(at + needle.length), index]);
        count++;
      }
    });
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter((one, at) => !found.slice(Math.max(0, at - 8), at).some(other => other[1] > one[0]));
  };
  const marked = (text, spots, from = 0, to = text.length) => {
    const parts = [];
    let at = from;
    for (const [start, end] of spots) {
      if (start < at || end > to) continue;
      parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...parts, text.slice(at, to)];
  };
  const excerpt = (text, needles) => {
    const spots = matches(text, needles);
    let best = 0, most = 0;
    spots.forEach((spot, at) => {
      const inside = new Set(spots.slice(at, at + 40).filter(other => other[1] <= spot[0] + WIDTH - 50).map(other => other[2])).size;
      if (inside > most) [best, most] = [at, inside];
    });
    let from = Math.max(0, Math.min((spots[best]?.[0] || 0) - 40, text.length - WIDTH)), to = Math.min(text.length, from + WIDTH);
    // No half of a word or of a character, where one ends nearby.
    const splits = at => at > 0 && at < text.length && (/[\udc00-\udfff]/.test(text[at]) || [text[at - 1], text[at]].every(c => isLetter.test(c) && !isUnspaced.test(c)));
    for (let steps = 16; steps && splits(from); steps--) from++;
    for (let steps = 20; steps && splits(to); steps--) to--;
    while (from && from < (spots[best]?.[0] ?? to) && /[\s.,;:!?)\]}、。，；：！？）]/.test(text[from])) from++;
    return [from ? "… " : "", ...marked(text, spots, from, to), to < text.length ? " …" : ""];
  };

  // The dialog.
  let dialog, input, list, note, tally, status, query = "", run = 0, needles = [], wantsFirst, chosen, settled, pause;
  const say = (name, values = {}) => (table.t[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const icon = name => make("span", { class: "icon icon-" + name, "aria-hidden": true });
  const recent = () => { try { return JSON.parse(localStorage.getItem("proofpress-search")) || []; } catch { return []; } };
  const remember = text => {
    try {
      if (text) localStorage.setItem("proofpress-search", JSON.stringify([text, ...recent().filter(old => old !== text)].slice(0, RECENT)));
      else localStorage.removeItem("proofpress-search");
    } catch { /* nothing is remembered */ }
  };
  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");
  const activate = option => {
    active()?.setAttribute("aria-selected", false);
    option?.setAttribute("aria-selected", true);
    if (option) input.setAttribute("aria-activedescendant", option.id); else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const show = (...groups) => {
    // What the reader chose stays chosen while more of the answer comes in.
    const same = list.dataset.query === query, before = same && chosen && active()?.getAttribute("href");
    list.dataset.query = query;
    chosen &&= same;
    list.replaceChildren(...groups);
    options().forEach((option, at) => { option.id = "_found-" + at; option.setAttribute("aria-selected", false); });
    input.setAttribute("aria-expanded", groups.length > 0);
    activate((before && options().find(option => option.getAttribute("href") === before)) || (query && options()[0]) || undefined);
    if (!same) list.parentNode.scrollTop = 0;
  };
  const announce = (text, count = "") => {
    tally.textContent = count;
    clearTimeout(pause);
    pause = setTimeout(() => { status.textContent = text; }, 350);
  };
  const go = text => {
    input.value = text;
    input.focus();
    search();
  };
  const idle = () => {
    const queries = recent();
    const clear = make("button", { type: "button", class: "finder-clear" }, say("search_clear"));
    clear.onclick = () => { remember(); idle(); input.focus(); };
    note.replaceChildren(...(queries.length ? [say("search_recent"), clear] : []));
    show(...queries.map(text => {
      const option = make("div", { role: "option", class: "hit recent" }, icon("magnifying-glass"), make("span", {}, text));
      option.onclick = () => go(text);
      return option;
    }));
    announce("");
  };
  const href = (url, id) => `${root}${url}?highlight=${encodeURIComponent(needles.join(" "))}${id ? "#" + encodeURIComponent(id) : ""}`;
  const option = (attributes, ...children) => {
    const link = make("a", { role: "option", tabindex: -1, ...attributes }, ...children);
    link.addEventListener("click", () => remember(query));
    return link;
  };
  const title = text => marked(text, matches(text, needles));
  const draw = texts => {
    const groups = [];
    for (const hit of texts) {
      const known = hit.sections.filter(one => one.text);
      if (!known.length) break;
      const page = known[0].text, intro = known.find(one => one.first);
      const above = [hit.space?.title, page.above].filter(Boolean).join(" / ");
      groups.push(make("div", { role: "group", "aria-label": page.title },
        option({ class: "hit page", href: href(page.url) }, icon("file"), make("span", { class: "hit-body" },
          make("span", { class: "hit-title" }, ...title(page.title)),
          ...(above ? [make("span", { class: "hit-above" }, above)] : []),
          ...(intro?.text.text ? [make("span", { class: "hit-text" }, ...excerpt(intro.text.text, needles))] : []))),
        ...known.filter(one => !one.first).map(one => option({ class: "hit section", href: href(page.url, one.text.id) }, make("span", { class: "hit-body" },
          make("span", { class: "hit-title" }, ...title(one.text.heading)),
          ...(one.text.text ? [make("span", { class: "hit-text" }, ...excerpt(one.text.text, needles))] : []))))));
    }
    show(...groups);
  };
  /* The word that begins most alike. */
  const beside = async text => {
    const { words } = await piece("t" + place(table.terms, text)), at = above(words, text);
    const common = word => { let length = 0; while (length < text.length && word[length] === text[length]) length++; return length; };
    const near = words.slice(Math.max(0, at - 1), at + 1).filter(word => !word.includes("*") && common(word) > 3);
    return near.sort((a, b) => common(b) - common(a)).map(word => [word]);
  };
  const nothing = async (words, mine) => {
    const word = words.find(one => !one.pair) || words[0];
    let near = [];
    if (word && !word.pair) {
      // Of a short word not every letter may be another one.
      for (const most of [1, 2, 3].filter(most => most < [...word.text].length - 1)) if (!near.length) near = await similar(word.text, most, true);
      if (!near.length) near = await beside(word.text);
    }
    if (mine !== run) return;
    const parts = [make("span", {}, say("search_none", { query }))];
    if (near.length) {
      const [from, to] = matches(query, [word.needle])[0] || [0, query.length], better = query.slice(0, from) + near[0][0] + query.slice(to);
      const button = make("button", { type: "button", class: "finder-near" }, better);
      button.onclick = () => go(better);
      parts.push(make("span", {}, say("search_near") + " ", button, "?"));
    }
    note.replaceChildren(...parts);
    show();
    announce(parts.map(part => part.textContent).join(". "));
  };
  /* What is shown of a page: its beginning, and the best of its sections. */
  const hitOf = page => {
    const enough = page.sections.filter(one => one.score >= page.sections[0].score * .2), first = table.first[page.number];
    // A section with all of the words was meant before one with a single word in its heading.
    const order = list => best(list).sort((a, b) => b.whole - a.whole);
    const intro = enough.find(one => one.number === first), rest = order(enough.filter(one => one.number !== first)).slice(0, SECTIONS);
    const space = spaceOf(page.number);
    const sections = order([...(intro ? [intro] : []), ...rest]).map(({ number }) => ({ section: number, first: number === first }));
    return { sections, space: space !== table.space && space };
  };
  /* What is to be marked, and a note on what was found instead of words with errors. */
  const spell = (found, words) => {
    needles = [...new Set([...found.flatMap(one => one.corrected ? [...one.needles].slice(1, 4) : [...one.needles]), ...words.map(word => word.needle)])];
    const instead = found.map(one => one.corrected).filter(Boolean).join(" ");
    note.replaceChildren(...(instead ? [make("span", {}, say("search_instead", { query: instead }))] : []));
    return instead;
  };
  const fill = async one => { one.text = await textOf(one.section); };
  const search = async () => {
    if (!dialog?.open || !table) return;
    query = input.value.trim();
    const mine = ++run, words = wordsOf(query);
    settled = !words.length;
    if (settled) return idle();
    try {
      // The first result is that of the words that say most; errors in them wait if one of them is known.
      const looked = new Map(telling(words).map(word => [word, find(word)]));
      let found = await Promise.all(looked.values());
      if (mine !== run) return;
      const all = looked.size === words.length && found.every(one => one.known || one.word.pair), known = found.filter(one => one.scores.size);
      found = known.length ? known : await fixed(found[0]);
      if (mine !== run) return;
      let pages = rank(found), instead = spell(found, words);
      if (pages.length) {
        const first = pages.slice(0, PAGES).map(hitOf);
        await fill(first[0].sections[0]);
        if (mine !== run) return;
        draw(first);
        // The browser paints it before the others are asked for.
        await new Promise(done => setTimeout(done));
        if (mine !== run) return;
      }
      if (!all) {
        found = (await Promise.all(words.map(async word => fixed(await (looked.get(word) || find(word)))))).flat();
        if (mine !== run) return;
        pages = rank(found);
        instead = spell(found, []);
      }
      if (!pages.length) return nothing(words, mine);
      const order = await phrase(words, pages, mine);
      if (mine !== run) return;
      const final = order.slice(0, PAGES).map(hitOf);
      await Promise.all(final.flatMap(hit => hit.sections.map(fill)));
      if (mine !== run) return;
      settled = true;
      draw(final);
      if (wantsFirst) { wantsFirst = false; open(active()); }
      const count = say(pages.length === 1 ? "search_one" : "search_many", { count: pages.length, query });
      announce((instead ? note.textContent + ". " : "") + count, count);
    } catch (error) {
      if (mine !== run || renewing) return;
      console.error(error);
      note.replaceChildren(say("search_failed"));
      show();
      announce(note.textContent);
    }
  };
  const open = (option, apart) => {
    if (!option) return;
    if (!apart || !option.href) return option.click();
    remember(query);
    window.open(option.href, "_blank", "noopener");
  };
  const key = event => {
    if (event.isComposing || event.keyCode === 229) return;
    const all = options(), at = all.indexOf(active()), plain = !event.shiftKey && !event.altKey;
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined && plain && !event.ctrlKey && !event.metaKey && all.length) {
      event.preventDefault();
      chosen = true;
      activate(all.at(to % all.length));
    } else if (event.key === "Enter" && plain) {
      event.preventDefault();
      // What is shown may still be the answer to what was typed before, or to some of its words.
      if (list.dataset.query === input.value.trim() && (settled || chosen)) open(active(), event.ctrlKey || event.metaKey); else wantsFirst = true;
    }
  };
  const build = () => {
    input = make("input", { type: "text", class: "finder-input", role: "combobox", "aria-label": say("search"), placeholder: say("search_hint"), "aria-expanded": false, "aria-controls": "_found", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: false, enterkeyhint: "go" });
    list = make("div", { id: "_found", role: "listbox", "aria-label": say("search_results") });
    note = make("div", { class: "finder-note" });
    tally = make("p", { class: "finder-tally", "aria-hidden": true });
    status = make("p", { class: "unseen", role: "status", "aria-live": "polite" });
    const shut = make("button", { type: "button", class: "finder-close", "aria-label": say("close") }, icon("xmark"));
    const hint = (keys, name) => make("span", {}, ...keys.map(name => make("kbd", {}, name)), " " + say(name));
    dialog = make("dialog", { class: "finder", "aria-label": say("search") },
      make("div", { class: "finder-bar" }, icon("magnifying-glass"), input, shut),
      make("div", { class: "finder-body" }, note, list),
      make("div", { class: "finder-foot" }, tally, status, make("p", { class: "finder-keys", "aria-hidden": true }, hint(["↑", "↓"], "search_move"), hint(["↵"], "search_open"), hint(["Esc"], "search_close"))));
    shut.onclick = () => dialog.close();
    // A press beside it closes, not a selection of text that ends there.
    let beside;
    dialog.addEventListener("pointerdown", event => { beside = event.target === dialog; });
    dialog.addEventListener("click", event => { if (beside && event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => { clean("q"); run++; });
    dialog.addEventListener("keydown", event => {
      if (event.key !== "Tab") return;
      // Native dialogs let the focus out to the browser; here it goes round.
      const stops = [...dialog.querySelectorAll("input, button")].filter(stop => stop.checkVisibility()), at = stops.indexOf(document.activeElement);
      event.preventDefault();
      stops.at((at + (event.shiftKey ? -1 : 1)) % stops.length).focus();
    });
    input.addEventListener("keydown", key);
    input.addEventListener("input", () => { wantsFirst = false; search(); });
    // A click in the list leaves the focus where one types.
    list.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("mousemove", event => {
      const option = event.target.closest("[role=option]");
      if (option && option !== active() && (event.movementX || event.movementY)) { chosen = true; activate(option); }
    });
    document.body.append(dialog);
  };
  const clean = name => {
    const url = new URL(location);
    if (!url.searchParams.has(name)) return;
    url.searchParams.delete(name);
    try { history.replaceState(history.state, "", url); } catch { /* some browsers refuse it for files */ }
  };
  receive.open = text => {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    if (text) input.value = text;
    input.focus();
    input.select();
    if (text) input.setSelectionRange(text.length, text.length);
    search();
  };

  // On the page that a result led to.
  receive.mark = text => {
    const words = text.split(" ").filter(Boolean).map(fold).slice(0, 24), found = [];
    const walk = document.createTreeWalker(document.querySelector(".sheet") || document.body, NodeFilter.SHOW_TEXT, node =>
      node.parentNode.closest(".anchor, .unseen, .copy, math, script, style, .page-foot, .crumbs") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walk.nextNode()) nodes.push(walk.currentNode);
    for (const node of nodes) {
      const spots = node.data.trim() ? matches(node.data, words) : [];
      if (!spots.length || found.length > 500) continue;
      const parts = marked(node.data, spots);
      for (const part of parts) if (part.nodeType) { part.className = "found"; found.push(part); }
      node.replaceWith(...parts);
    }
    clean("highlight");
    // Words in a folded part or in another tab.
    if (found.length && !found.some(mark => mark.checkVisibility())) {
      for (let part = found[0]; part; part = part.parentElement) {
        if (part.matches("details")) part.open = true;
        if (part.matches("[hidden]")) part.dispatchEvent(new Event("beforematch"));
      }
      found[0].scrollIntoView({ block: "center" });
    }
    const away = event => {
      if (event.key !== "Escape" || dialog?.open) return;
      document.removeEventListener("keydown", away);
      for (const mark of found) {
        const parent = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        parent?.normalize();
      }
    };
    document.addEventListener("keydown", away);
  };
  return receive;
})();
