/* The phone's page: a check-in is kept here first and sent then, so that none is lost without a network and none counts
   twice (its key is made once, here). With it goes the stamp of the page: whose it is, and when we were last in touch. */
"use strict";
(function () {
  var page = document.getElementById("checkin"), form = document.getElementById("form"), told = document.getElementById("told");
  if (!page || !form) return;
  var KEPT = "sotay-checkins", CLOCK = "sotay-clock", SEEN = "sotay-seen", LIFE = 36 * 3600 * 1000;
  var words = page.dataset;

  function read(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(name)) || otherwise; } catch (error) { return otherwise; }
  }
  function write(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch (error) { return false; } }

  if (words.now) write(CLOCK, Number(words.now) - Date.now());
  if (words.seen) write(SEEN, words.seen);
  function now() { return Date.now() + Number(read(CLOCK, 0)); }
  var opened = now();

  /* After everything that was kept has been sent: from now on no earlier moment can be claimed. */
  async function touch() {
    if (!read(SEEN, "") || read(KEPT, []).length) return;
    try {
      var answer = await fetch(words.touch, {
        method: "POST", body: new URLSearchParams({ seen: read(SEEN, "") }), credentials: "same-origin",
      });
      if (!answer.ok) return;
      var found = await answer.json();
      write(CLOCK, found.now - Date.now());
      if (found.seen) write(SEEN, found.seen);
    } catch (error) { /* the next time */ }
  }

  function newKey() {
    var bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function say(text, kind) { told.textContent = text; told.className = kind; told.hidden = false; }

  function ticket() {
    if (words.ticket) return words.ticket;
    var found = location.pathname.match(/\/ci\/(\d+-\d+-[0-9a-f]+)$/);
    return found ? found[1] : "";
  }
  if (ticket()) document.getElementById("typed").hidden = true;

  var sending = false;
  async function flush() {
    if (sending) return;
    sending = true;
    try {
      var waiting = read(KEPT, []).filter(function (each) { return now() - each.at < LIFE; });
      write(KEPT, waiting);
      for (var each of waiting) {
        if (!await send(each)) break;
        write(KEPT, read(KEPT, []).filter(function (other) { return other.key !== each.key; }));
      }
    } finally { sending = false; }
    touch();
  }

  async function send(each) {
    var answer;
    try {
      answer = await fetch(words.send, {
        method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(each), credentials: "same-origin",
      });
    } catch (error) { say(words.kept, "wait"); return false; }
    if (answer.status >= 500) { say(words.kept, "wait"); return false; }
    var result = await answer.json();
    say(result.text, result.state === "done" ? "yes" : "no");
    if (result.state === "done") form.hidden = true;
    return result.state !== "unknown";
  }

  form.addEventListener("submit", function (event) {
    var code = form.elements.code.value.replace(/\D/g, "");
    if (!ticket() && code.length !== 6) { event.preventDefault(); say(words.digits, "no"); return; }
    var item = { ticket: ticket(), code: ticket() ? "" : code, key: newKey(), at: ticket() ? opened : now(),
      seen: words.seen || read(SEEN, "") };
    var waiting = read(KEPT, []);
    if (waiting.some(function (each) { return each.ticket && each.ticket === item.ticket; })) { event.preventDefault(); flush(); return; }
    if (!write(KEPT, waiting.concat(item))) return;  /* nothing can be kept here: the form sends itself */
    event.preventDefault();
    flush();
  });

  window.addEventListener("online", function () { flush(); });
  setInterval(function () { if (read(KEPT, []).length) flush(); }, 20000);
  flush();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(function () {});
})();
