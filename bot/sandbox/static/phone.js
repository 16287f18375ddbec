// One phone: its frame, and the chat that it shows.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { drawHead, drawPinned, drawStart, drawTyping, keyboardOf } from "./furniture.js";
import { icon } from "./icons.js";
import { followLink } from "./links.js";
import { closeMenu, openMenu } from "./menu.js";
import { Messages } from "./messages.js";
import { Sending } from "./sending.js";
import { closeOverlays, openPicture } from "./sheet.js";
import { T } from "./texts.js";
import { copy, failed, toast } from "./toast.js";

const THINKS_AT_MOST = 20_000;

/** `view` is "private" or "group". `onLead(link)` hears of a link into the private chat (t.me/<bot>?start=…). */
export class Phone {
  constructor(view, onLead) {
    this.view = view;
    this.onLead = onLead;
    this.where = null;
    this.data = { messages: [] };
    this.sending = new Sending(this);
    this.#build();
  }

  #build() {
    const acts = {
      menu: (message, anchor) => this.#messageMenu(message, anchor),
      press: (message, data, node) => this.#press(message, data, node),
      picture: (picture) => openPicture(this.screen, picture),
      quote: (message) => this.messages.reveal(message.message_id),
    };
    this.head = h("header", { class: "chat-head" });
    this.pinned = h("div", { class: "pinned", hidden: true });
    this.below = h("button", { class: "new-below", hidden: true, on: { click: () => this.messages.toEnd() } });
    this.messages = new Messages(acts, (count) => this.#away(count));
    this.messages.node.setAttribute("aria-label", this.view === "private" ? T.privateChat : T.groupChat);
    this.lead = h("div", { class: "lead", hidden: true });
    this.typing = h("div", { class: "typing", hidden: true, "aria-live": "off" });
    this.keys = h("div", { class: "keys", testid: "keyboard", role: "group", "aria-label": T.keyboard, hidden: true });
    this.mention = h("div", { class: "mention", hidden: true });
    this.blocked = h("div", { class: "blocked", hidden: true });
    this.screen = h("div", { class: "screen" });
    this.composer = new Composer({ view: this.view, screen: this.screen, send: (what) => this.send(what) });
    const middle = h("div", { class: "middle" }, this.messages.node, this.lead, this.below);
    this.screen.append(this.head, this.pinned, middle, this.typing, this.mention, this.composer.node, this.keys, this.blocked);
    this.status = h("div", { class: "status", "aria-hidden": "true" });
    const label = this.view === "private" ? T.privateChat : T.groupChat;
    this.node = h("section", { class: "phone", id: `phone-${this.view}`, testid: `phone-${this.view}`, "aria-label": label }, h("div", { class: "device" }, this.status, this.screen));
    this.screen.addEventListener("click", (event) => followLink(event, this.screen, this.data.bot, this.onLead));
  }

