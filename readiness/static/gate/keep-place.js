// A page that follows changes by itself must not take anything out of the reader's hands: what
// was opened stays open, what was closed stays closed, and what is being read stays in its place.
// A link to something folded unfolds it.
(function () {
  "use strict";
  var kept = null;

  function place() { return document.querySelector("[data-keeps-place]"); }

  function firstInView(root) {
    var all = root.querySelectorAll("[id]");
    for (var i = 0; i < all.length; i += 1) {
      var box = all[i].getBoundingClientRect();
      if (box.height && box.top >= 0 && box.top < window.innerHeight) {
        return { id: all[i].id, top: box.top };
      }
    }
    return null;
  }

  // what has the focus, as a way to find it again in the new page
  function held(active) {
    if (active.id) return "#" + CSS.escape(active.id);
    var fold = active.tagName === "SUMMARY" && active.parentElement;
    if (fold && fold.id) return "#" + CSS.escape(fold.id) + " > summary";
    var href = active.getAttribute && active.getAttribute("href");
    return href ? "a[href='" + CSS.escape(href) + "']" : "";
  }

  function remember(event) {
    var root = place();
    if (!root || event.detail.target !== root) return;
    kept = { open: {}, at: window.scrollY > 0 ? firstInView(root) : null, focus: held(document.activeElement) };
    root.querySelectorAll("details[id]").forEach(function (each) { kept.open[each.id] = each.open; });
    root.querySelectorAll(".table-box").forEach(function (box, index) {
      if (box.scrollLeft || box.scrollTop) kept.open["box " + index] = [box.scrollLeft, box.scrollTop];
    });
  }

  function restore() {
    var root = place();
    if (!root || !kept) return;
    root.querySelectorAll("details[id]").forEach(function (each) {
      if (each.id in kept.open) each.open = kept.open[each.id];
    });
    root.querySelectorAll(".table-box").forEach(function (box, index) {
      var at = kept.open["box " + index];
      if (at) { box.scrollLeft = at[0]; box.scrollTop = at[1]; }
    });
    var anchor = kept.at && document.getElementById(kept.at.id);
    if (anchor) {
      window.scrollBy({ top: anchor.getBoundingClientRect().top - kept.at.top, behavior: "instant" });
    }
    var focused = kept.focus && root.querySelector(kept.focus);
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
    kept = null;
  }

  function unfold() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (var each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
    }
    target.scrollIntoView();
  }

  // paper cannot be clicked: it shows every gate unfolded
  function printing(begins) {
    document.querySelectorAll("details.fold, details.fold details").forEach(function (each) {
      if (begins && !each.open) { each.dataset.unfolded = "yes"; each.open = true; }
      if (!begins && each.dataset.unfolded) { delete each.dataset.unfolded; each.open = false; }
    });
  }

  window.addEventListener("beforeprint", function () { printing(true); });
  window.addEventListener("afterprint", function () { printing(false); });
  document.addEventListener("htmx:beforeSwap", remember);
  document.addEventListener("htmx:afterSwap", restore);
  window.addEventListener("hashchange", unfold);
  document.addEventListener("DOMContentLoaded", unfold);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) unfold(); // the same place again: no hashchange
  });
})();
