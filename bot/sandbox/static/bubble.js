// One message as a bubble.

import { avatar, h, letters, linked, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { personById } from "./state.js";
import { hourMinute } from "./time.js";
import { T } from "./texts.js";

/**
 * The bubble of `message`. `look`: {mine, first (of this speaker's run), last, group, quoted (message or undefined)}.
 * `acts`: {menu(message, anchor), press(message, data, node), picture({url, alt}), quote(message)}.
 */
export function bubble(message, look, acts) {
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

function picture(message, look) {
  if (!look.first) return h("span", { class: "avatar none" });
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
    message.text ? h("div", { class: "text", testid: "text" }, ...linked(message.text)) : null,
  ];
}

function meta(message) {
  const when = message.pending ? T.sending : hourMinute(new Date(message.at));
  const edited = message.edited && !message.deleted ? `${T.edited} · ` : "";
  return h("span", { class: "meta", text: edited + when });
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

function attachment(message, acts) {
  const { kind, name } = message.file;
  const url = safeUrl(message.file.url);
  if (!url) return h("span", { class: "text", text: name });
  if (kind === "sticker") return h("img", { class: "sticker", src: url, alt: T.stickerAlt });
  if (kind === "photo") return photo(message, url, acts);
  if (kind === "audio" || kind === "voice") return h("audio", { controls: true, preload: "metadata", src: url, "aria-label": name });
  if (kind === "video") return h("video", { controls: true, preload: "metadata", src: url, "aria-label": name });
  return fileCard(name, url);
}

function photo(message, url, acts) {
  const alt = T.photoAlt(message.name || T.botShort);
  const open = () => acts.picture({ url, alt });
  return h("button", { class: "photo", "aria-label": `${T.enlarge}. ${alt}`, on: { click: open } }, h("img", { src: url, alt: "" }));
}

const COLOURS = { pdf: "red", doc: "blue", docx: "blue", xls: "green", xlsx: "green", ppt: "orange", pptx: "orange" };

function fileCard(name, url) {
  const ending = (name.includes(".") ? name.split(".").at(-1) : "").toLowerCase();
  return h(
    "div",
    { class: "file", testid: "file" },
    h("a", { class: "file-open", href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": T.fileOpen(name) },
      h("span", { class: `file-kind ${COLOURS[ending] ?? "grey"}`, text: ending.slice(0, 4) || "tệp" }),
      h("span", { class: "file-name", text: name })),
    h("a", { class: "round", href: url, download: name, "aria-label": `${T.download} ${name}`, title: T.download }, icon("download")),
  );
}

/** Buttons as rows of [label, data]; the sandbox may send a flat list or a list of rows. */
function choices(message, acts) {
  if (!message.buttons?.length) return null;
  const flat = message.buttons.flatMap((one) => (Array.isArray(one[0]) ? one : [one]));
  return h("div", { class: "choices" }, ...flat.map(([label, data]) => choice(message, label, data, acts)));
}

function choice(message, label, data, acts) {
  const link = /^https?:/i.test(data) && safeUrl(data);
  if (link) return h("a", { class: "choice", testid: "choice", href: link, target: "_blank", rel: "noopener noreferrer" }, label, icon("external"));
  const node = h("button", { class: "choice", testid: "choice", data: { data }, text: label });
  node.addEventListener("click", () => acts.press(message, data, node));
  return node;
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
