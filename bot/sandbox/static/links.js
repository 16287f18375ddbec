// Where a link leads: into the phone's own browser, or back into the bot's chat when it is a link to the bot.

import { safeUrl } from "./dom.js";
import { openSheet } from "./sheet.js";

/** A click somewhere on a phone's screen. With a modifier key the browser does what it always does. */
export function followLink(event, screen, bot, onLead) {
  const link = event.target.closest("a[href]");
  if (!link || link.closest(".overlay, .file") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = safeUrl(link.href);
  if (!url) return;
  event.preventDefault();
  const lead = startLink(new URL(url), bot);
  if (lead) onLead(lead);
  else openSheet(screen, url);
}

/** t.me/<bot>?start=<payload> -> {text: "/start <payload>"}, a Zalo link to the bot -> {text: ""}, otherwise null. */
function startLink(url, bot) {
  const [, name] = url.pathname.split("/");
  if (["t.me", "telegram.me"].includes(url.host) && bot && name.toLowerCase() === bot.username.replace(/^@/, "").toLowerCase()) {
    return { text: `/start ${url.searchParams.get("start") ?? ""}`.trim() };
  }
  return url.host === "bot.zaloplatforms.com" && name === "bots" ? { text: "" } : null;
}
