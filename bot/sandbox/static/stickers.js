// A handful of stickers drawn here. They are sent as pictures, as a phone would send its own.

const SIDE = 256;
const FACE = '<circle cx="60" cy="50" r="36" fill="#ffd45c" stroke="#e0a526" stroke-width="3"/>';
const EYES = '<circle cx="48" cy="45" r="4.5" fill="#4a3410"/><circle cx="72" cy="45" r="4.5" fill="#4a3410"/>';
const HAPPY_EYES = '<path d="M42 46q6-8 12 0M66 46q6-8 12 0" fill="none" stroke="#4a3410" stroke-width="4" stroke-linecap="round"/>';
const SMILE = '<path d="M44 58q16 18 32 0" fill="none" stroke="#4a3410" stroke-width="4" stroke-linecap="round"/>';
const THUMB = '<path d="M42 48h12l10-28c9 0 11 7 8 18h16c6 0 8 5 6 10l-8 26c-1 4-4 6-8 6H54l-12-4z" fill="#ffd45c" stroke="#e0a526" stroke-width="3" stroke-linejoin="round"/><path d="M26 46h16v34H26z" fill="#3b74c4"/>';
const HEART = '<path d="M60 84C20 56 22 22 44 22c9 0 14 6 16 12 2-6 7-12 16-12 22 0 24 34-16 62z" fill="#e5484d" stroke="#b92c35" stroke-width="3"/>';
const FLOWER = '<path d="M60 52v38M60 78q-14-2-18-12M60 74q14-2 18-12" stroke="#3e8f4d" stroke-width="5" fill="none" stroke-linecap="round"/><g fill="#f07fa3"><circle cx="60" cy="22" r="12"/><circle cx="78" cy="34" r="12"/><circle cx="71" cy="54" r="12"/><circle cx="49" cy="54" r="12"/><circle cx="42" cy="34" r="12"/></g><circle cx="60" cy="40" r="10" fill="#ffd45c"/>';
const TICK = '<circle cx="60" cy="50" r="36" fill="#3fa75a" stroke="#2b7f41" stroke-width="3"/><path d="M43 51l12 12 23-25" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/>';
const PUZZLED = `${FACE}${EYES}<path d="M50 66q9-7 20 1" fill="none" stroke="#4a3410" stroke-width="4" stroke-linecap="round"/><text x="106" y="38" font-size="36" font-weight="700" fill="#3b74c4" text-anchor="middle" font-family="sans-serif">?</text>`;

export const STICKERS = [
  { name: "vang-a", label: "Vâng ạ", shape: FACE + HAPPY_EYES + SMILE },
  { name: "nhat-tri", label: "Nhất trí", shape: THUMB },
  { name: "cam-on", label: "Cảm ơn", shape: FLOWER },
  { name: "da-ro", label: "Đã rõ", shape: TICK },
  { name: "quy-men", label: "Quý mến", shape: HEART },
  { name: "chua-ro", label: "Chưa rõ", shape: PUZZLED },
];

function svg({ label, shape }) {
  const style = 'x="60" y="112" font-size="19" font-weight="700" text-anchor="middle" font-family="system-ui, sans-serif"';
  const words = `<text ${style} fill="#8c1d18" stroke="#fff" stroke-width="4" paint-order="stroke">${label}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="${SIDE}" height="${SIDE}">${shape}${words}</svg>`;
}

/** The sticker's address for an <img>. */
export const pictureOf = (sticker) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(sticker))}`;

/** The sticker as a file: WebP where the browser can write it, PNG elsewhere. */
export async function fileOf(sticker) {
  const picture = new Image(SIDE, SIDE);
  picture.src = pictureOf(sticker);
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  canvas.getContext("2d").drawImage(picture, 0, 0, SIDE, SIDE);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/webp"));
  return new File([blob], `${sticker.name}.${blob.type.split("/")[1]}`, { type: blob.type });
}
