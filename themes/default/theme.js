// In: the reader's stored choice. Out: <html class="js" data-theme="light|dark">, set before the first paint.
(function (root) {
  "use strict";
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("proofpress-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (denied) { /* storage refused: the system's colours stay */ }
})(document.documentElement);
