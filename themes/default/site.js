/* In: a page that already reads without script. Out: the same page with tabs, copy buttons, a sidebar that remembers, an outline that follows.
   Storage keys: proofpress-theme and proofpress-tabs (local), proofpress-nav:ADDRESS (session). */
(function () {
  "use strict";
  var root = document.documentElement;
  var words = document.body.dataset;
  var header = document.querySelector(".top");

  function all(selector, inside) { return Array.from((inside || document).querySelectorAll(selector)); }
  function read(storage, key, fallback) {
    try { return JSON.parse(window[storage].getItem(key)) || fallback; } catch (denied) { return fallback; }
  }
  function write(storage, key, value) {
    try { window[storage].setItem(key, JSON.stringify(value)); } catch (denied) { /* nothing is remembered */ }
  }
  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) element.textContent = text;
    return element;
  }
  function icon(name) { return make("span", { class: "icon icon-" + name, "aria-hidden": "true" }); }

  var status = document.body.appendChild(make("p", { class: "unseen", role: "status" }));

  // Theme: light, dark, or whatever the system says.
  (function () {
    var choices = all("[data-theme-choice]");
    function show() {
      choices.forEach(function (choice) {
        choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === (root.dataset.theme || "system")));
      });
    }
    function set(theme) {
      if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
      show();
    }
    choices.forEach(function (choice) {
      choice.addEventListener("click", function () {
        set(choice.dataset.themeChoice);
        try { localStorage.setItem("proofpress-theme", choice.dataset.themeChoice); } catch (denied) { /* for this page only */ }
        close(choice.closest("details"), true);
      });
    });
    addEventListener("storage", function (event) { if (event.key === "proofpress-theme") set(event.newValue); });
    show();
  })();

  // Drop-down lists of the header: native details, closed by Esc, by a click elsewhere and by leaving with Tab.
  function close(drop, refocus) {
    drop.open = false;
    if (refocus) drop.querySelector("summary").focus();
  }
  all(".drop").forEach(function (drop) {
    drop.addEventListener("keydown", function (event) { if (event.key === "Escape" && drop.open) close(drop, true); });
    drop.addEventListener("focusout", function (event) { if (event.relatedTarget && !drop.contains(event.relatedTarget)) close(drop); });
    document.addEventListener("click", function (event) { if (!drop.contains(event.target)) close(drop); });
  });

  // Sidebar: branches open and close; what is open and how far it is scrolled is kept for the session.
  (function () {
    var sidebar = document.getElementById("sidebar");
    if (!sidebar) return;
    var nav = sidebar.querySelector(".nav");
    var brand = document.querySelector(".brand");
    var key = "proofpress-nav:" + (nav.dataset.src ? new URL(nav.dataset.src, location.href).href : brand.href);
    var state = read("sessionStorage", key, { scroll: 0, open: {} });
    var branches = null, waiting = [];

    function name(toggle) { var link = toggle.parentNode.querySelector("a"); return link ? link.href : toggle.getAttribute("aria-label"); }
    function show(toggle, open) {
      toggle.setAttribute("aria-expanded", String(open));
      toggle.closest("li").classList.toggle("open", open);
    }
    function insert(toggle) {
      var html = branches[toggle.dataset.branch];
      if (!html || toggle.parentNode.nextElementSibling) return;
      var holder = document.createElement("template");
      holder.innerHTML = html;
      all("a[href]", holder.content).forEach(function (link) {
        var href = link.getAttribute("href");
        if (!/^([a-z][a-z0-9+.-]*:|[/#])/i.test(href)) link.setAttribute("href", root.dataset.root + href);
      });
      toggle.parentNode.after(holder.content);
      restore(toggle.closest("li"));
    }
    function open(toggle) {
      if (toggle.dataset.branch && !branches) {
        if (waiting.push(toggle) === 1) document.head.appendChild(make("script", { src: nav.dataset.src }));
      } else if (branches && toggle.dataset.branch) insert(toggle);
      show(toggle, true);
    }
    function restore(within) {
      all(".nav-toggle", within).forEach(function (toggle) {
        var wanted = state.open[name(toggle)];
        var item = toggle.closest("li");
        if (wanted && !item.classList.contains("open")) open(toggle);
        if (wanted === false && !item.querySelector("[aria-current]")) show(toggle, false);
      });
    }
    function save() { state.scroll = sidebar.scrollTop; write("sessionStorage", key, state); }

    window.proofpressNav = function (given) {
      branches = given;
      waiting.splice(0).forEach(insert);
    };
    nav.addEventListener("click", function (event) {
      var toggle = event.target.closest(".nav-toggle");
      if (!toggle) return;
      var wanted = toggle.getAttribute("aria-expanded") !== "true";
      if (wanted) open(toggle); else show(toggle, false);
      state.open[name(toggle)] = wanted;
      save();
    });

    function reveal() {
      sidebar.scrollTop = state.scroll;
      var current = nav.querySelector('[aria-current="page"]');
      if (!current) return;
      var box = current.getBoundingClientRect(), frame = sidebar.getBoundingClientRect();
      if (box.top < frame.top + 32 || box.bottom > frame.bottom - 32) sidebar.scrollTop += box.top - frame.top - frame.height / 3;
    }
    restore(nav);
    reveal();
    addEventListener("pagehide", function () { save(); if (sidebar.matches(":popover-open")) sidebar.hidePopover(); });

    // As a sheet: the rest of the page is inert while it is open.
    sidebar.addEventListener("beforetoggle", function (event) { if (event.newState === "closed") rest(false); });
    sidebar.addEventListener("toggle", function (event) {
      if (event.newState !== "open") { if (document.activeElement === document.body) document.querySelector(".menu-open").focus(); return; }
      rest(true);
      reveal();
      (nav.querySelector('[aria-current="page"]') || sidebar.querySelector("button")).focus({ preventScroll: true });
    });
    function rest(inert) { all(".skip, .top, main, .outline, .bottom").forEach(function (part) { part.inert = inert; }); }
  })();

  // A popover that has become a column again must not stay in the top layer.
  [["sidebar", "(width >= 1024px)"], ["outline", "(width >= 1152px)"]].forEach(function (pair) {
    matchMedia(pair[1]).addEventListener("change", function () {
      var part = document.getElementById(pair[0]);
      if (part && part.matches(":popover-open")) part.hidePopover();
    });
  });

  // Outline: exactly one entry is current, and it follows the text.
  (function () {
    var outline = document.getElementById("outline");
    if (!outline) return;
    var entries = all("a", outline).map(function (link) {
      return { link: link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) };
    }).filter(function (entry) { return entry.heading; });
    var current = null, queued = false;
    function follow() {
      queued = false;
      var line = header.offsetHeight + 80, found = entries[0];
      entries.forEach(function (entry) { if (entry.heading.getBoundingClientRect().top <= line) found = entry; });
      if (scrollY > 0 && innerHeight + scrollY >= root.scrollHeight - 2) found = entries[entries.length - 1];
      if (!found || found === current) return;
      if (current) current.link.removeAttribute("aria-current");
      found.link.setAttribute("aria-current", "location");
      current = found;
      var box = found.link.getBoundingClientRect(), frame = outline.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) outline.scrollTop += box.top - frame.top - frame.height / 2;
    }
    function queue() { if (!queued) { queued = true; requestAnimationFrame(follow); } }
    addEventListener("scroll", queue, { passive: true });
    addEventListener("resize", queue);
    outline.addEventListener("click", function (event) {
      if (event.target.closest("a") && outline.matches(":popover-open")) outline.hidePopover();
    });
    follow();
  })();

  // Tabs. The titles chosen last, anywhere, decide which tab a group shows.
  var sets = all(".tabs").map(function (box, number) {
    var panels = all(".tab", box).filter(function (panel) { return panel.parentNode === box; });
    var list = make("div", { class: "tab-list", role: "tablist" });
    var set = { box: box, panels: panels, buttons: panels.map(function (panel, index) {
      var title = panel.querySelector(".tab-title");
      panel.id = panel.id || "tabs-" + number + "-" + index;
      var button = make("button", { type: "button", role: "tab", id: panel.id + "-tab", "aria-controls": panel.id }, title ? title.textContent : String(index + 1));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      panel.tabIndex = 0;
      button.addEventListener("click", function () { choose(set, index); });
      panel.addEventListener("beforematch", function () { choose(set, index); });
      return list.appendChild(button);
    }) };
    list.addEventListener("keydown", function (event) {
      var here = set.buttons.indexOf(event.target), last = panels.length - 1, step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      var to = { ArrowRight: here + step, ArrowLeft: here - step, Home: 0, End: last }[event.key];
      if (here < 0 || to === undefined) return;
      event.preventDefault();
      choose(set, to < 0 ? last : to > last ? 0 : to);
      set.buttons.find(function (button) { return button.tabIndex === 0; }).focus();
    });
    box.prepend(list);
    return set;
  });
  function select(set, index) {
    set.panels.forEach(function (panel, at) {
      var on = at === index;
      set.buttons[at].setAttribute("aria-selected", String(on));
      set.buttons[at].tabIndex = on ? 0 : -1;
      if (on) panel.removeAttribute("hidden"); else panel.setAttribute("hidden", "until-found");
    });
    set.box.classList.add("ready");
  }
  function choose(set, index) {
    var key = set.panels[index].dataset.key, top = set.box.getBoundingClientRect().top;
    select(set, index);
    if (!key) return;
    sets.forEach(function (other) {
      var at = other.panels.findIndex(function (panel) { return panel.dataset.key === key; });
      if (other !== set && at >= 0) select(other, at);
    });
    scrollBy({ top: set.box.getBoundingClientRect().top - top, behavior: "instant" });
    var chosen = read("localStorage", "proofpress-tabs", []).filter(function (old) { return old !== key; });
    write("localStorage", "proofpress-tabs", [key].concat(chosen).slice(0, 24));
  }
  (function () {
    var chosen = read("localStorage", "proofpress-tabs", []);
    sets.forEach(function (set) {
      var keys = set.panels.map(function (panel) { return panel.dataset.key; });
      var key = chosen.find(function (old) { return keys.includes(old); });
      select(set, key ? keys.indexOf(key) : 0);
    });
  })();

  // An address with a hash opens what hides its target.
  function openTarget() {
    var target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (malformed) { return; }
    if (!target) return;
    var hidden = false;
    for (var part = target; part; part = part.parentElement) {
      if (part.matches("details:not([open]):not(.drop)")) { part.open = true; hidden = true; }
      if (part.matches(".tab[hidden]")) {
        sets.forEach(function (set) { var at = set.panels.indexOf(part); if (at >= 0) select(set, at); });
        hidden = true;
      }
    }
    if (hidden || sets.length) target.scrollIntoView();
  }
  addEventListener("hashchange", openTarget);
  if (location.hash) openTarget();

  // Code: a button that copies the source, and one that unfolds a long listing.
  function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    var area = make("textarea", { class: "unseen" });
    area.value = text;
    document.body.appendChild(area).select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }
  all(".code").forEach(function (figure) {
    var pre = figure.querySelector("pre");
    if (!pre) return;
    var label = make("span", {}, words.copy);
    var button = make("button", { type: "button", class: "copy", "aria-label": words.copy });
    var timer = 0;
    function say(text, name) {
      button.setAttribute("aria-label", text);
      button.replaceChildren(icon(name), label);
      label.textContent = text;
    }
    say(words.copy, "copy");
    button.addEventListener("click", function () {
      copy(pre.textContent).then(function () {
        say(words.copied, "check");
        button.classList.add("done");
        status.textContent = words.copied;
        clearTimeout(timer);
        timer = setTimeout(function () { say(words.copy, "copy"); button.classList.remove("done"); status.textContent = ""; }, 2000);
      });
    });
    figure.appendChild(button);

    var shown = Number(figure.dataset.expandable);
    if (!shown) return;
    var lines = pre.textContent.replace(/\n$/, "").split("\n").length;
    if (lines <= shown + 1) return figure.classList.add("open");
    figure.style.setProperty("--lines", shown);
    var more = figure.appendChild(make("button", { type: "button", class: "more" }));
    function unfold(open) {
      figure.classList.toggle("open", open);
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? shown + " / " + lines : lines + "";
      if (!open) pre.scrollTop = 0;
    }
    more.addEventListener("click", function () { unfold(!figure.classList.contains("open")); });
    pre.addEventListener("scroll", function () { if (pre.scrollTop > 0) unfold(true); });
    unfold(false);
  });

  // Images shown smaller than they are open in a dialog.
  all(".content .image img").forEach(function (image) {
    function offer() {
      if (!image.alt || image.closest("a, button") || image.naturalWidth < image.clientWidth * 1.2) return;
      var button = make("button", { type: "button", class: "zoom", "aria-haspopup": "dialog" });
      var inner = image.closest("picture") || image;
      inner.replaceWith(button);
      button.appendChild(inner);
      button.addEventListener("click", function () {
        var dialog = make("dialog", { class: "viewer", "aria-label": image.alt });
        var closer = make("button", { type: "button", "aria-label": words.close });
        closer.appendChild(make("img", { src: image.currentSrc || image.src, alt: "" }));
        dialog.appendChild(closer);
        dialog.addEventListener("click", function () { dialog.close(); });
        dialog.addEventListener("close", function () { dialog.remove(); button.focus(); });
        document.body.appendChild(dialog).showModal();
      });
    }
    if (image.complete && image.naturalWidth) offer(); else image.addEventListener("load", offer, { once: true });
  });

  all(".cards.scroll, .tab-list").forEach(function (row) { if (row.matches(".cards")) row.tabIndex = 0; });

  // The date in the reader's words; paper shows everything.
  all(".updated time").forEach(function (time) {
    var date = new Date(time.dateTime);
    if (!isNaN(date)) time.textContent = date.toLocaleDateString(root.lang, { dateStyle: "long", timeZone: "UTC" });
  });
  addEventListener("beforeprint", function () { all(".content details").forEach(function (part) { part.open = true; }); });
})();
