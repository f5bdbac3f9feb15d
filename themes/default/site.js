/* In: a page that reads without script. Out: the same page, handier. Keeps proofpress-theme, proofpress-tabs (local) and proofpress-nav:URL (session). */

/* Before the first paint. Sets <html class="js" data-theme="light|dark"> from the stored choice, shows the tabs chosen last, and asks for what the sidebar needs in sight. */
(root => {
  root.classList.add("js");
  const once = (address, name, key, values) => () => {
    if (address) document.head.append(Object.assign(document.createElement(name), { [key]: address }, values));
    address = "";
  };
  const { icons, nav } = root.dataset;
  window.proofpressIcons = once(icons, "link", "href", { rel: "stylesheet" });
  window.proofpressBranches = once(nav, "script", "src");
  window.proofpressNav = given => { window.proofpressNav.given = given; };
  if (matchMedia("(width >= 1024px)").matches) window.proofpressIcons();
  try {
    // Branches that were opened stay open.
    if (nav && sessionStorage.getItem("proofpress-nav:" + new URL(nav, location.href).href)?.includes(":true")) window.proofpressBranches();
    const theme = localStorage.getItem("proofpress-theme");
    if (/^(light|dark)$/.test(theme)) root.dataset.theme = theme;
    const tabs = JSON.parse(localStorage.getItem("proofpress-tabs"));
    if (!tabs?.length) return;
    // Of several that a group has, the one chosen last comes last and wins.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(tabs.reverse().map(key => `[data-key=${JSON.stringify(key)}]`).map(key =>
      `.tabs:not(.ready):has(> .tab${key}) > .tab { display: none } .tabs:not(.ready) > .tab.tab${key} { display: block }`).join(""));
    document.adoptedStyleSheets.push(sheet);
  } catch { /* storage refused */ }
})(document.documentElement);

