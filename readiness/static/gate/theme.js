// Applies the theme somebody chose before the page is painted; without a choice the system decides.
(function () {
  "use strict";
  var root = document.documentElement;
  function stored() {
    try { return localStorage.getItem("theme"); } catch (error) { return null; }
  }
  function dark() {
    var chosen = root.getAttribute("data-bs-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  var chosen = stored();
  if (chosen === "dark" || chosen === "light") root.setAttribute("data-bs-theme", chosen);
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-theme-button]");
    if (!button) return;
    var next = dark() ? "light" : "dark";
    root.setAttribute("data-bs-theme", next);
    try { localStorage.setItem("theme", next); } catch (error) { /* private window: not kept */ }
  });
})();
