// Toasts and dialogs. A toast comes with the answer of an act in place, as the htmx event
// "toast" with {text, tone}; a dialog is opened by a link to its id. Nothing is remembered.
(function () {
  "use strict";
  var TONES = ["good", "warn", "bad", "unknown", "accepted", "quiet"];
  function showToast(detail) {
    var sample = document.getElementById("toast-sample");
    var place = document.getElementById("toasts");
    if (!sample || !place || !detail || !detail.text) return;
    var toast = sample.content.firstElementChild.cloneNode(true);
    var tone = TONES.indexOf(detail.tone) < 0 ? "quiet" : detail.tone;
    toast.classList.remove("tone-quiet");
    toast.classList.add("tone-" + tone);
    toast.querySelector("p").textContent = detail.text;
    place.append(toast);
  }
  function openDialog(dialog) {
    if (dialog && typeof dialog.showModal === "function" && !dialog.open) dialog.showModal();
  }
  function prepare(root) {
    root.querySelectorAll("dialog[data-opens-now]").forEach(openDialog);
  }
  document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  document.addEventListener("toast", function (event) { showToast(event.detail); });
  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-opens-dialog]");
    var closer = event.target.closest("[data-closes-dialog]");
    var cross = event.target.closest("[data-closes-toast]");
    if (opener) {
      var dialog = document.getElementById(opener.hash.slice(1));
      if (dialog) { event.preventDefault(); openDialog(dialog); }
    } else if (closer && closer.closest("dialog[open]")) {
      event.preventDefault();
      closer.closest("dialog").close();
    } else if (cross) {
      cross.closest(".toast-part").remove();
    } else if (event.target.matches("dialog[open]")) {
      event.target.close(); // a click beside the dialog lands on its backdrop
    }
  });
})();
