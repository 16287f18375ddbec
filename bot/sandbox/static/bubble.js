// One message as a bubble.

import { avatar, h, letters } from "./dom.js";
import { attachment, choices } from "./attachments.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";
import { personById } from "./state.js";
import { hourMinute } from "./time.js";
import { T } from "./texts.js";

/**
 * The bubble of `message`. `look`: {mine, first (of this speaker's run), last, faced (shows the avatar), group, quoted (message or undefined)}.
 * `acts`: {menu(message, anchor), press(message, data, node), picture({url, alt}), quote(message)}.
 */
export function bubble(message, look, acts) {
  if (message.service) return h("div", { class: "day", testid: "notice" }, h("span", { text: notice(message) }));
  const classes = ["message", look.mine ? "mine" : "theirs", look.first && "first", look.last && "last", message.pending && "pending"];
  const node = h(
    "div",
    {
      class: classes.filter(Boolean).join(" "),
      testid: "message",
      data: { from: String(message.from), messageId: String(message.message_id ?? "") },
    },
    look.mine ? null : picture(message, look),
    h("div", { class: "column" }, body(message, look, acts), message.deleted ? null : choices(message, acts)),
  );
  if (!message.pending && !message.deleted) addMenu(node, message, acts);
  return node;
}

/** "đã ghim một tin nhắn" needs its doer in front; "Lê Minh Anh đã vào nhóm" has it. */
const notice = ({ name, service }) => (service.startsWith("đã ") ? `${name} ${service}` : service);

function picture(message, look) {
  if (!look.faced) return h("span", { class: "avatar none" });
  if (message.from === "bot") return h("span", { class: "avatar bot", "aria-hidden": "true" }, icon("bot"));
  return avatar(letters(personById(message.from) ?? { name: message.name }), message.name || "?");
}

function body(message, look, acts) {
  const bare = !message.deleted && message.file?.kind === "sticker";
  const who = look.mine ? T.you : message.name || T.botShort;
  const named = look.group && look.first && !look.mine;
  return h(
    "div",
    { class: bare ? "bubble bare" : "bubble" },
    named ? h("b", { class: `name ${message.from === "bot" ? "of-bot" : ""}`, text: who }) : h("span", { class: "offscreen", text: `${who}: ` }),
    ...(message.deleted ? [h("i", { class: "gone", text: T.deleted })] : contents(message, look, acts)),
    meta(message),
  );
}

function contents(message, look, acts) {
  return [
    look.quoted ? quote(look.quoted, acts) : null,
    message.file ? attachment(message, acts) : null,
    message.text ? h("div", { class: "text", testid: "text" }, ...richText(message)) : null,
  ];
}

function meta(message) {
  const when = message.pending ? T.sending : hourMinute(new Date(message.at));
  const edited = message.edited && !message.deleted ? `${T.edited} · ` : "";
  const forwarded = message.forwarded ? `${T.forwarded} · ` : "";
  return h("span", { class: "meta", text: forwarded + edited + when });
}

function quote(quoted, acts) {
  const inner = [h("b", { text: quoted.name || T.botShort }), h("span", { text: summary(quoted) })];
  return h("button", { class: "quote", on: { click: () => acts.quote(quoted) } }, ...inner);
}

/** A message in one line, for quotes and the pinned banner. */
export function summary(message) {
  if (message.deleted) return T.deleted;
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 140);
  const kinds = { photo: T.photo, sticker: T.sticker };
  return kinds[message.file?.kind] ?? message.file?.name ?? "";
}

function addMenu(node, message, acts) {
  const opener = h("button", { class: "bubble-menu", "aria-label": T.bubbleMenu, "aria-haspopup": "menu", testid: "bubble-menu" }, icon("more"));
  opener.addEventListener("click", () => acts.menu(message, opener));
  node.append(opener);
  node.querySelector(".bubble").addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, audio, video, .photo")) return;
    event.preventDefault();
    acts.menu(message, opener);
  });
}
