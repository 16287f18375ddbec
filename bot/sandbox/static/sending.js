// What a phone sends: a message stands in the chat at once, greyed until the sandbox has it.

import * as api from "./api.js";
import { T } from "./texts.js";
import { failed, toast } from "./toast.js";

/** The messages of one phone that are on their way. `phone` has where, data, view, composer, draw, refresh, think, rest. */
export class Sending {
  constructor(phone) {
    this.phone = phone;
    this.waiting = [];
    this.count = 0;
  }

  /** Say `text` with `files` ({file, as}); the text is the first file's caption. `extra`: reply_to, edit. */
  async send({ text, files = [], ...extra }) {
    const { phone } = this;
    const { where } = phone;
    const parts = files.length ? files.map((file, index) => ({ ...file, text: index ? "" : text })) : [{ text }];
    const bubbles = extra.edit ? [] : parts.map((part) => this.#bubble(part, extra));
    this.waiting.push(...bubbles);
    if (phone.view === "private" && !extra.edit) phone.think();
    phone.draw();
    for (const [index, part] of parts.entries()) {
      try {
        const answer = part.file ? await api.sayFile(where, { ...part, ...extra }) : await api.say(where, { ...part, ...extra });
        if (bubbles[index]) bubbles[index].sent = answer.message_id;
      } catch (problem) {
        this.#failed(bubbles.slice(index), part.text, problem);
        break;
      }
    }
    if (where === phone.where) await phone.refresh();
  }

  #bubble({ text, file }, { reply_to }) {
    const { where, data } = this.phone;
    const shown = file ? { name: file.name, url: "", kind: "document" } : null;
    // Not before the last message, so that a waiting bubble opens no new day.
    const at = data.messages.at(-1)?.at ?? new Date().toISOString();
    return { message_id: `waiting ${(this.count += 1)}`, from: where.person, name: "", text, file: shown, reply_to, at, pending: true };
  }

  #failed(bubbles, text, problem) {
    this.waiting = this.waiting.filter((message) => !bubbles.includes(message));
    this.phone.rest();
    this.phone.composer.restore(text ?? "");
    failed(problem);
    if (text) toast(T.retryText);
    this.phone.draw();
  }

  /** Forget those that the chat itself shows now. */
  arrived(messages) {
    const known = new Set(messages.map((message) => String(message.message_id)));
    this.waiting = this.waiting.filter((message) => !known.has(String(message.sent)));
  }
}