  /**
   * Show a chat. `where`: {person, platform, bot (token_id), chat}; `look`: {bot, group, person} as in the world.
   * The same chat again is only re-read.
   */
  open(where, look) {
    const same = JSON.stringify(where) === JSON.stringify(this.where);
    this.data = same ? { ...this.data, ...look } : { messages: [], ...look };
    if (same) return this.refresh();
    closeMenu();
    closeOverlays(this.screen);
    this.where = where;
    this.sending = new Sending(this);
    this.fresh = true;
    this.loaded = false;
    this.rest();
    this.node.dataset.platform = where.platform;
    this.composer.reset({ words: this.#words(), fileHint: where.platform === "zalo" ? T.zaloFileHint : "" });
    this.draw();
    return this.refresh();
  }

  /** Read the chat again. Calls that come while one is under way end in one more reading. */
  async refresh() {
    if (!this.where) return;
    if (this.reading) return void (this.again = true);
    this.reading = true;
    const { where } = this;
    try {
      const read = await api.chat(where);
      if (where === this.where) this.#take(read);
    } catch (problem) {
      failed(problem);
    } finally {
      this.reading = false;
    }
    if (this.again || where !== this.where) {
      this.again = false;
      await this.refresh();
    }
  }

  #take(read) {
    const last = Math.max(0, ...this.data.messages.map((message) => message.seq));
    Object.assign(this.data, read);
    this.sending.arrived(read.messages);
    const answered = read.messages.some((message) => message.from === "bot" && message.seq > last);
    if (answered) this.rest();
    this.loaded = true;
    this.draw();
    this.fresh = false;
  }

  draw() {
    const { where, data } = this;
    if (!where) return;
    const group = this.view === "group";
    const shown = [...data.messages, ...this.sending.waiting];
    drawHead(this, () => this.#chatMenu());
    drawPinned(this);
    this.messages.show(shown, { person: where.person, group, fresh: this.fresh, platform: where.platform });
    drawStart(this, shown.length === 0 && this.loaded, () => this.send({ text: T.startSays[where.platform] }));
    drawTyping(this);
    this.#drawFoot();
  }

  #drawFoot() {
    const off = Boolean(this.data.blocked) && this.view === "private";
    this.composer.node.hidden = off;
    this.blocked.hidden = !off;
    this.blocked.replaceChildren(h("p", { text: T.blocked }), h("button", { class: "wide", testid: "unblock", text: T.unblock, on: { click: () => this.#block(false) } }));
    const rows = off ? [] : keyboardOf(this.data.messages);
    this.keys.hidden = !rows.length;
    this.keys.replaceChildren(...rows.map((row) => h("div", {}, ...row.map((text) => this.#key(text)))));
    this.#drawMention();
  }

  #key(text) {
    return h("button", { testid: "keyboard-key", text, on: { click: () => this.send({ text }) } });
  }

  #drawMention() {
    const { bot } = this.data;
    this.mention.hidden = !(this.view === "group" && this.where.platform === "zalo" && bot);
    if (this.mention.hidden || this.mention.dataset.bot === bot.token_id) return;
    this.mention.dataset.bot = bot.token_id;
    const chip = h("button", { class: "chip", testid: "mention", text: T.mention(bot.display_name), on: { click: () => this.composer.prefix(`@${bot.display_name} `) } });
    this.mention.replaceChildren(chip, h("small", { text: T.mentionHint }));
  }

  #words() {
    const { bot } = this.data;
    if (!bot) return [];
    if (this.where.platform === "zalo") return this.view === "group" ? [{ text: `@${bot.display_name} `, label: T.bot }] : [];
    return (bot.commands ?? []).map((one) => {
      const [name, label] = Array.isArray(one) ? one : [one.command, one.description];
      return { text: `/${name.replace(/^\//, "")}`, label };
    });
  }

  send(what) {
    return this.sending.send(what);
  }

  /** Show that the bot is writing, for `time` milliseconds at most. */
  think(time = THINKS_AT_MOST) {
    clearTimeout(this.thinking);
    this.thinking = setTimeout(() => this.rest(), time);
    drawTyping(this);
    if (this.messages.atEnd()) this.messages.toEnd();
  }

  /** The bot has answered, or will not. */
  rest() {
    clearTimeout(this.thinking);
    this.thinking = null;
    drawTyping(this);
  }

  async #press(message, data, node) {
    node.setAttribute("aria-busy", "true");
    if (this.view === "private") this.think();
    try {
      const answer = await api.press(this.where, message.message_id, data);
      if (answer.text) toast(answer.text);
      await this.refresh();
    } catch (problem) {
      this.rest();
      failed(problem);
    } finally {
      node.removeAttribute("aria-busy");
    }
  }

  async #block(blocked) {
    try {
      await api.block(this.where, blocked);
      toast(blocked ? T.blockedDone : T.unblockedDone);
      await this.refresh();
    } catch (problem) {
      failed(problem);
    }
  }

  #messageMenu(message, anchor) {
    const mine = String(message.from) === String(this.where.person);
    const items = [{ label: T.replyTo, icon: "reply", testid: "reply", act: () => this.composer.about({ mode: "reply", message }) }];
    if (mine && message.text && this.where.platform === "telegram") {
      items.push({ label: T.edit, icon: "edit", testid: "edit", act: () => this.composer.about({ mode: "edit", message }) });
    }
    if (message.text) items.push({ label: T.copyText, icon: "copy", act: () => copy(message.text) });
    openMenu(anchor, this.screen, items);
  }

  #chatMenu() {
    const anchor = this.head.querySelector("[data-testid=chat-menu]");
    if (this.view === "group") return openMenu(anchor, this.screen, this.data.membersList(), T.membersTitle);
    const on = Boolean(this.data.blocked);
    return openMenu(anchor, this.screen, [{ label: on ? T.unblock : T.block, icon: on ? "check" : "block", testid: "block", act: () => this.#block(!on) }]);
  }

  #away(count) {
    this.below.hidden = !count;
    this.below.replaceChildren(icon("down"), count ? `${T.newBelow} (${count})` : "");
  }
}
