// Line icons drawn for this page, on a 24 by 24 grid.

const PATHS = {
  clock: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 7.5v5l3.2 2"],
  down: ["M6 9.5l6 6 6-6"],
  back: ["M15 5l-7 7 7 7"],
  close: ["M6 6l12 12M18 6L6 18"],
  more: ["M12 5.5v.01M12 12v.01M12 18.5v.01"],
  plus: ["M12 5v14M5 12h14"],
  clip: ["M20 11.5l-8.2 8.1a5 5 0 0 1-7-7L13 4.4a3.3 3.3 0 0 1 4.7 4.7l-8.1 8.1a1.7 1.7 0 0 1-2.4-2.4l7.3-7.2"],
  send: ["M4 12L20.5 4.5 14 20.5l-2.6-6.4z", "M11.4 14.1L20.5 4.5"],
  photo: ["M4 6.5h16v12H4z", "M4 16l4.5-4.5 4 4 3-2.5 4.5 4", "M15.5 9.6v.01"],
  file: ["M6.5 3.5h7l4.5 4.5v12.5h-11.5z", "M13.5 3.5V8H18"],
  smile: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M8.3 14.2c1.8 2.7 5.6 2.7 7.4 0", "M9 9.7v.01M15 9.7v.01"],
  reply: ["M10 6L4.5 11 10 16", "M5 11h8.5c3.5 0 5.5 2 6 6.5"],
  edit: ["M4.5 19.5l1-4L16 5l3 3L8.5 18.5z", "M14 7l3 3"],
  copy: ["M9 8.5h10.5v11.5H9z", "M6 15.5H4.5V4H15v1.5"],
  pin: ["M9 4h6l-1 6 3 3.5H7L10 10z", "M12 13.5V20"],
  download: ["M12 4v11", "M7.5 11L12 15.5 16.5 11", "M5 19.5h14"],
  external: ["M13.5 4.5h6v6", "M19.5 4.5l-9 9", "M16.5 14v5.5h-12v-12H10"],
  reload: ["M19 12a7 7 0 1 1-2.2-5.100", "M17.5 3.5v4h-4"],
  lock: ["M6.5 11h11v8.5h-11z", "M9 11V8a3 3 0 0 1 6 0v3"],
  block: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M6.2 6.2l11.6 11.6"],
  people: ["M9 11.5a3.2 3.2 0 1 0 0-6.400 3.2 3.2 0 0 0 0 6.400z", "M3 19c.5-3.5 2.800-5 6-5s5.5 1.5 6 5", "M15.5 5.5a3 3 0 0 1 0 5.800M17.5 14.300c2 .7 3.2 2.2 3.5 4.700"],
  bot: ["M5.5 8.5h13v9.5h-13z", "M12 8.5V5M12 4v.01", "M9.300 12.700v.01M14.700 12.700v.01", "M3.5 12v3M20.5 12v3"],
  text: ["M4 18l4.5-12h1L14 18M5.6 14h6.800", "M15.5 18l2.5-7h.6l2.400 7M16.400 15.5h3.800"],
  info: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 11v5M12 8v.01"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  search: ["M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12z", "M15 15l5 5"],
  slash: ["M14.5 5l-5 14"],
};

const SVG = "http://www.w3.org/2000/svg";

/** The icon as a node; it is decoration, the button around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const line of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}
