// A badge in the corner with the number of findings of this page, and the list of them behind it. Part of the preview
// only. In a shadow tree, so that the site's style sheets and this one's do not meet.
const key = "proofpress-findings";
const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
const words = new Intl.PluralRules("en");

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// Words in backquotes are the author's.
const prose = text => text.split("`").map((part, i) => i % 2 ? element("code", { textContent: part }) : part);

const number = (count, word) => `${count} ${word}${words.select(count) === "one" ? "" : "s"}`;

const list = element("ol", {});
const rest = element("p", { className: "rest", hidden: true });
const title = element("h2", { id: "title" });
const close = element("button", { type: "button", className: "close", textContent: "×", ariaLabel: "Close" });
const panel = element("div", { id: "panel", tabIndex: 0, hidden: true }, element("div", { className: "head" }, title, close), list, rest);
panel.role = "region";
panel.setAttribute("aria-labelledby", "title");
const badge = element("button", { type: "button", className: "badge", ariaExpanded: "false" });
badge.setAttribute("aria-controls", "panel");

const open = shown => {
  panel.hidden = !shown;
  badge.ariaExpanded = String(shown);
  try {
    if (shown) sessionStorage.setItem(key, "open");
    else sessionStorage.removeItem(key);
  } catch {}
};

const shut = () => {
  const inside = panel.contains(root.activeElement);
  open(false);
  if (inside) badge.focus();
};

const item = (found, page) => element("li", { className: found.severity },
  element("p", { className: "what" },
    element("strong", { textContent: found.severity }), " ",
    element("span", { className: "rule", textContent: found.rule }), " ",
    element("span", { className: "place", textContent: found.path === page.path ? `line ${found.line}` : `${found.path}:${found.line}` })),
  element("p", {}, ...prose(found.message)),
  ...found.help ? [element("p", { className: "help" }, ...prose(found.help))] : []);

export const show = page => {
  const counts = [[page.errors, "error"], [page.warnings, "warning"]].filter(([count]) => count);
  const text = counts.map(([count, word]) => number(count, word)).join(", ");
  host.hidden = !text;
  badge.textContent = text;
  badge.className = page.errors ? "badge error" : "badge warning";
  title.textContent = `${text} on this page`;
  list.replaceChildren(...page.found.map(found => item(found, page)));
  const left = page.errors + page.warnings - page.found.length;
  rest.hidden = !left;
  rest.textContent = `${number(left, "more finding")}: see proofpress check`;
};

badge.addEventListener("click", () => open(panel.hidden));
close.addEventListener("click", shut);
// A dialog of the site goes first.
addEventListener("keydown", event => {
  if (event.key === "Escape" && !panel.hidden && !event.defaultPrevented && !document.querySelector("dialog[open]")) shut();
});

// Nothing is seen before it has its style.
const style = element("link", { rel: "stylesheet", href: "/__proofpress/findings.css" });
style.addEventListener("load", () => {
  root.append(panel, badge);
  try {
    if (sessionStorage.getItem(key)) open(true);
  } catch {}
});
root.append(style);
document.body.append(host);
