// A place to drop a file: the field below works without this; here the whole place takes the
// file, and says which one it holds.
(function () {
  "use strict";
  function prepare(place) {
    var field = place.querySelector("input[type=file]");
    var line = place.querySelector("[data-chosen]");
    if (!field || !line) return;
    function say() {
      var file = field.files[0];
      line.textContent = file
        ? line.dataset.chosen.replace("{name}", file.name).replace("{size}", sizeOf(file.size))
        : line.dataset.none;
      place.classList.toggle("drop-full", Boolean(file));
    }
    ["dragenter", "dragover"].forEach(function (name) {
      place.addEventListener(name, function (event) {
        event.preventDefault();
        place.classList.add("drop-over");
      });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function (event) {
        if (name === "dragleave" && place.contains(event.relatedTarget)) return;
        place.classList.remove("drop-over");
      });
    });
    place.addEventListener("drop", function (event) {
      if (!event.dataTransfer || !event.dataTransfer.files.length) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      say();
      field.focus();
    });
    field.addEventListener("change", say);
    say();
  }
  function sizeOf(bytes) {
    return bytes < 1024 * 1024 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1024 / 1024).toFixed(1) + " MB";
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".drop").forEach(prepare);
  });
})();
