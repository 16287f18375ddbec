// "Chữ to": larger letters all over the page, for a projector or tired eyes. The browser remembers it.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { T } from "./texts.js";

const STORE = "sotay-large";
const root = document.documentElement;

/** Take over what was chosen on an earlier visit. */
export function restoreSize() {
  try {
    root.classList.toggle("large", localStorage.getItem(STORE) === "1");
  } catch {
    // storage can be closed by the browser's settings; the page works without it
  }
}

function toggle() {
  const on = root.classList.toggle("large");
  try {
    localStorage.setItem(STORE, on ? "1" : "0");
  } catch {
    // as above: the size then lasts until the page is closed
  }
  document.querySelectorAll("[data-testid=text-size]").forEach(label);
}

function label(button) {
  const on = root.classList.contains("large");
  button.setAttribute("aria-pressed", String(on));
  button.replaceChildren(icon("text"), on ? T.normalText : T.largeText);
}

/** A button that switches the size; every one of them on the page shows the same state. */
export function sizeButton() {
  const button = h("button", { class: "size", testid: "text-size", on: { click: toggle } });
  label(button);
  return button;
}
