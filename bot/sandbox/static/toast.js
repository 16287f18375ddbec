// Short notices at the foot of the page, and copying with a notice.

import { h } from "./dom.js";
import { T } from "./texts.js";

const SHOWN_FOR = 4200;

/** Say something briefly; `bad` marks what did not work. */
export function toast(text, bad = false) {
  const node = h("div", { class: bad ? "toast bad" : "toast", text });
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_FOR);
}

export const failed = (problem) => toast(problem.message || T.failed, true);

/** Copy `text`; the clipboard is closed to pages opened over plain http from another machine, so there is a second way. */
export async function copy(text) {
  const done = (await viaClipboard(text)) || viaSelection(text);
  const notice = text.length > 40 ? T.copiedLong : T.copied(text);
  toast(done ? notice : T.copyFailed, !done);
}

async function viaClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function viaSelection(text) {
  const area = h("textarea", { class: "offscreen", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
