// What stands around the messages of a phone: the head, the pinned banner, the start button, the typing dots.

import { avatar, h, letters } from "./dom.js";
import { summary } from "./bubble.js";
import { icon } from "./icons.js";
import { hourMinute, now } from "./time.js";
import { T } from "./texts.js";

const botFace = (extra = "") => h("span", { class: `avatar bot ${extra}`, "aria-hidden": "true" }, icon("bot"));

/** The chat's name and what it is, with the menu button. */
export function drawHead(phone, openMenu) {
  const { bot, group } = phone.data;
  const inGroup = phone.view === "group";
  const title = inGroup ? phone.data.title || group?.title : bot?.display_name || phone.data.title;
  const count = group?.people.length + (bot ? 1 : 0);
  const subtitle = inGroup ? T.members(phone.data.members ?? count) : T.bot;
  const sign = `${title}|${subtitle}|${phone.where.platform}`;
  if (phone.head.dataset.sign === sign) return;
  phone.head.dataset.sign = sign;
  const face = inGroup ? h("span", { class: "avatar many", "aria-hidden": "true" }, icon("people")) : botFace();
  const words = h("div", { class: "chat-title" }, h("h2", { text: title ?? "" }), h("p", { text: subtitle }));
  const menu = h("button", { class: "round", testid: "chat-menu", "aria-label": T.menu, title: T.menu, "aria-haspopup": "menu", on: { click: openMenu } }, icon("more"));
  phone.head.replaceChildren(face, words, menu);
}

/** The people of a group as lines of a menu. */
export function memberLines(group, bot, find) {
  const people = (group?.people ?? []).map(find).filter(Boolean);
  const lines = people.map((person) => ({ label: person.name, picture: avatar(letters(person), person.name, "small") }));
  return bot ? [{ label: bot.display_name, picture: botFace("small") }, ...lines] : lines;
}

/** The newest pinned message, over the chat. */
export function drawPinned(phone) {
  const pinned = phone.data.messages.filter((message) => message.pinned && !message.deleted).at(-1);
  phone.pinned.hidden = !pinned;
  if (!pinned) return;
  const open = () => phone.messages.reveal(pinned.message_id);
  const words = h("span", {}, h("b", { text: T.pinned }), h("span", { text: summary(pinned) }));
  phone.pinned.replaceChildren(h("button", { testid: "pinned", on: { click: open } }, icon("pin"), words));
}

/** The first visit to a private chat: who this is, and one big button. */
export function drawStart(phone, empty, start) {
  phone.lead.hidden = !empty;
  const { platform } = phone.where;
  const sign = `${platform}|${empty}|${phone.view}`;
  if (!empty || phone.lead.dataset.sign === sign) return;
  phone.lead.dataset.sign = sign;
  if (phone.view === "group") return phone.lead.replaceChildren(h("p", { text: T.emptyGroup }));
  const button = h("button", { class: "wide", testid: "start", text: T.start[platform], on: { click: start } });
  return phone.lead.replaceChildren(botFace("big"), h("h3", { text: phone.data.bot?.display_name ?? "" }), h("p", { text: T.startLead }), button);
}

export function drawTyping(phone) {
  const { bot } = phone.data;
  phone.typing.hidden = !phone.thinking;
  if (phone.typing.hidden || phone.typing.childElementCount) return;
  phone.typing.append(h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", { text: `${bot?.display_name ?? T.botShort} ${T.typing}` }));
}

/** The line at the top of a phone: the room's time, and a battery that is never empty. */
export function drawStatus(phone) {
  const time = hourMinute(now());
  if (phone.status.dataset.time === time) return;
  phone.status.dataset.time = time;
  const bars = h("span", { class: "bars" }, h("i"), h("i"), h("i"), h("i"));
  phone.status.replaceChildren(h("b", { text: time }), h("span", { class: "right" }, bars, h("span", { class: "battery" })));
}

/** The reply keyboard that is open: the one of the last bot message that had or removed one, as rows of labels. */
export function keyboardOf(messages) {
  const last = messages.filter((message) => message.from === "bot" && !message.deleted && Array.isArray(message.keyboard)).at(-1);
  if (!last) return [];
  const label = (key) => (typeof key === "string" ? key : (key.text ?? String(key[0] ?? "")));
  return last.keyboard.map((row) => (Array.isArray(row) ? row.map(label) : [label(row)]));
}
