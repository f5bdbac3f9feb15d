/* Sets <html class="js" data-theme="light|dark"> from the stored choice, before the first paint. */
(root => {
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("proofpress-theme");
    if (/^(light|dark)$/.test(theme)) root.dataset.theme = theme;
  } catch { /* storage refused */ }
})(document.documentElement);
