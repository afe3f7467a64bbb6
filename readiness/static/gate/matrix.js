// A cell of a matrix that gets the focus is scrolled out from under the column and the heads
// that stay in sight; how wide those are, the style sheet says as scroll-padding.
(function () {
  "use strict";
  document.addEventListener("focusin", function (event) {
    if (event.target.closest(".matrix td")) {
      event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
})();
