/** GSM 03.38: one of these takes one place in an SMS, those of the extension two; any other character makes the whole SMS UCS-2. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

export interface SmsLength {
  readonly alphabet: 'gsm' | 'ucs2';
  /** Places taken, of what an SMS has. */
  readonly units: number;
  readonly segments: number;
  /** How many more fit before it becomes one SMS more. */
  readonly left: number;
}

/** How many SMS a text is paid as: 160 places, or 70 as soon as one character is not in GSM's alphabet; less when it is more than one, for what joins them. */
export function smsLength(text: string): SmsLength {
  // code points, as an SMS counts them; not what a reader takes for one character
  const characters = Array.from(text);
  const gsm = characters.every((one) => BASIC.has(one) || EXTENSION.has(one));
  const sizes = characters.map((one) => (gsm ? (EXTENSION.has(one) ? 2 : 1) : one.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [alone, joined] = gsm ? [160, 153] : [70, 67];
  const alphabet = gsm ? 'gsm' : 'ucs2';
  if (units <= alone) return { alphabet, units, segments: units === 0 ? 0 : 1, left: alone - units };
  let segments = 1;
  let taken = 0;
  for (const size of sizes) {
    // a character of two places is not torn apart
    if (taken + size > joined) {
      segments += 1;
      taken = 0;
    }
    taken += size;
  }
  return { alphabet, units, segments, left: joined - taken };
}
