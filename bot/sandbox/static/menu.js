// A small menu over a phone's screen: opened at a button, closed by choosing, Escape or a tap elsewhere.

import { h } from "./dom.js";
import { icon } from "./icons.js";

let shown = null;

/** Open under or over `anchor`, inside `screen`. Items: {label, icon, act, testid}; without `act` a plain line. */
export function openMenu(anchor, screen, items, title = "") {
  closeMenu();
  const entries = items.map(entry);
  const node = h("div", { class: "menu", role: "menu", "aria-label": title || null }, title && h("p", { class: "menu-title", text: title }), ...entries);
  screen.append(node);
  place(node, anchor, screen);
  shown = { node, anchor };
  node.addEventListener("keydown", walk);
  document.addEventListener("pointerdown", outside, true);
  node.querySelector("[role=menuitem]")?.focus({ preventScroll: true });
}

export function closeMenu(refocus = false) {
  if (!shown) return;
  const { node, anchor } = shown;
  shown = null;
  document.removeEventListener("pointerdown", outside, true);
  node.remove();
  if (refocus) anchor.focus({ preventScroll: true });
}

function entry(item) {
  if (!item.act) return h("div", { class: "menu-line" }, item.picture ?? null, h("span", { text: item.label }));
  const act = () => {
    closeMenu(true);
    item.act();
  };
  return h("button", { role: "menuitem", testid: item.testid, on: { click: act } }, item.icon ? icon(item.icon) : null, item.label);
}

function place(node, anchor, screen) {
  const frame = screen.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  const left = Math.min(at.left - frame.left, frame.width - node.offsetWidth - 8);
  const below = at.bottom - frame.top + 4;
  const fits = below + node.offsetHeight < frame.height - 8;
  const top = fits ? below : at.top - frame.top - node.offsetHeight - 4;
  node.style.left = `${Math.max(8, left)}px`;
  node.style.top = `${Math.max(8, top)}px`;
}

function outside(event) {
  if (shown && !shown.node.contains(event.target)) closeMenu();
}

function walk(event) {
  const all = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") closeMenu(true);
  if (event.key === "Escape") event.stopPropagation();
  if (!step || !all.length) return;
  event.preventDefault();
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}
