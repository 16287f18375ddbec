// Dates as people here write them. The room's clock differs from this computer's by `skew` milliseconds.

import { T } from "./texts.js";

const ZONE = "Asia/Ho_Chi_Minh";
const DAYS = { Sun: "Chủ nhật", Mon: "thứ Hai", Tue: "thứ Ba", Wed: "thứ Tư", Thu: "thứ Năm", Fri: "thứ Sáu", Sat: "thứ Bảy" };
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

let skew = 0;

/** Take over the room's time, as the server says it. */
export function setNow(iso) {
  const moment = Date.parse(iso);
  if (!Number.isNaN(moment)) skew = moment - Date.now();
}

export const now = () => new Date(Date.now() + skew);

function parts(date) {
  const found = {};
  for (const { type, value } of PARTS.formatToParts(date)) found[type] = value;
  return found;
}

/** "19:30" */
export function hourMinute(date) {
  const { hour, minute } = parts(date);
  return `${hour}:${minute}`;
}

/** "thứ Năm, ngày 03/12/2026 · 19 giờ 30" */
export function long(date) {
  const { weekday, day, month, year, hour, minute } = parts(date);
  return `${DAYS[weekday]}, ngày ${day}/${month}/${year} · ${Number(hour)} giờ ${minute}`;
}

/** ["thứ Năm 03/12", "19 giờ 30"], for a phone's width. */
export function short(date) {
  const { weekday, day, month, hour, minute } = parts(date);
  return [`${DAYS[weekday]} ${day}/${month}`, `${Number(hour)} giờ ${minute}`];
}

/** One day, as a key that compares: "2026-12-03". */
export function dayKey(date) {
  const { year, month, day } = parts(date);
  return `${year}-${month}-${day}`;
}

/** What stands between two days' messages. */
export function dayLabel(date) {
  const today = now();
  if (dayKey(date) === dayKey(today)) return T.today;
  if (dayKey(date) === dayKey(new Date(today.getTime() - 86_400_000))) return T.yesterday;
  const { weekday, day, month, year } = parts(date);
  return `${DAYS[weekday]}, ${day}/${month}/${year}`;
}

/** Eight o'clock of the next morning, as ISO with zone. */
export function tomorrowMorning() {
  return `${dayKey(new Date(now().getTime() + 86_400_000))}T08:00:00+07:00`;
}

/** For <input type="datetime-local">, which knows no zone: the room's is Viet Nam's. */
export const toInput = (date) => `${dayKey(date)}T${hourMinute(date)}`;
export const fromInput = (value) => `${value.slice(0, 16)}:00+07:00`;
