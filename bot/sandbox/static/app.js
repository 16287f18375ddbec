// The practice room: puts the people, the clock and the two phones together and keeps them up to date.

import * as api from "./api.js";
import { drawClock, mountClock } from "./clock.js";
import { listen } from "./events.js";
import { drawBar } from "./bar.js";
import { drawStatus, memberLines } from "./furniture.js";
import { drawPeople, mountPeople } from "./people.js";
import { Phone } from "./phone.js";
import { restoreSize } from "./size.js";
import * as state from "./state.js";
import { setNow } from "./time.js";
import { T, PLATFORMS } from "./texts.js";
import { failed, toast } from "./toast.js";

const TYPES_FOR = 6000;
const narrow = window.matchMedia("(max-width: 719.98px)");
const stage = document.getElementById("phones");
const empty = document.getElementById("empty");
const offline = document.getElementById("offline");
const phones = { private: new Phone("private", lead), group: new Phone("group", lead) };

function lead({ text }) {
  state.choose({ view: "private" });
  phones.private.composer.box.focus();
  if (text && !phones.private.data.blocked) phones.private.send({ text });
}

/** What a phone should show now: {where, look}, or {missing: why nothing}. */
function target(view) {
  const { person, platform } = state.current();
  const group = state.group();
  const gone = view === "group" && ["left", "kicked"].includes(group?.bot_status);
  const bot = view === "private" ? state.bot() : gone ? undefined : state.groupBot();
  if (view === "private" && !bot) return { missing: T.noBot(PLATFORMS[platform]) };
  if (view === "group" && !group) return { missing: T.noGroup(state.chosen()?.name ?? "", PLATFORMS[platform]) };
  const chat = view === "private" ? "private" : group.id;
  const membersList = () => memberLines(group, bot, state.personById);
  return { where: { person, platform, bot: bot?.token_id ?? group.bot, chat }, look: { bot, group, membersList } };
}

const visible = (view) => !narrow.matches || state.current().view === view;

function drawPhones() {
  const nobody = !state.chosen();
  empty.hidden = !nobody;
  empty.textContent = nobody ? T.emptyWorld : "";
  stage.hidden = nobody;
  if (nobody) return;
  stage.dataset.view = state.current().view;
  for (const view of ["private", "group"]) drawPhone(view);
}

function drawPhone(view) {
  const phone = phones[view];
  const { where, look, missing } = target(view);
  phone.node.classList.toggle("missing", Boolean(missing));
  phone.node.dataset.missing = missing ?? "";
  phone.node.dataset.platform = state.current().platform;
  if (missing) return void (phone.where = null);
  phone.open(where, look);
  if (visible(view)) state.clearUnread(where.person, where.platform, unreadName(view, where));
}

/** Private chats with several bots of one platform count together: the page shows one at a time. */
const unreadName = (view, where) => (view === "private" ? "private" : where.chat);

function changed({ platform, bot, chat, people }) {
  const isGroup = state.current().world?.groups.some((group) => group.platform === platform && String(group.id) === String(chat));
  const view = isGroup ? "group" : "private";
  for (const person of people ?? []) {
    const shown = shows(view, { person, platform, bot, chat });
    if (shown) phones[view].refresh();
    if (!shown || !visible(view)) state.addUnread(person, platform, isGroup ? chat : "private");
  }
}

function shows(view, { person, platform, bot, chat }) {
  const where = phones[view].where;
  if (!where || String(where.person) !== String(person) || where.platform !== platform) return false;
  return view === "group" ? String(where.chat) === String(chat) : !bot || where.bot === bot;
}

function typing({ platform, bot, chat, people }) {
  for (const view of ["private", "group"]) {
    const isIt = (people ?? [state.current().person]).some((person) => shows(view, { person, platform, bot, chat }));
    const same = view === "group" ? chat === phones.group.where?.chat : !state.current().world.groups.some((group) => group.id === chat);
    if (isIt && same) phones[view].think(TYPES_FOR);
  }
}

/** A bot's short word after a press (Telegram's answerCallbackQuery). */
function answered({ person, text }) {
  if (text && String(person) === String(state.current().person)) toast(text);
}

async function readWorld() {
  try {
    const world = await api.world();
    setNow(world.now);
    tick();
    state.setWorld(world);
  } catch (problem) {
    failed(problem);
  }
}

function up(again) {
  offline.hidden = true;
  if (again) toast(T.online);
  readWorld();
}

function down() {
  offline.textContent = T.offline;
  offline.hidden = false;
}

function clockMoved(data) {
  setNow(data.now);
  tick();
}

function tick() {
  drawClock();
  Object.values(phones).forEach(drawStatus);
}

function start() {
  restoreSize();
  stage.append(phones.private.node, phones.group.node);
  mountPeople();
  mountClock();
  state.onChange((what) => {
    drawPeople();
    drawBar();
    if (what !== "unread") drawPhones();
  });
  narrow.addEventListener("change", drawPhones);
  tick();
  setInterval(tick, 1000);
  listen({ change: changed, clock: clockMoved, world: readWorld, typing, answer: answered, up, down });
}

start();
