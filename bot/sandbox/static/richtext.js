// Text with the bot's own emphasis: Telegram's entities and Zalo's text_styles. Both count in UTF-16 units, as
// JavaScript strings do.

import { h, linked, safeUrl } from "./dom.js";

const ENTITIES = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "mono", pre: "mono", blockquote: "said", spoiler: "i" };
const ZALO = { b: "b", i: "i", u: "u", s: "s", f_13: "small", f_18: "big", f_20: "bigger", c_db342e: "red", c_15a85f: "green", c_f27806: "orange" };

/** The message's text as nodes. */
export function richText(message) {
  const marks = [...(message.entities ?? []).map(fromEntity), ...(message.styles ?? []).map(fromStyle)].filter(Boolean);
  if (!marks.length) return linked(message.text);
  const cuts = [...new Set([0, message.text.length, ...marks.flatMap((mark) => [mark.from, mark.to])])].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((to, index) => piece(message.text.slice(cuts[index], to), covering(marks, cuts[index], to)));
}

function fromEntity({ type, offset, length, url }) {
  if (type === "text_link") return { from: offset, to: offset + length, url: safeUrl(url) };
  return ENTITIES[type] && { from: offset, to: offset + length, classes: [ENTITIES[type]] };
}

function fromStyle({ start, len, st }) {
  return { from: start, to: start + len, classes: (st ?? []).map((code) => ZALO[code]).filter(Boolean) };
}

const covering = (marks, from, to) => marks.filter((mark) => mark.from <= from && mark.to >= to);

function piece(text, marks) {
  const classes = marks.flatMap((mark) => mark.classes ?? []).map((name) => `t-${name}`);
  const url = marks.find((mark) => mark.url)?.url;
  const inner = url ? [h("a", { href: url, text, title: url, target: "_blank", rel: "noopener noreferrer" })] : linked(text);
  return classes.length ? [h("span", { class: classes.join(" ") }, ...inner)] : inner;
}
