// What the page can also do without a reload. It works without this file.
"use strict";
const root = document.documentElement;
const form = document.querySelector(".sizes");

// Size and contrast at once; the cookie is the one that the server sets when there is no JavaScript.
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  event.preventDefault();
  if (button.name === "size") {
    root.classList.remove("size-small", "size-usual", "size-large");
    root.classList.add("size-" + button.value);
    for (const each of form.querySelectorAll("[name=size]")) each.setAttribute("aria-pressed", String(each === button));
  } else {
    button.setAttribute("aria-pressed", String(root.classList.toggle("contrast")));
  }
  const size = /size-(\w+)/.exec(root.className)[1];
  const bits = ["contrast", "words-only"].map((name) => Number(root.classList.contains(name)));
  const folder = location.pathname.slice(0, location.pathname.lastIndexOf("/d/") + 3);
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `sotay-view=${[size, ...bits].join(".")}; path=${folder}; max-age=31536000; samesite=lax${secure}`;
});

// Whoever comes back from a form is taken to its answer, so that a screen reader says it.
const place = location.hash && document.getElementById(location.hash.slice(1));
if (place) place.focus();

// Reading time, only where the member has agreed to it: seconds with the page in sight and something done in the last
// minute (a touch, a key, scrolling, sound that plays), told every fifteen.
const counter = document.querySelector("[data-beat]");
if (counter) {
  let active = Date.now();
  let seconds = 0;
  const awake = () => { active = Date.now(); };
  for (const kind of ["pointerdown", "keydown", "scroll", "touchmove", "wheel"]) addEventListener(kind, awake, { passive: true });
  for (const sound of document.querySelectorAll("audio")) sound.addEventListener("timeupdate", awake);
  const tell = async (last) => {
    const body = new URLSearchParams({ seconds: String(Math.min(seconds, 20)) });
    seconds = 0;
    if (last && navigator.sendBeacon) {
      navigator.sendBeacon(counter.dataset.beat, body);
      return;
    }
    try {
      const answer = await fetch(counter.dataset.beat, { method: "POST", body, keepalive: true });
      if (answer.ok) counter.textContent = await answer.text();
    } catch { /* no line now: these seconds are not counted */ }
  };
  setInterval(() => {
    if (document.visibilityState === "visible" && Date.now() - active < 60000) seconds += 1;
    if (seconds >= 15) tell(false);
  }, 1000);
  addEventListener("pagehide", () => { if (seconds > 0) tell(true); });
}
