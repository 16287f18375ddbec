// Overlays of one phone: the browser sheet that opens a link, and the large view of a picture.

import { h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { T } from "./texts.js";

// Pages of the bot need their own cookies and scripts. A page of the sandbox itself must not get both: it could reach
// out of its frame.
const RIGHTS = "allow-scripts allow-forms allow-popups allow-downloads allow-modals";

/** Open `address` inside `screen`, as the phone's own browser would. */
export function openSheet(screen, address) {
  const url = safeUrl(address);
  if (!url) return;
  closeOverlays(screen);
  const { host, origin, pathname, search } = new URL(url);
  const rights = origin === location.origin ? RIGHTS : `${RIGHTS} allow-same-origin`;
  const frame = h("iframe", { src: url, title: T.sheet.title, sandbox: rights, allow: "clipboard-write; fullscreen", referrerpolicy: "no-referrer" });
  const bar = h(
    "div",
    { class: "sheet-bar" },
    closing(screen, "sheet-close"),
    h("span", { class: "address", title: url }, icon("lock"), h("b", { text: host }), h("span", { text: pathname + search })),
    h("button", { class: "round", "aria-label": T.sheet.reload, title: T.sheet.reload, on: { click: () => frame.setAttribute("src", url) } }, icon("reload")),
  );
  const tab = h("a", { class: "new-tab", href: url, target: "_blank", rel: "noopener noreferrer", testid: "sheet-new-tab" }, icon("external"), T.sheet.newTab);
  const foot = h("div", { class: "sheet-foot" }, h("small", { text: T.sheet.blank }), tab);
  show(screen, h("div", { class: "sheet overlay", role: "dialog", "aria-label": T.sheet.title, testid: "browser-sheet" }, bar, frame, foot));
}

/** A picture over the whole phone; a tap closes it. */
export function openPicture(screen, { url, alt }) {
  closeOverlays(screen);
  const picture = h("img", { src: url, alt });
  const tools = h("div", { class: "picture-tools" }, closing(screen, "picture-close"), h("a", { class: "round", href: url, download: "", "aria-label": T.download, title: T.download }, icon("download")));
  const node = h("div", { class: "picture overlay", role: "dialog", "aria-label": T.enlarge, testid: "picture" }, tools, picture);
  node.addEventListener("click", (event) => (event.target === node || event.target === picture) && closeOverlays(screen));
  show(screen, node);
}

function closing(screen, testid) {
  return h("button", { class: "round", "aria-label": T.close, title: T.close, testid, on: { click: () => closeOverlays(screen) } }, icon("close"));
}

function show(screen, node) {
  node.returnTo = document.activeElement;
  node.addEventListener("keydown", (event) => event.key === "Escape" && closeOverlays(screen));
  screen.append(node);
  node.querySelector("button")?.focus({ preventScroll: true });
}

export function closeOverlays(screen) {
  for (const node of screen.querySelectorAll(":scope > .overlay")) {
    node.remove();
    node.returnTo?.focus?.({ preventScroll: true });
  }
}
