// The list of people one can play, and what whoever plays the chosen one needs to know.

import { avatar, h, letters } from "./dom.js";
import { icon } from "./icons.js";
import { sizeButton } from "./size.js";
import { chosen, choose, countUnread, current } from "./state.js";
import { KINDS, T } from "./texts.js";
import { copy } from "./toast.js";

const SEARCH_FROM = 10;
const drawer = document.getElementById("people");
const opener = document.getElementById("who");
const list = h("ul", { class: "cards" });
const search = h("input", { type: "search", class: "search", placeholder: T.searchPerson, "aria-label": T.searchPerson });
const about = h("section", { class: "about", "aria-label": T.situation });
const shade = h("div", { class: "shade", hidden: true });

export function mountPeople() {
  const close = h("button", { class: "round close", "aria-label": T.close, on: { click: () => openDrawer(false) } }, icon("close"));
  drawer.append(h("div", { class: "people-head" }, h("h2", { text: T.choosePerson }), sizeButton(), close), search, list, about);
  document.body.append(shade);
  search.addEventListener("input", drawCards);
  shade.addEventListener("click", () => openDrawer(false));
  opener.addEventListener("click", () => openDrawer(!drawer.classList.contains("open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.classList.contains("open")) openDrawer(false);
  });
}

function openDrawer(open) {
  drawer.classList.toggle("open", open);
  shade.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  const target = open ? list.querySelector("[aria-pressed=true]") : opener;
  target?.focus({ preventScroll: true });
  if (open) list.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
}

export function drawPeople() {
  search.hidden = (current().world?.people.length ?? 0) < SEARCH_FROM;
  drawCards();
  drawAbout();
  drawOpener();
}

function drawCards() {
  const held = list.contains(document.activeElement) ? document.activeElement.dataset.testid : "";
  const wanted = search.value.trim().toLowerCase();
  const people = (current().world?.people ?? []).filter((person) => plain(person.name).includes(plain(wanted)));
  list.replaceChildren(...people.map((person) => h("li", {}, card(person))));
  if (held) list.querySelector(`[data-testid="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

/** Without diacritics, so that "lan" and "hung" find Lan and Hùng. */
function plain(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function card(person) {
  const picked = person.id === current().person;
  return h(
    "button",
    {
      class: `card kind-${person.kind}`,
      testid: `person-${person.id}`,
      data: { name: person.name },
      "aria-pressed": String(picked),
      on: { click: () => pick(person) },
    },
    avatar(letters(person), person.name),
    h("span", { class: "card-text" }, h("b", { text: person.name }), h("span", { class: "role", text: person.role || KINDS[person.kind] })),
    badge(countUnread(person.id)),
  );
}

function pick(person) {
  choose({ person: person.id });
  if (drawer.classList.contains("open")) openDrawer(false);
}

/** A red count, or nothing. */
export function badge(count) {
  if (!count) return null;
  const label = T.unread(count);
  return h("span", { class: "badge", title: label }, h("span", { "aria-hidden": "true", text: count > 99 ? "99+" : count }), h("span", { class: "offscreen", text: label }));
}

function drawOpener() {
  const person = chosen();
  if (!person) return opener.replaceChildren();
  const others = (current().world?.people ?? []).filter((one) => one.id !== person.id);
  const waiting = others.reduce((sum, one) => sum + countUnread(one.id), 0);
  const text = h("span", { class: "who-text" }, h("small", { text: T.playing }), h("b", { text: person.name }));
  return opener.replaceChildren(...[avatar(letters(person), person.name), text, badge(waiting), icon("down")].filter(Boolean));
}

function drawAbout() {
  const person = chosen();
  about.hidden = !person?.about;
  if (about.hidden) return;
  const all = h("button", { class: "quiet", on: { click: () => copy(person.about) } }, icon("copy"), T.copyAll);
  about.replaceChildren(
    h("h3", {}, icon("info"), h("span", { text: T.situation })),
    h("p", { class: "about-name", text: person.name }),
    h("p", { testid: "about" }, ...withCodes(person.about)),
    all,
  );
}

/** Numbers that one has to type somewhere (member number, one-time code) become chips that copy themselves. */
function withCodes(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(/(?<![\d/.-])\d(?:[ .-]?\d){4,}(?![\d/])/g)) {
    nodes.push(text.slice(from, match.index), code(match[0]));
    from = match.index + match[0].length;
  }
  return [...nodes, text.slice(from)];
}

function code(text) {
  return h("button", { class: "code", testid: "code", "aria-label": `${T.copy} ${text}`, on: { click: () => copy(text) } }, text, icon("copy"));
}
