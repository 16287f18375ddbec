// The room's clock: what time it is there, and the buttons that move it on.

import * as api from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fromInput, long, now, setNow, short, toInput, tomorrowMorning } from "./time.js";
import { T } from "./texts.js";
import { failed, toast } from "./toast.js";

const HOUR = 3600;
const host = document.getElementById("clock");
const full = h("span", { class: "full" });
const brief = h("span", { class: "brief" });
const pill = h("button", { class: "pill", testid: "clock-now", "aria-expanded": "false", title: T.clock.open }, icon("clock"), full, brief, icon("down"));
const picker = h("input", { type: "datetime-local", "aria-label": T.clock.pick, testid: "clock-input" });
const panel = h("div", { class: "clock-panel", role: "group", "aria-label": T.clock.title });

export function mountClock() {
  const step = (testid, text, change) => h("button", { class: "step", testid, text, on: { click: () => move(change()) } });
  const steps = h(
    "div",
    { class: "steps" },
    step("clock-1h", T.clock.hour, () => ({ advance: HOUR })),
    step("clock-morning", T.clock.morning, () => ({ set: tomorrowMorning() })),
    step("clock-1d", T.clock.day, () => ({ advance: 24 * HOUR })),
    step("clock-3d", T.clock.threeDays, () => ({ advance: 72 * HOUR })),
  );
  panel.append(h("h2", { text: T.clock.title }), h("p", { text: T.clock.hint }), pickerForm(), realTime());
  host.append(pill, steps, panel);
  pill.addEventListener("click", () => open(!host.classList.contains("open")));
  document.addEventListener("pointerdown", (event) => !host.contains(event.target) && open(false));
  host.addEventListener("keydown", (event) => event.key === "Escape" && close());
  drawClock();
}

function pickerForm() {
  const go = (event) => {
    event.preventDefault();
    if (picker.value) move({ set: fromInput(picker.value) });
  };
  const label = h("label", {}, h("span", { text: T.clock.pick }), picker);
  return h("form", { on: { submit: go } }, label, h("button", { type: "submit", class: "step", testid: "clock-set", text: T.clock.go }));
}

function realTime() {
  return h("button", { class: "quiet", testid: "clock-real", text: T.clock.real, on: { click: () => move({ set: new Date().toISOString() }) } });
}

function open(wanted) {
  if (wanted) picker.value = toInput(now());
  host.classList.toggle("open", wanted);
  pill.setAttribute("aria-expanded", String(wanted));
}

function close() {
  open(false);
  pill.focus();
}

async function move(change) {
  try {
    const answer = await api.clock(change);
    setNow(answer.now);
    drawClock();
    open(false);
    toast(T.clock.moved(long(now())));
  } catch (problem) {
    failed(problem);
  }
}

/** Show the time; the pill's label is the full date whatever the width. */
export function drawClock() {
  const text = long(now());
  if (full.textContent === text) return;
  full.textContent = text;
  brief.replaceChildren(...short(now()).map((line) => h("span", { text: line })));
  pill.setAttribute("aria-label", `${T.clock.now} ${text}. ${T.clock.open}`);
}
