// The form of a run: keeps what is entered on the device as it is entered, brings it back, and
// sends it in place. Without this file, or without a store on the device, it is a plain form.
(function () {
  "use strict";
  var drafts = null; // drafts.js comes further down the page
  var form, photo = null, photoName = "", timer = null, sent = false;

  function entered() {
    var fields = [];
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.push([name, value]);
    });
    return fields;
  }
  function draftNow(state) {
    return {
      once: form.elements.once.value, account: drafts.account, address: location.pathname,
      title: form.dataset.keeps, fields: entered(), photo: photo, photoName: photoName, state: state, at: Date.now()
    };
  }
  function say(text) {
    var line = form.querySelector("[data-kept]");
    line.hidden = !text;
    line.querySelector("span").textContent = text;
  }
  function sayPhoto() {
    var line = form.querySelector("[data-photo-kept]");
    if (!line) return;
    line.hidden = !photo;
    line.textContent = line.dataset.photoKept.replace("{name}", photoName);
  }
  function timeOf(moment) {
    return new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  }
  function keep() {
    timer = null;
    if (sent) return;
    var draft = draftNow("typing");
    drafts.put(draft).then(function () {
      say(form.querySelector("[data-kept]").dataset.kept.replace("{time}", timeOf(draft.at)));
    }).catch(function () { /* nothing can be kept here */ });
  }
  function restore(draft) {
    draft.fields.forEach(function (field) {
      var element = form.elements[field[0]];
      if (element) element.value = field[1]; // a list of radio buttons takes its value too
    });
    photo = draft.photo || null;
    photoName = draft.photoName || "";
    sayPhoto();
    say(form.querySelector("[data-kept]").dataset.restored.replace("{time}", timeOf(draft.at)));
    form.querySelector("[data-starts-afresh]").hidden = false;
    if (draft.state === "waiting") freeze(true);
  }
  // What may have reached the server is not changed any more: it would be the same run.
  function freeze(frozen) {
    Array.from(form.elements).forEach(function (element) { element.disabled = frozen; });
    if (frozen) say(form.querySelector("[data-kept]").dataset.waiting);
  }
  function showAnswer(page) {
    var answer = new DOMParser().parseFromString(page, "text/html");
    var fresh = answer.querySelector("form[data-keeps]");
    if (!fresh) { location.reload(); return; }
    form.replaceWith(fresh);
    sent = false;
    start(fresh);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } }));
  }
  function sendNow(event) {
    if (sent) { event.preventDefault(); return; }
    event.preventDefault();
    clearTimeout(timer);
    sent = true;
    drafts.put(draftNow("waiting")).then(function () {
      freeze(true);
      return drafts.sendAll();
    }).catch(function () { form.submit(); });
  }
  function start(found) {
    form = found;
    sayPhoto();
    form.addEventListener("submit", sendNow);
    ["input", "change"].forEach(function (name) {
      form.addEventListener(name, function (event) {
        if (event.target.type === "file") {
          photo = event.target.files[0] || null;
          photoName = photo ? photo.name : "";
          sayPhoto();
        }
        clearTimeout(timer);
        timer = setTimeout(keep, 250);
      });
    });
    form.querySelector("[data-starts-afresh]").addEventListener("click", function () {
      sent = true;
      drafts.remove(form.elements.once.value).then(function () { location.reload(); });
    });
  }
  function isOurs(event) { return form && event.detail.draft.once === form.elements.once.value; }

  document.addEventListener("draft-sent", function (event) {
    if (isOurs(event)) location.assign(event.detail.told.next);
  });
  document.addEventListener("draft-wrong", function (event) {
    if (isOurs(event)) showAnswer(event.detail.told.page);
  });
  document.addEventListener("DOMContentLoaded", function () {
    var found = document.querySelector("form[data-keeps]");
    drafts = window.gateDrafts;
    if (!found || !drafts) return;
    drafts.mine().then(function (all) {
      var own = all.filter(function (draft) { return draft.address === location.pathname; });
      start(found);
      if (own.length) restore(own[own.length - 1]);
    }).catch(function () { /* nothing can be kept here: the form is sent as ever */ });
  });
})();
