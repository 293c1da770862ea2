import { randomFillSync } from 'node:crypto';

// asked for by the sheet: a call for 16 bytes takes as long as one for thousands
const sheet = new Uint8Array(4096);
let used = sheet.length;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id that carries its kind and sorts by creation time: `apt_01k9…` (48 bits of milliseconds, 80 random bits, Crockford base 32, as in
 * the ULID specification).
 */
export function newIdAt(kind: string, now: Date): string {
  let time = now.getTime();
  let head = '';
  for (let i = 0; i < 10; i++) {
    head = ALPHABET[time % 32] + head;
    time = Math.floor(time / 32);
  }
  let tail = '';
  if (used + 16 > sheet.length) {
    randomFillSync(sheet);
    used = 0;
  }
  for (const end = used + 16; used < end; used++) tail += ALPHABET[(sheet[used] as number) & 31];
  return `${kind}_${head}${tail}`;
}

export type NewId = (kind: string) => string;
