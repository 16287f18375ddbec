// What hangs on a bubble: pictures, files, sound, stickers, and the buttons under it.

import { h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { T } from "./texts.js";

/** The file of `message`, in the shape that suits its kind. */
export function attachment(message, acts) {
  const { kind, name } = message.file;
  const url = safeUrl(message.file.url || message.file.distant);
  if (!url) return h("span", { class: "unseen" }, icon(kind === "sticker" ? "smile" : "file"), kind === "sticker" ? T.sticker : name);
  if (kind === "sticker") return h("img", { class: "sticker", src: url, alt: T.stickerAlt });
  if (kind === "photo") return photo(message, url, acts);
  if (kind === "audio" || kind === "voice") return h("audio", { controls: true, preload: "metadata", src: url, "aria-label": name });
  if (kind === "video") return h("video", { controls: true, preload: "metadata", src: url, "aria-label": name });
  return fileCard(name, url, message.file.size);
}

function photo(message, url, acts) {
  const alt = T.photoAlt(message.name || T.botShort);
  const open = () => acts.picture({ url, alt });
  const node = h("button", { class: "photo", "aria-label": `${T.enlarge}. ${alt}`, on: { click: open } });
  // A picture that lies outside the sandbox may be out of reach; its address is then still of use.
  const gone = () => node.replaceWith(fileCard(message.file.name || T.photo, url));
  node.append(h("img", { src: url, alt: "", on: { error: gone } }));
  return node;
}

const COLOURS = { pdf: "red", doc: "blue", docx: "blue", xls: "green", xlsx: "green", ppt: "orange", pptx: "orange" };

function fileCard(name, url, size = 0) {
  const ending = (name.includes(".") ? name.split(".").at(-1) : "").toLowerCase();
  return h(
    "div",
    { class: "file", testid: "file" },
    h("a", { class: "file-open", href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": T.fileOpen(name) },
      h("span", { class: `file-kind ${COLOURS[ending] ?? "grey"}`, text: ending.slice(0, 4) || "tệp" }),
      h("span", { class: "file-words" }, h("span", { class: "file-name", text: name }), size ? h("small", { text: sized(size) }) : null)),
    h("a", { class: "round", href: url, download: name, "aria-label": `${T.download} ${name}`, title: T.download }, icon("download")),
  );
}

/** Bytes as people read them: "240 KB", "1,4 MB". */
function sized(bytes) {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1).replace(".", ",")} MB`;
}

/** The buttons under a message, in the bot's own rows; null when there are none. A button: [label, data, address?]. */
export function choices(message, acts) {
  if (!message.buttons?.length) return null;
  const lengths = message.rows?.length ? message.rows : message.buttons.map(() => 1);
  let from = 0;
  const row = (length) => message.buttons.slice(from, (from += length)).map((button) => choice(message, button, acts));
  return h("div", { class: "choices" }, ...lengths.map((length) => h("div", {}, ...row(length))));
}

function choice(message, [label, data, address], acts) {
  const link = safeUrl(address);
  if (link) return h("a", { class: "choice", testid: "choice", href: link, target: "_blank", rel: "noopener noreferrer" }, label, icon("external"));
  const node = h("button", { class: "choice", testid: "choice", data: { data }, text: label });
  node.addEventListener("click", () => acts.press(message, data, node));
  return node;
}
