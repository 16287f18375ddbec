// Who is played, on which platform, and what they have not read yet. The address bar remembers the choice.

const state = { world: null, person: null, platform: "zalo", view: "private", bots: {}, groups: {} };
const unread = new Map();
const listeners = new Set();

export const current = () => state;
export const onChange = (listener) => listeners.add(listener);
const tell = (what) => listeners.forEach((listener) => listener(what));

/** Take over a freshly read world, keeping the choice where it still makes sense. */
export function setWorld(world) {
  state.world = world;
  fromHash();
  forgetStrangers(world.people);
  const known = world.people.some((person) => person.id === state.person);
  if (!known) state.person = world.people[0]?.id ?? null;
  if (!world.bots.some((bot) => bot.platform === state.platform)) state.platform = world.bots[0]?.platform ?? state.platform;
  toHash();
  tell("world");
}

/** Counts of people who are gone must not come back with the next person of that id. */
function forgetStrangers(people) {
  const ids = new Set(people.map((person) => String(person.id)));
  for (const key of unread.keys()) if (!ids.has(key.split("|")[0])) unread.delete(key);
}

/** Change the choice: any of person, platform, view ("private" or "group"), bot, group. */
export function choose(change) {
  const { bot, group, ...plain } = change;
  Object.assign(state, plain);
  const key = `${state.person}|${state.platform}`;
  if (bot) state.bots[key] = bot;
  if (group) state.groups[key] = group;
  toHash();
  tell("choice");
}

function fromHash() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const person = wanted.get("person");
  if (person !== null) state.person = state.world.people.find((one) => String(one.id) === person)?.id ?? state.person;
  if (["zalo", "telegram"].includes(wanted.get("platform"))) state.platform = wanted.get("platform");
  if (["private", "group"].includes(wanted.get("view"))) state.view = wanted.get("view");
}

function toHash() {
  if (state.person === null) return;
  const wanted = new URLSearchParams({ person: state.person, platform: state.platform });
  if (state.view === "group") wanted.set("view", "group");
  if (location.hash.slice(1) !== wanted.toString()) history.replaceState(null, "", `#${wanted}`);
}

window.addEventListener("hashchange", () => {
  if (!state.world) return;
  fromHash();
  tell("choice");
});

export const personById = (id) => state.world?.people.find((person) => String(person.id) === String(id));
export const chosen = () => personById(state.person);
export const bots = () => state.world?.bots.filter((bot) => bot.platform === state.platform) ?? [];

/** The groups that the chosen person sees on the chosen platform. */
export function groups() {
  const mine = (group) => group.platform === state.platform && group.people.some((id) => String(id) === String(state.person));
  return state.world?.groups.filter(mine) ?? [];
}

export function group() {
  const key = `${state.person}|${state.platform}`;
  return groups().find((one) => one.id === state.groups[key]) ?? groups()[0];
}

/** The bot of the private chat: the one picked, or the one of the person's group, or the first. */
export function bot() {
  const key = `${state.person}|${state.platform}`;
  const wanted = state.bots[key] ?? group()?.bot;
  return bots().find((one) => one.token_id === wanted) ?? bots()[0];
}

export const groupBot = () => bots().find((one) => one.token_id === group()?.bot);

const unreadKey = (person, platform, chat) => `${person}|${platform}|${chat}`;

export function addUnread(person, platform, chat) {
  const key = unreadKey(person, platform, chat);
  unread.set(key, (unread.get(key) ?? 0) + 1);
  tell("unread");
}

export function clearUnread(person, platform, chat) {
  if (unread.delete(unreadKey(person, platform, chat))) tell("unread");
}

/** How many unread messages; leave out `platform` or `chat` to count over all of them. */
export function countUnread(person, platform, chat) {
  const start = platform === undefined ? `${person}|` : `${person}|${platform}|`;
  let sum = 0;
  for (const [key, count] of unread) {
    if (chat === undefined ? key.startsWith(start) : key === unreadKey(person, platform, chat)) sum += count;
  }
  return sum;
}
