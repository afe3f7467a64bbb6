// Passkeys: a form with data-passkey asks the device first ("make" or "show") and is sent with
// what the device said. What to ask lies in the element that data-options names, or, where it
// names none, is fetched from where the form goes. Without an answer the form says so.
(function () {
  "use strict";
  var asker = window.webauthnJSON;
  function complain(form, name) {
    form.querySelectorAll("[data-passkey-error]").forEach(function (notice) {
      notice.hidden = notice.dataset.passkeyError !== name;
      if (!notice.hidden) notice.focus();
    });
  }
  function optionsOf(form) {
    var held = document.getElementById(form.dataset.options || "");
    if (held) return Promise.resolve(JSON.parse(held.textContent));
    return fetch(form.action, { headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok) throw new Error("no options");
      return answer.json();
    });
  }
  function ask(form, options) {
    if (form.dataset.passkey === "make") return asker.create(options.creation_options);
    return asker.get(options.request_options);
  }
  function prepare(form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      complain(form, "");
      if (!window.PublicKeyCredential || !asker) { complain(form, "missing"); return; }
      optionsOf(form).then(function (options) {
        return ask(form, options);
      }).then(function (credential) {
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      }).catch(function (error) {
        complain(form, error.name === "InvalidStateError" ? "known" : "refused");
      });
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form[data-passkey]").forEach(prepare);
  });
})();
