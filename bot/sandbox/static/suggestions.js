// Words offered while typing: the bot's name after "@", its commands after "/".

import { h } from "./dom.js";

const MOST = 6;

/** A list over the writing line. `words`: {text, label} pairs that begin with "@" or "/". */
export class Suggestions {
  constructor(box) {
    this.box = box;
    this.words = [];
    this.node = h("ul", { class: "suggestions", role: "listbox", hidden: true });
    this.at = 0;
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("blur", () => (this.node.hidden = true));
  }

  update() {
    const typed = this.box.value;
    const asks = /^[@/]\S*$/.test(typed) && document.activeElement === this.box;
    this.found = asks ? this.words.filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()) && text.trim() !== typed).slice(0, MOST) : [];
    this.at = 0;
    this.node.hidden = !this.found.length;
    this.#draw();
  }

  #draw() {
    this.node.replaceChildren(...this.found.map((word, index) => this.#row(word, index)));
  }

  #row(word, index) {
    const take = (event) => {
      event.preventDefault();
      this.#take(word);
    };
    return h("li", { role: "option", testid: "suggestion", "aria-selected": String(index === this.at), on: { pointerdown: take } }, h("b", { text: word.text.trim() }), h("span", { text: word.label ?? "" }));
  }

  #take(word) {
    this.box.value = word.text;
    this.box.dispatchEvent(new Event("input"));
    this.node.hidden = true;
  }

  #key(event) {
    if (this.node.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.found.length) % this.found.length;
    else if (event.key === "Tab" || (event.key === "Enter" && this.found[this.at].text.startsWith("@"))) this.#take(this.found[this.at]);
    else if (event.key === "Escape") this.node.hidden = true;
    else return;
    event.preventDefault();
    if (step) this.#draw();
  }
}
