// Shows how far a sending is. Without this script the same form works, only silently.
(function () {
  "use strict";
  function watch() {
    var form = document.querySelector(".send");
    if (!form || !window.FormData || !window.XMLHttpRequest || !window.DOMParser) return;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      send(form);
    });
  }
  function send(form) {
    var button = form.querySelector("button");
    var line = form.querySelector(".progress");
    var bar = line.querySelector("progress");
    var words = line.querySelector("span");
    var request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = function (event) {
      if (!event.lengthComputable) return;
      bar.value = Math.floor((100 * event.loaded) / event.total);
      words.textContent = bar.value + " %";
    };
    request.onload = function () {
      var page = new DOMParser().parseFromString(request.responseText, "text/html");
      var fresh = page.querySelector("main");
      if (!fresh) return fail();
      var old = document.querySelector("main");
      old.parentNode.replaceChild(document.importNode(fresh, true), old);
      window.scrollTo(0, 0);
      watch();
    };
    request.onerror = fail;
    function fail() {
      button.disabled = false;
      form.removeEventListener("submit", send);
      line.hidden = true;
      HTMLFormElement.prototype.submit.call(form);
    }
    words.textContent = form.getAttribute("data-sending");
    line.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  }
  watch();
})();
