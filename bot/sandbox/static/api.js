// The page's calls to the sandbox (docs/sandbox.md, "The page's own calls").

import { T } from "./texts.js";

/** A call that did not work. Its message is fit to be shown. */
export class CallFailed extends Error {}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new CallFailed(T.failedNetwork);
  }
  // The sandbox explains itself in English, to programmers; people get a sentence of the page.
  if (!answer.ok) throw new CallFailed(T.refused[answer.status] ?? T.failed);
  return answer.json();
}

function post(path, body) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export const world = () => call("/page/world");
export const chat = (where) => call(`/page/chat?${new URLSearchParams(where)}`);
export const press = (where, messageId, data) => post("/page/press", { ...where, message_id: messageId, data });
export const block = (where, blocked) => post("/page/block", { ...where, blocked });
export const clock = (change) => post("/page/clock", change);

/** Say something as a person. `extra`: text, reply_to, edit. */
export const say = (where, extra) => post("/page/say", { ...where, ...extra });

/** Send a file as a person; `as` is document, photo, audio, voice, sticker or video. */
export function sayFile(where, { file, as, ...extra }) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...where, ...extra, as })) if (value) form.append(name, value);
  form.append("file", file, file.name);
  return call("/page/say", { method: "POST", body: form });
}
