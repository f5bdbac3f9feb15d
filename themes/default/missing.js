/* In: the address that led nowhere, and the site's pages, which stand in front of this script. Out: the nearest of them, as links. */
(() => {
  "use strict";
  const place = document.querySelector(".missing-near"), root = document.documentElement.dataset.root;
  const words = text => text.normalize("NFKC").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const pairs = text => new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
  /* How much two words have in common, 0 to 1: their pairs of letters. */
  const alike = (one, other) => {
    if (one === other) return 1;
    const [a, b] = [pairs(one), pairs(other)];
    return a.size + b.size ? 2 * [...a].filter(pair => b.has(pair)).length / (a.size + b.size) : 0;
  };
  const best = (word, others) => others.reduce((most, other) => Math.max(most, alike(word, other)), 0);
  const parts = path => path.split("/").map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  const bare = path => path.replace(/(^|\/)index\.html?$|\.(html?|md)$/i, "").replace(/\/$/, "");

  const base = new URL(root, location.href).pathname;
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname;
  const asked = parts(bare(path)), last = words(asked.at(-1) ?? ""), before = asked.slice(0, -1).flatMap(words);
  if (!last.length) return;
  const score = ([url, title]) => {
    const here = parts(bare(url)), name = words(here.at(-1)), folders = here.slice(0, -1).flatMap(words);
    const own = words(title), share = (from, to) => from.length ? from.reduce((sum, word) => sum + best(word, to), 0) / from.length : 0;
    const named = Math.max(share(last, name) + share(name, last), share(last, own) + share(own, last)) / 2;
    // The words of an address may also be those of folders above.
    return 3 * named + share(last, [...name, ...own, ...folders]) + share(before, [...folders, ...name]);
  };
  const found = window.proofpressPages.map(page => [score(page), page]).filter(([points]) => points > 1.6)
    .sort((a, b) => b[0] - a[0]).slice(0, 5);
  if (!found.length) return;
  for (const [, [url, title, trail]] of found) {
    const link = document.createElement("a"), item = document.createElement("li");
    link.href = root + url;
    link.textContent = title;
    item.append(link);
    if (trail) item.append(Object.assign(document.createElement("span"), { className: "missing-trail", textContent: trail }));
    place.querySelector("ul").append(item);
  }
  place.hidden = false;
})();
