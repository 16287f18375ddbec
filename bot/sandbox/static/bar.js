// The bar over the phones: the platform, on a narrow screen which of the two phones, and the size of letters.

import { h } from "./dom.js";
import { badge } from "./people.js";
import { sizeButton } from "./size.js";
import { bot, bots, chosen, choose, countUnread, current, group, groups } from "./state.js";
import { PLATFORMS, T } from "./texts.js";

const host = document.getElementById("bar");
let drawn = "";

/** Draw the bar again, unless nothing in it changed (a re-drawn button would lose the focus). */
export function drawBar() {
  const { person, platform, view } = current();
  const counts = [countUnread(person, "zalo"), countUnread(person, "telegram"), countUnread(person, platform, "private"), countUnread(person, platform, group()?.id)];
  const sign = JSON.stringify([person, platform, view, counts, bots(), groups(), bot()]);
  if (sign === drawn) return;
  drawn = sign;
  const held = host.contains(document.activeElement) ? document.activeElement.dataset.testid : "";
  host.replaceChildren(platforms(counts), tabs(counts), phoneOf(), ...pickers(), sizeButton());
  if (held) host.querySelector(`[data-testid="${held}"]`)?.focus();
}

function platforms([zalo, telegram]) {
  const one = (name, count) => {
    const on = current().platform === name;
    const props = { testid: `platform-${name}`, class: name, "aria-pressed": String(on), on: { click: () => choose({ platform: name }) } };
    return h("button", props, h("i", { class: "dot" }), PLATFORMS[name], on ? null : badge(count));
  };
  return h("div", { class: "switch platforms", role: "group", "aria-label": T.platform }, one("zalo", zalo), one("telegram", telegram));
}

function tabs([, , mine, ours]) {
  const one = (view, count) => {
    const on = current().view === view;
    return h("button", { testid: `tab-${view}`, "aria-pressed": String(on), on: { click: () => choose({ view }) } }, T.tabs[view], on ? null : badge(count));
  };
  return h("div", { class: "switch tabs", role: "group" }, one("private", mine), one("group", ours));
}

function phoneOf() {
  return h("p", { class: "phone-of", text: chosen() ? T.phoneOf(chosen().name) : "" });
}

/** Where a person has several bots or several groups on one platform, a choice between them. */
function pickers() {
  const select = (label, options, value, change) =>
    h("select", { "aria-label": label, on: { change: (event) => choose(change(event.target.value)) } }, ...options.map(([id, text]) => h("option", { value: id, text, selected: String(id) === String(value) })));
  const found = [];
  if (bots().length > 1) found.push(select(T.privateChat, bots().map((one) => [one.token_id, botLabel(one)]), bot()?.token_id, (value) => ({ bot: value })));
  if (groups().length > 1) found.push(select(T.groupChat, groups().map((one) => [one.id, one.title]), group()?.id, (value) => ({ group: value })));
  return found;
}

/** Bots of several branches often share a name; their group tells them apart. */
function botLabel(one) {
  const home = current().world.groups.find((each) => each.bot === one.token_id);
  return home ? `${one.display_name} · ${home.title}` : one.display_name;
}
