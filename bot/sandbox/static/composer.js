// Where a person writes: text, files waiting to go, what is being answered or corrected, words the page offers.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./bubble.js";
import { fileOf, pictureOf, STICKERS } from "./stickers.js";
import { Suggestions } from "./suggestions.js";
import { T } from "./texts.js";

/**
 * The writing line of one phone. `send({text, files, reply_to, edit})` is called with what is to go; a file is
 * {file, as}. `screen` is the phone's screen, over which menus open.
 */
export class Composer {
  constructor({ view, screen, send }) {
    this.screen = screen;
    this.send = send;
    this.files = [];
    this.context = null;
    this.box = h("textarea", { rows: "1", testid: "composer", disabled: "", "aria-label": T.write[view], placeholder: T.write[view], enterkeyhint: "send" });
    this.button = h("button", { class: "send", testid: "send", "aria-label": T.send, title: T.send, on: { click: () => this.#go() } }, icon("send"));
    this.strip = h("div", { class: "strip", hidden: true });
    this.tray = h("div", { class: "tray", hidden: true });
    this.note = h("p", { class: "note", hidden: true });
    this.stickers = h("div", { class: "stickers", role: "group", "aria-label": T.stickers, hidden: true }, ...STICKERS.map((one) => this.#sticker(one)));
    this.suggestions = new Suggestions(this.box);
    const line = h("div", { class: "line" }, this.#attach(), this.box, this.#smile(), this.button);
    this.node = h("div", { class: "composer" }, this.suggestions.node, this.strip, this.tray, this.note, this.stickers, line);
    this.#listen();
  }

  #listen() {
    this.box.addEventListener("input", () => this.#grow());
    this.box.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === "Escape" && this.context) this.about(null);
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      this.#go();
    });
    this.box.addEventListener("paste", (event) => {
      const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
      if (pictures.length) this.add(pictures, "photo");
    });
  }

  #attach() {
    const photo = this.#picker("attach-photo", "photo", "image/*", T.photo);
    const file = this.#picker("attach-file", "document", "", T.file);
    const sticker = h("button", { class: "attach-item", testid: "attach-sticker", on: { click: () => this.#toggleStickers(true) } }, icon("smile"), T.sticker);
    this.panel = h("div", { class: "attach-panel", role: "group", "aria-label": T.attach, hidden: true }, photo, file, sticker);
    this.opener = h("button", { class: "round", testid: "attach", "aria-label": T.attach, title: T.attach, "aria-expanded": "false" }, icon("clip"));
    this.opener.addEventListener("click", () => this.#showPanel(this.panel.hidden));
    const host = h("div", { class: "attach" }, this.opener, this.panel);
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#showPanel(false);
      this.opener.focus();
    });
    document.addEventListener("pointerdown", (event) => !host.contains(event.target) && this.#showPanel(false));
    return host;
  }

  #picker(testid, as, accept, label) {
    const input = h("input", { type: "file", class: "offscreen", multiple: true, accept: accept || null });
    input.addEventListener("change", () => {
      this.add([...input.files], as);
      input.value = "";
    });
    return h("label", { class: "attach-item", testid }, icon(as === "photo" ? "photo" : "file"), label, input);
  }

  #smile() {
    this.smile = h("button", { class: "round smile", testid: "stickers", "aria-label": T.stickers, title: T.emoji, "aria-expanded": "false" }, icon("smile"));
    this.smile.addEventListener("click", () => this.#toggleStickers(this.stickers.hidden));
    return this.smile;
  }

  #sticker(sticker) {
    const send = async () => {
      this.#toggleStickers(false);
      this.send({ text: "", files: [{ file: await fileOf(sticker), as: "sticker" }] });
    };
    return h("button", { testid: "sticker", "aria-label": sticker.label, title: sticker.label, on: { click: send } }, h("img", { src: pictureOf(sticker), alt: "" }));
  }

  #showPanel(open) {
    this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
  }

  #toggleStickers(open) {
    this.#showPanel(false);
    this.stickers.hidden = !open;
    this.smile.setAttribute("aria-expanded", String(open));
  }

  /** Put files in the tray; they go with the next send, the text as the caption of the first. */
  add(files, as) {
    for (const file of files) this.files.push({ file, as: as === "document" && file.type.startsWith("audio/") ? "audio" : as });
    this.#showPanel(false);
    this.#drawTray();
    this.box.focus();
  }

  #drawTray() {
    this.tray.hidden = !this.files.length;
    this.note.hidden = this.tray.hidden || !this.fileHint || this.files.every(({ as }) => as === "photo");
    this.note.textContent = this.fileHint ?? "";
    this.tray.replaceChildren(...this.files.map((one) => this.#waiting(one)));
  }

  #waiting(one) {
    const drop = () => {
      this.files = this.files.filter((other) => other !== one);
      this.#drawTray();
    };
    const remove = h("button", { class: "round", "aria-label": `${T.removeFile}: ${one.file.name}`, title: T.removeFile, on: { click: drop } }, icon("close"));
    return h("span", { class: "waiting" }, icon(one.as === "photo" ? "photo" : "file"), h("span", { text: one.file.name }), remove);
  }

  /** What the next text is about: {mode: "reply" or "edit", message}, or null. */
  about(context) {
    if (this.context?.mode === "edit" && context === null) this.box.value = "";
    this.context = context;
    this.strip.hidden = !context;
    if (!context) return this.#grow();
    const title = context.mode === "edit" ? T.editing : `${T.replyTo} ${context.message.name || T.botShort}`;
    const cancel = h("button", { class: "round", "aria-label": T.cancel, title: T.cancel, on: { click: () => this.about(null) } }, icon("close"));
    const words = h("span", { class: "strip-text" }, h("b", { text: title }), h("span", { text: summary(context.message) }));
    this.strip.replaceChildren(icon(context.mode === "edit" ? "edit" : "reply"), words, cancel);
    if (context.mode === "edit") this.box.value = context.message.text;
    this.#grow();
    return this.box.focus();
  }

  /** Write `text` before what is already there, once. */
  prefix(text) {
    if (!this.box.value.startsWith(text)) this.box.value = text + this.box.value;
    this.#grow();
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  /** Bring back a text that could not be sent, unless something new stands there. */
  restore(text) {
    if (!this.box.value) this.box.value = text;
    this.#grow();
  }

  /** Another chat was opened: nothing half-written goes to the wrong place. */
  reset({ words, fileHint }) {
    this.box.disabled = false; // until a chat is open there is nobody to write to
    this.files = [];
    this.fileHint = fileHint;
    this.suggestions.words = words;
    this.box.value = "";
    this.about(null);
    this.#drawTray();
    this.#toggleStickers(false);
  }

  #grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 132)}px`;
    this.suggestions.update();
  }

  #go() {
    const text = this.box.value.trim();
    if (!text && !this.files.length) return this.box.focus();
    const { mode, message } = this.context ?? {};
    const files = this.files;
    this.files = [];
    this.context = null;
    this.box.value = "";
    this.#drawTray();
    this.about(null);
    this.send({ text, files, reply_to: mode === "reply" ? message.message_id : undefined, edit: mode === "edit" ? message.message_id : undefined });
    return this.box.focus();
  }
}
