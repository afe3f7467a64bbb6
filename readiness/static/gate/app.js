// What the pages need beyond links and forms: focus on the first error, one send per form,
// keyboard scrolling of wide tables, and a field that sends its form when it changes.
(function () {
  "use strict";
  function prepare(root) {
    // the first field that needs another look; a form wrong as a whole says so on top
    var wrong = root.querySelector("[aria-invalid=true]:not([disabled])") || root.querySelector(".error-summary");
    if (wrong && typeof wrong.focus === "function") wrong.focus();
    root.querySelectorAll(".table-box").forEach(function (box) { boxes.observe(box); });
  }
  // a box that scrolls is reached by the keyboard; one that does not is no stop on the way
  function reach(box) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) {
      box.setAttribute("tabindex", "0");
    } else if (box !== document.activeElement) {
      box.removeAttribute("tabindex");
    }
  }
  var boxes = new ResizeObserver(function (seen) {
    seen.forEach(function (each) { reach(each.target); });
  });
  document.addEventListener("toggle", function (event) {
    event.target.querySelectorAll(".table-box").forEach(reach);
    var around = event.target.closest(".table-box");
    if (around) reach(around);
  }, true);
  document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(function () { delete form.dataset.sent; }, 4000);
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-sends-form]")) event.target.form.requestSubmit();
  });
})();
