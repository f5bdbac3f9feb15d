/* Sets <html class="js" data-theme="light|dark"> from the stored choice, and shows the tabs chosen last, before the first paint. */
(root => {
  root.classList.add("js");
  try {
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
