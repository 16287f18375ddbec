// Building the page out of nodes. Data from people reaches the page through text nodes and checked addresses only.

/** An element. `props`: class, text, on {event: handler}, data {name: value}, hidden, or any plain attribute. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  if (tag === "button") node.type = "button";
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
  else if (name === "data") for (const [key, one] of Object.entries(value)) node.dataset[key] = one;
  else if (name === "testid") node.dataset.testid = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** The address when it is http or https (also relative to this page), otherwise "". */
export function safeUrl(address) {
  if (!address) return "";
  try {
    const url = new URL(address, location.href);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
  } catch {
    return "";
  }
}

const LINK = /https?:\/\/[^\s<>"“”]+/gi;
const TRAILING = /[.,;:!?)\]»’']+$/;

/** Text as nodes, with http(s) addresses as links. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, "");
    const href = safeUrl(address);
    if (!href) continue;
    nodes.push(document.createTextNode(text.slice(from, match.index)));
    nodes.push(h("a", { href, text: shown(address), title: address, target: "_blank", rel: "noopener noreferrer" }));
    from = match.index + address.length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

/** A signed address can run to hundreds of letters; people need to see where it leads, not all of it. */
function shown(address) {
  return address.length > 64 ? `${address.slice(0, 52)}…${address.slice(-8)}` : address;
}

/** A colour for a name, the same on every visit. */
export function hue(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % 8;
}

/** A round picture with letters. */
export function avatar(letters, name, extra = "") {
  return h("span", { class: `avatar hue-${hue(name)} ${extra}`, "aria-hidden": "true", text: letters });
}

/** "Nguyễn Thị Lan" -> "Lan": the part that Vietnamese people are called by. */
export function givenName(name) {
  return name.trim().split(/\s+/).at(-1) || name;
}

export const letters = (person) => person?.avatar || givenName(person?.name || "?").slice(0, 1).toUpperCase();