document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const root = document.documentElement, words = document.body.dataset;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const on = (target, type, handler) => target.addEventListener(type, handler);
  const read = (storage, key, fallback) => { try { return JSON.parse(window[storage].getItem(key)) || fallback; } catch { return fallback; } };
  const write = (storage, key, value) => { try { window[storage].setItem(key, value); } catch { /* nothing is remembered */ } };
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  };
  const status = make("p", { class: "unseen", role: "status" });
  document.body.append(status);

  // Drop-down lists of the header close by Esc and by anything done elsewhere.
  const opened = () => all(".drop[open]");
  ["click", "focusin"].forEach(type => on(document, type, event => opened().forEach(drop => { drop.open = drop.contains(event.target); })));
  const close = () => opened().forEach(drop => {
    drop.open = false;
    drop.querySelector("summary").focus();
  });
  on(document, "keydown", event => { if (event.key === "Escape") close(); });

  // Theme: light, dark, or what the system says.
  const choices = all("[data-theme-choice]");
  const showTheme = () => choices.forEach(choice => choice.setAttribute("aria-pressed", choice.dataset.themeChoice === (root.dataset.theme || "system")));
  choices.forEach(choice => on(choice, "click", () => {
    const theme = choice.dataset.themeChoice;
    if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
    write("localStorage", "proofpress-theme", theme);
    showTheme();
    close();
  }));
  showTheme();

  // Sidebar: its open branches and its scroll position are kept for the session.
  const sidebar = document.getElementById("_sidebar"), outline = document.getElementById("_outline");
  if (sidebar) {
    const source = root.dataset.nav;
    const key = "proofpress-nav:" + (source ? new URL(source, location.href) : document.querySelector(".brand")).href;
    const state = read("sessionStorage", key, { scroll: 0, open: {} });
    let branches = window.proofpressNav.given;
    const waiting = [];

    const name = toggle => toggle.parentNode.querySelector("a")?.href || toggle.getAttribute("aria-label");
    const show = (toggle, open) => {
      toggle.setAttribute("aria-expanded", open);
      toggle.closest("li").classList.toggle("open", open);
    };
    const insert = toggle => {
      const row = toggle.parentNode, holder = make("template");
      if (row.nextElementSibling) return;
      holder.innerHTML = branches[toggle.dataset.branch] || "";
      all("a", holder.content).forEach(link => {
        const href = link.getAttribute("href");
        if (!/^([a-z][a-z0-9+.-]*:|[/#])/i.test(href)) link.setAttribute("href", root.dataset.root + href);
      });
      row.after(holder.content);
      restore(row.parentNode);
    };
    const open = toggle => {
      show(toggle, true);
      if (!toggle.dataset.branch) return;
      if (branches) return insert(toggle);
      waiting.push(toggle);
      window.proofpressBranches();
    };
    const restore = within => all(".nav-toggle", within).forEach(toggle => {
      const wanted = state.open[name(toggle)], item = toggle.closest("li");
      if (wanted && !item.matches(".open")) open(toggle);
      if (wanted === false && !item.querySelector("[aria-current]")) show(toggle, false);
    });
    const save = () => {
      state.scroll = sidebar.scrollTop;
      write("sessionStorage", key, JSON.stringify(state));
    };
    const current = () => sidebar.querySelector('[aria-current="page"]');
    const reveal = () => {
      sidebar.scrollTop = state.scroll;
      const box = current()?.getBoundingClientRect(), frame = sidebar.getBoundingClientRect();
      if (box && (box.top < frame.top + 32 || box.bottom > frame.bottom - 32)) sidebar.scrollTop += box.top - frame.top - frame.height / 3;
    };
    window.proofpressNav = given => {
      branches = given;
      waiting.splice(0).forEach(insert);
    };
    ["pointerenter", "focusin"].forEach(type => on(sidebar, type, window.proofpressBranches));
    on(sidebar, "click", event => {
      const toggle = event.target.closest(".nav-toggle");
      if (!toggle) return;
      const wanted = toggle.getAttribute("aria-expanded") !== "true";
      if (wanted) open(toggle); else show(toggle, false);
      state.open[name(toggle)] = wanted;
      save();
    });
    restore(sidebar);
    reveal();
    on(window, "pagehide", save);

    // As a sheet: the rest of the page is inert meanwhile.
    const still = inert => {
      all(".skip, header.top, main, .outline, .bottom").forEach(part => { part.inert = inert; });
      const modal = { role: "dialog", "aria-modal": true, "aria-label": sidebar.querySelector("nav").ariaLabel };
      for (const name in modal) if (inert) sidebar.setAttribute(name, modal[name]); else sidebar.removeAttribute(name);
    };
    on(sidebar, "beforetoggle", event => { if (event.newState === "closed") still(false); else window.proofpressIcons(); });
    on(sidebar, "toggle", event => {
      if (event.newState === "open") {
        still(true);
        reveal();
        (current() || sidebar.querySelector("button")).focus({ preventScroll: true });
      } else document.querySelector(".menu-open").focus();
    });
  }

  // Buttons say whether what they open is open.
  [sidebar, outline].forEach(part => {
    const button = part && document.querySelector(`[popovertarget="${part.id}"]:not([popovertargetaction])`);
    if (!button) return;
    const say = open => button.setAttribute("aria-expanded", open);
    button.setAttribute("aria-controls", part.id);
    on(part, "beforetoggle", event => say(event.newState === "open"));
    say(false);
  });

  // A popover that has become a column again leaves the top layer.
  const hide = part => { if (part?.matches(":popover-open")) part.hidePopover(); };
  on(matchMedia("(width >= 1024px)"), "change", () => {
    hide(sidebar);
    window.proofpressIcons();
  });
  on(matchMedia("(width >= 1152px)"), "change", () => hide(outline));
  on(window, "pagehide", () => hide(sidebar));

  // Outline: exactly one entry is current, and it follows the text.
  if (outline) {
    const target = link => document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const links = all("a", outline).filter(target);
    let current, queued, chosen, stopped;
    const follow = () => {
      queued = false;
      const line = parseFloat(getComputedStyle(links[0] ? target(links[0]) : root).scrollMarginTop) + 64;
      let found = links[0];
      links.forEach(link => { if (target(link).checkVisibility() && target(link).getBoundingClientRect().top <= line) found = link; });
      if (scrollY > 0 && innerHeight + scrollY >= root.scrollHeight - 2) found = links.at(-1);
      // What was chosen is current where the page came to rest, even if it is too short to bring it to the top.
      stopped ??= scrollY;
      if (Math.abs(scrollY - stopped) > 2) chosen = undefined;
      found = chosen ?? found;
      if (!found || found === current) return;
      current?.removeAttribute("aria-current");
      found.setAttribute("aria-current", "location");
      current = found;
      const box = found.getBoundingClientRect(), frame = outline.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) outline.scrollTop += box.top - frame.top - frame.height / 2;
    };
    const queue = () => { queued ||= requestAnimationFrame(follow); };
    on(window, "scroll", queue);
    on(window, "resize", queue);
    const choose = () => {
      chosen = links.find(link => link.hash === location.hash);
      stopped = undefined;
      queue();
    };
    on(outline, "click", event => { if (event.target.closest("a")) hide(outline); });
    on(window, "hashchange", choose);
    if (location.hash) choose();
    follow();
  }

  // Search: its script comes when it is about to be used. What is typed until then is not lost.
  const link = document.querySelector(".search-open"), asked = new URLSearchParams(location.search);
  if (link) {
    const button = make("button", { type: "button", class: link.className, "aria-haspopup": "dialog", "aria-keyshortcuts": "Control+K Meta+K /" }, ...link.childNodes);
    link.replaceWith(button);
    let loading, typed;
    const load = () => loading ||= new Promise((resolve, reject) => {
      const script = make("script", { src: link.dataset.src });
      on(script, "load", () => resolve(window.proofpressSearch));
      on(script, "error", reject);
      document.head.append(script);
    });
    const search = (text = "") => {
      typed ??= text;
      load().then(index => { index.open(typed); typed = undefined; }, () => { location = link.href; });
    };
    ["pointerenter", "focus"].forEach(type => on(button, type, load));
    on(button, "click", () => search());
    on(document, "keydown", event => {
      if (event.isComposing || event.altKey) return;
      const chord = event.ctrlKey || event.metaKey, field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (chord ? event.key.toLowerCase() === "k" && !event.shiftKey : event.key === "/" && !field && typed === undefined) {
        event.preventDefault();
        search();
      } else if (typed !== undefined && !chord && event.key.length === 1) {
        event.preventDefault();
        typed += event.key;
      }
    });
    const form = document.querySelector(".search-form");
    if (form) on(form, "submit", event => {
      event.preventDefault();
      search(form.elements.q.value);
    });
    if (asked.get("q")) search(asked.get("q"));
    if (asked.get("highlight")) load().then(index => index.mark(asked.get("highlight")), () => {});
  }

  // Days as the reader's language writes them.
  all(".updated time").forEach(time => {
    try { time.textContent = new Intl.DateTimeFormat(root.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(time.dateTime)); } catch { /* stays as it is */ }
  });

  // The switcher led to the nearest page, since the same one is not here.
  if (asked.has("instead") && words.instead) {
    document.querySelector(".page-head")?.after(make("p", { class: "instead", role: "status" }, words.instead));
    asked.delete("instead");
    try { history.replaceState(history.state, "", location.pathname + (asked.size ? "?" + asked : "") + location.hash); } catch { /* from a folder */ }
  }

  // Tabs: the titles chosen last, anywhere, decide what a group shows.
  const sets = all(".tabs").map((box, number) => {
    const list = make("div", { class: "tab-list", role: "tablist" });
    const panels = [...box.children].filter(child => child.matches(".tab"));
    const set = { box, panels };
    set.buttons = panels.map((panel, index) => {
      panel.id ||= `tabs-${number}-${index}`;
      const button = make("button", { type: "button", role: "tab", id: panel.id + "-tab", "aria-controls": panel.id });
      button.append(...(panel.querySelector(".tab-title")?.cloneNode(true).childNodes ?? [index + 1]));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      panel.tabIndex = 0;
      on(button, "click", () => choose(set, index));
      on(panel, "beforematch", () => choose(set, index));
      list.append(button);
      return button;
    });
    on(list, "keydown", event => {
      const here = set.buttons.indexOf(event.target), step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const to = { ArrowRight: here + step, ArrowLeft: here - step, Home: 0, End: -1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = set.buttons.at(to % panels.length);
      choose(set, set.buttons.indexOf(next));
      next.focus();
    });
    box.prepend(list);
    return set;
  });
  const select = (set, index) => {
    set.panels.forEach((panel, at) => {
      set.buttons[at].setAttribute("aria-selected", at === index);
      set.buttons[at].tabIndex = at === index ? 0 : -1;
      if (at === index) panel.removeAttribute("hidden"); else panel.setAttribute("hidden", "until-found");
    });
    set.box.classList.add("ready");
  };
  const place = (set, key) => set.panels.findIndex(panel => panel.dataset.key === key);
  const chosen = () => read("localStorage", "proofpress-tabs", []);
  const choose = (set, index) => {
    const key = set.panels[index].dataset.key, top = set.box.getBoundingClientRect().top;
    select(set, index);
    if (!key) return;
    sets.forEach(other => { if (other !== set && place(other, key) >= 0) select(other, place(other, key)); });
    scrollBy({ top: set.box.getBoundingClientRect().top - top, behavior: "instant" });
    write("localStorage", "proofpress-tabs", JSON.stringify([key, ...chosen().filter(old => old !== key)].slice(0, 24)));
  };
  sets.forEach(set => select(set, Math.max(0, place(set, chosen().find(key => place(set, key) >= 0)))));

  // An address with a hash opens what hides its target.
  const openTarget = scroll => {
    let target;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* not an id */ }
    if (!target) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.matches("details:not([open])")) scroll = part.open = true;
      if (part.matches(".tab[hidden]")) sets.forEach(set => { if (set.panels.includes(part)) select(set, set.panels.indexOf(part)); scroll = true; });
    }
    if (scroll) target.scrollIntoView();
  };
  on(window, "hashchange", () => openTarget());
  if (location.hash) openTarget(performance.getEntriesByType("navigation")[0]?.type === "navigate");

  // Code: copy the source, unfold a long listing.
  const copy = async text => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = make("textarea", { class: "unseen" }, text);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  // What a terminal shows around the commands (prompts, `.q`, and output, `.u`) is not theirs.
  const source = pre => {
    if (!pre.querySelector("i.q")) return pre.textContent && pre.textContent + "\n";
    const copied = pre.cloneNode(true);
    all("i.q", copied).forEach(part => part.replaceWith("\0"));
    all("i.u", copied).forEach(part => part.replaceWith("\x01"));
    const lines = copied.textContent.split("\n").filter(line => !line.includes("\x01"));
    return lines.map(line => line.replace(/ *\0 ?/, "")).join("\n").trimEnd() + "\n";
  };
  all(".code").forEach(figure => {
    const pre = figure.querySelector("pre"), button = make("button", { type: "button", class: "copy" });
    let timer;
    const say = done => {
      const text = done ? words.copied : words.copy;
      button.replaceChildren(make("span", { class: "icon icon-" + (done ? "check" : "copy"), "aria-hidden": true }), make("span", {}, text));
      button.classList.toggle("done", done);
      status.textContent = done ? text : "";
    };
    say(false);
    on(button, "click", async () => {
      await copy(source(pre));
      say(true);
      clearTimeout(timer);
      timer = setTimeout(say, 2000, false);
    });
    figure.append(button);

    const rest = pre.querySelector(".rest");
    if (!rest) return;
    const more = make("button", { type: "button", class: "more" });
    const unfold = open => {
      figure.classList.toggle("open", open);
      if (open) rest.removeAttribute("hidden"); else rest.setAttribute("hidden", "until-found");
      more.setAttribute("aria-expanded", open);
      more.textContent = (open ? words.less : words.more) || "…";
    };
    on(more, "click", () => unfold(!figure.matches(".open")));
    on(rest, "beforematch", () => unfold(true));
    figure.append(more);
    unfold(false);
  });

  // Images shown smaller than they are open in a dialog.
  all(".content .image img").forEach(image => {
    const offer = () => {
      if (!image.alt || image.closest("a, button") || image.naturalWidth < image.clientWidth * 1.2) return;
      const turns = ["only-light", "only-dark"].filter(name => image.matches("." + name));
      const button = make("button", { type: "button", class: ["zoom", ...turns].join(" "), "aria-haspopup": "dialog" }), inner = image.closest("picture") || image;
      inner.replaceWith(button);
      button.append(inner);
      on(button, "click", () => {
        const dialog = make("dialog", { class: "viewer", "aria-label": image.alt }, make("button", { type: "button", "aria-label": words.close }, make("img", { src: image.currentSrc, alt: "" })));
        on(dialog, "click", () => dialog.close());
        on(dialog, "close", () => dialog.remove());
        document.body.append(dialog);
        dialog.showModal();
      });
    };
    if (image.complete && image.naturalWidth) offer(); else on(image, "load", offer);
  });

  // A recording on another site is asked for when a reader wants it. Where that is not allowed, its link leads there.
  all("a[data-play]").forEach(link => on(link, "click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = make(link.dataset.play, { controls: "", autoplay: "" });
    on(player, "error", () => { location = link.href; });
    (link.closest(".ref") || link).replaceWith(player);
    player.src = link.href;
    player.focus();
  }));

  // Code is a stop for the keyboard where it can be moved.
  const wide = new ResizeObserver(seen => seen.forEach(({ target: pre }) => { pre.tabIndex = pre.scrollWidth > pre.clientWidth ? 0 : -1; }));
  all(".code pre").forEach(pre => wide.observe(pre));

  all(".cards.scroll").forEach(row => { row.tabIndex = 0; });
  on(window, "beforeprint", () => all(".content details").forEach(part => { part.open = true; }));
});
