// Keeps on the device what a tester entered until the server has it, and sends it when the
// connection returns. Each draft has the form's own key, under which the server writes once.
// A draft: {once, account, address, title, fields: [[name, value]], photo, photoName, state, at};
// its state is "typing", "waiting" (to be sent) or "wrong" (the server wants something mended).
// Drafts belong to the account that wrote them: no other one sees them, signing out ends them.
(function () {
  "use strict";
  var script = document.currentScript;
  var account = script.dataset.account || "";
  var AGAIN_MILLISECONDS = 15000, PATIENCE_MILLISECONDS = 60000;
  var sending = false, waiting = 0;

  function opened() {
    return new Promise(function (resolve, reject) {
      if (!window.indexedDB) { reject(new Error("no store")); return; }
      var asked = indexedDB.open("readiness-gate", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore("drafts", { keyPath: "once" }); };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = function () { reject(asked.error); };
    });
  }
  function within(mode, act) {
    return opened().then(function (base) {
      return new Promise(function (resolve, reject) {
        var work = base.transaction("drafts", mode);
        var asked = act(work.objectStore("drafts"));
        work.oncomplete = function () { base.close(); resolve(asked && asked.result); };
        work.onerror = work.onabort = function () { base.close(); reject(work.error); };
      });
    });
  }
  function put(draft) { return within("readwrite", function (store) { return store.put(draft); }); }
  function remove(once) { return within("readwrite", function (store) { return store.delete(once); }); }
  function mine() {
    return within("readonly", function (store) { return store.getAll(); }).then(function (all) {
      return all.filter(function (draft) { return account && draft.account === account; });
    });
  }

  function bodyOf(draft) {
    var body = new FormData();
    draft.fields.forEach(function (field) { body.append(field[0], field[1]); });
    if (draft.photo) body.append("photo", draft.photo, draft.photoName || "photo.jpg");
    var token = document.querySelector("[name=csrfmiddlewaretoken]");
    body.append("csrfmiddlewaretoken", token ? token.value : "");
    return body;
  }
  // Sends one draft and says what came of it: sent, wrong, signed-out or away.
  function send(draft) {
    var patience = new AbortController();
    var timer = setTimeout(function () { patience.abort(); }, PATIENCE_MILLISECONDS);
    return fetch(draft.address, {
      method: "POST", body: bodyOf(draft), redirect: "manual", credentials: "same-origin",
      // answered in place, like a request of htmx: a second sending asks the form again
      headers: { "X-Kept-On-Device": "1", "HX-Request": "true" }, signal: patience.signal
    }).then(function (answer) {
      clearTimeout(timer);
      if (answer.status === 201) {
        return answer.json().then(function (told) {
          return remove(draft.once).then(function () { return { end: "sent", next: told.next }; });
        });
      }
      if (answer.status === 422 || answer.status === 413) {
        draft.state = "wrong";
        return answer.text().then(function (page) {
          return put(draft).then(function () { return { end: "wrong", page: page }; });
        });
      }
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return { end: "signed-out" };
      return { end: "away" };
    }).catch(function () { clearTimeout(timer); return { end: "away" }; });
  }

  function linkTo(draft) {
    var link = document.createElement("a");
    link.href = draft.address;
    link.textContent = draft.title;
    return link;
  }
  function show(drafts, signedOut) {
    var line = document.getElementById("unsent");
    if (!line) return;
    var left = drafts.filter(function (draft) {
      // the page of a run that has to be mended says so itself
      return draft.state === "waiting" || (draft.state === "wrong" && draft.address !== location.pathname);
    });
    waiting = left.length;
    line.hidden = !left.length;
    if (!left.length) return;
    var names = line.querySelector("[data-names]");
    names.textContent = "";
    left.forEach(function (draft, place) { names.append(place ? ", " : "", linkTo(draft)); });
    var wrong = left.some(function (draft) { return draft.state === "wrong"; });
    line.querySelector("[data-when]").textContent =
      wrong ? line.dataset.wrong : signedOut ? line.dataset.signedOut : line.dataset.waiting;
    line.querySelector("button").hidden = wrong;
  }
  // Sends everything that waits, one after another; stops where the connection is away.
  function sendAll() {
    if (sending || !account) return Promise.resolve();
    sending = true;
    var signedOut = false;
    return mine().then(function (drafts) {
      var queue = drafts.filter(function (draft) { return draft.state === "waiting"; });
      return queue.reduce(function (before, draft) {
        return before.then(function (goOn) {
          if (!goOn) return false;
          return send(draft).then(function (told) {
            signedOut = told.end === "signed-out";
            document.dispatchEvent(new CustomEvent("draft-" + told.end, { detail: { draft: draft, told: told } }));
            return told.end === "sent" || told.end === "wrong";
          });
        });
      }, Promise.resolve(true));
    }).then(function () { return mine(); }).then(function (drafts) { show(drafts, signedOut); })
      .catch(function () { /* nothing can be kept here: forms are sent as ever */ })
      .then(function () { sending = false; });
  }
  function forget() {
    return mine().then(function (drafts) {
      return Promise.all(drafts.map(function (draft) { return remove(draft.once); }));
    }).catch(function () { /* nothing was kept */ });
  }

  window.gateDrafts = { account: account, put: put, remove: remove, mine: mine, sendAll: sendAll };
  document.addEventListener("DOMContentLoaded", function () {
    var line = document.getElementById("unsent");
    if (line) line.querySelector("button").addEventListener("click", sendAll);
    sendAll();
  });
  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) sendAll(); });
  setInterval(function () { if (waiting) sendAll(); }, AGAIN_MILLISECONDS);
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!account || form.getAttribute("action") !== script.dataset.signOut) return;
    event.preventDefault();
    event.stopPropagation();
    if (waiting && !window.confirm(script.dataset.loses)) return;
    forget().then(function () { form.submit(); });
  }, true);
})();
