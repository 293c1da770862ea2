import { crc32, deflateSync } from 'node:zlib';

/** What messengers ask for at the least for a large picture; drawn on a plane of twice the size. */
export const CARD_WIDTH = 600;
export const CARD_HEIGHT = 315;
type Color = readonly [red: number, green: number, blue: number];

const WHITE: Color = [255, 255, 255];
const PAPER: Color = [250, 249, 246];
const FAINT: Color = [226, 223, 215];

/** A box with round corners: how much of the pixel lies in it. */
function box(x: number, y: number, left: number, top: number, width: number, height: number, round: number): number {
  const across = Math.abs(x - left - width / 2) - width / 2 + round;
  const down = Math.abs(y - top - height / 2) - height / 2 + round;
  const outside = Math.hypot(Math.max(across, 0), Math.max(down, 0)) + Math.min(Math.max(across, down), 0) - round;
  return Math.min(1, Math.max(0, 0.5 - outside / 2));
}

/** A stroke between two points. */
function stroke(x: number, y: number, [ax, ay]: readonly [number, number], [bx, by]: readonly [number, number], thick: number): number {
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.min(1, Math.max(0, 0.5 + (thick / 2 - Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))) / 2));
}

/**
 * The picture that goes with a link in a messenger: a page of a calendar in the salon's colour, one day ticked. Drawn by hand, because letters need a
 * typesetter: the name stands beside the picture anyway. A PNG.
 */
export function drawCard(accent: string): Buffer {
  const ink = colorOf(accent);
  const dark = ink.map((one) => Math.round(one * 0.62)) as unknown as Color;
  const rows = Buffer.alloc((CARD_WIDTH * 3 + 1) * CARD_HEIGHT);
  for (let row = 0; row < CARD_HEIGHT; row++) {
    for (let column = 0; column < CARD_WIDTH; column++) {
      const behind = mix(ink, dark, (column / CARD_WIDTH + row / CARD_HEIGHT) / 2);
      const [x, y] = [column * 2 + 1, row * 2 + 1];
      const isOnPage = x > 330 && x < 870 && y > 60 && y < 570;
      rows.set(isOnPage ? onPage(x, y, behind, ink) : behind, row * (CARD_WIDTH * 3 + 1) + 1 + column * 3);
    }
  }
  return png(rows);
}

function onPage(x: number, y: number, behind: Color, ink: Color): Color {
  let color = mix(behind, PAPER, box(x, y, 350, 90, 500, 450, 36));
  for (const ring of [470, 730]) color = mix(color, WHITE, box(x, y, ring - 9, 72, 18, 60, 9));
  color = mix(color, FAINT, box(x, y, 400, 172, 400, 6, 3));
  const column = Math.floor((x - 396) / 84);
  const row = Math.floor((y - 208) / 78);
  if (column < 0 || column > 4 || row < 0 || row > 3) return color;
  const left = 396 + column * 84;
  const top = 208 + row * 78;
  if (column !== 3 || row !== 1) return mix(color, FAINT, box(x, y, left + 18, top + 14, 48, 48, 24));
  color = mix(color, ink, box(x, y, left + 6, top + 2, 72, 72, 22));
  const tick = Math.max(stroke(x, y, [left + 25, top + 39], [left + 37, top + 51], 8), stroke(x, y, [left + 37, top + 51], [left + 60, top + 26], 8));
  return mix(color, WHITE, tick);
}

function mix(one: Color, other: Color, share: number): Color {
  if (share === 0) return one;
  const part = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [part(one[0], other[0]), part(one[1], other[1]), part(one[2], other[2])];
}

function colorOf(hex: string): Color {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Color;
}

function png(rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(CARD_WIDTH, 0);
  head.writeUInt32BE(CARD_HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8); // eight bits, red green blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
