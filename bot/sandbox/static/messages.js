// The column of messages: day separators, runs of one speaker, and only the changed nodes touched, so that an audio
// that is playing keeps playing and a screen reader hears new messages only.

import { h } from "./dom.js";
import { bubble } from "./bubble.js";
import { dayKey, dayLabel } from "./time.js";

const RUN = 5 * 60_000;
const NEAR = 80;

/** Keeps `node` showing messages. `acts` goes through to the bubbles; `onAway(n)` hears how many new ones are out of sight. */
export class Messages {
  constructor(acts, onAway) {
    this.list = h("div", { class: "run" });
    this.node = h("div", { class: "messages", testid: "messages", role: "log", "aria-live": "polite", tabindex: "0" }, this.list);
    this.acts = acts;
    this.onAway = onAway;
    this.shown = new Map();
    this.away = 0;
    this.stick = true;
    this.top = 0;
    this.node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Pictures that arrive late and a keyboard that opens change the sizes; whoever reads the end stays at the end.
    const sizes = new ResizeObserver(() => this.stick && this.toEnd());
    sizes.observe(this.node);
    sizes.observe(this.list);
  }

  /** Show `messages` (oldest first) of `person`; `fresh` when another chat was opened. */
  show(messages, { person, group, fresh, platform }) {
    this.stick = fresh || this.stick || (messages.at(-1)?.pending ?? false);
    if (fresh) this.#clear();
    const had = this.shown.size > 0;
    const before = new Set(this.shown.keys());
    const rows = this.#rows(messages, { person, group, platform });
    this.#patch(rows);
    const added = had ? rows.filter((row) => row.message && !before.has(row.key)).length : 0;
    if (this.stick) this.toEnd();
    else if (added) this.onAway((this.away += added));
  }

  #rows(all, { person, group, platform }) {
    const messages = all.filter((one) => one.text || one.file || one.service || one.deleted || one.buttons?.length);
    const byId = new Map(messages.map((message) => [String(message.message_id), message]));
    const rows = [];
    messages.forEach((message, index) => {
      const day = dayKey(new Date(message.at));
      if (day !== this.#day(messages[index - 1])) rows.push({ key: `day ${day}`, sign: dayLabel(new Date(message.at)), day: true });
      const first = !together(messages[index - 1], message);
      const last = !together(message, messages[index + 1]);
      const look = {
        mine: String(message.from) === String(person),
        first,
        last,
        faced: platform === "telegram" ? last : first,
        group,
        quoted: message.reply_to ? byId.get(String(message.reply_to)) : undefined,
      };
      rows.push({ key: `message ${message.message_id}`, sign: JSON.stringify([message, look, platform]), message, look });
    });
    return rows;
  }

  #day(message) {
    return message ? dayKey(new Date(message.at)) : "";
  }

  #patch(rows) {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, { node }] of this.shown) {
      if (wanted.has(key)) continue;
      node.remove();
      this.shown.delete(key);
    }
    let place = this.list.firstChild;
    for (const row of rows) {
      const old = this.shown.get(row.key);
      const node = old?.sign === row.sign ? old.node : this.#make(row);
      if (old && old.node !== node) {
        if (place === old.node) place = node;
        old.node.replaceWith(node);
      }
      this.shown.set(row.key, { node, sign: row.sign });
      if (node === place) place = place.nextSibling;
      else this.list.insertBefore(node, place);
    }
  }

  #make(row) {
    if (row.day) return h("div", { class: "day" }, h("span", { text: row.sign }));
    return bubble(row.message, row.look, this.acts);
  }

  #scrolled() {
    // Only a way upwards is a person's: the page itself scrolls to the end, and sizes may have changed since.
    if (this.atEnd()) this.stick = true;
    else if (this.node.scrollTop < this.top) this.stick = false;
    this.top = this.node.scrollTop;
    if (this.stick) this.#seen();
  }

  #clear() {
    this.list.replaceChildren();
    this.shown.clear();
    this.#seen();
  }

  #seen() {
    this.away = 0;
    this.onAway(0);
  }

  atEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.#seen();
  }

  /** Bring one message into view and light it up for a moment. */
  reveal(messageId) {
    const node = this.shown.get(`message ${messageId}`)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("lit");
    void node.offsetWidth; // restarts the animation when the same message is asked for twice
    node.classList.add("lit");
  }
}

/** Two messages in a row by one person within five minutes share an avatar and a name. */
function together(one, other) {
  if (!one || !other || one.from !== other.from || one.service || other.service) return false;
  const [a, b] = [new Date(one.at), new Date(other.at)];
  return Math.abs(b - a) < RUN && dayKey(a) === dayKey(b);
}
