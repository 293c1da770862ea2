/** Colours that can be read, from one that somebody likes. No zod here: the admin app shows with it what the booking page will do. */
export interface Shades {
  /** For words on the page and for what is pressed. */
  readonly accent: string;
  readonly strong: string;
  readonly onAccent: string;
  readonly soft: string;
}

/** WCAG 2.2, 1.4.3: what words need against what is behind them. */
export const readableContrast = 4.5;

/** What words of the accent colour stand on, as the booking page has it (apps/widget/src/styles/base.css). */
const grounds = { light: ['#ffffff', '#f6f5f1'], dark: ['#1b201f', '#121615'] } as const;

/** The accent colour's shades where the page is light and where it is dark: each the nearest that can be read everywhere it stands. */
export function paletteOf(accent: string): { readonly light: Shades; readonly dark: Shades } {
  return { light: shadesOn('light', accent), dark: shadesOn('dark', accent) };
}

/** How much two colours differ, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The colour as it is, where it can be read. */
export function isReadable(accent: string, scheme: keyof typeof grounds): boolean {
  return shadesOn(scheme, accent).accent === accent.toLowerCase();
}

function shadesOn(scheme: keyof typeof grounds, liked: string): Shades {
  const [surface] = grounds[scheme];
  const end = scheme === 'light' ? '#000000' : '#ffffff';
  // of the colour itself only a breath, or nothing could be read on it
  const soft = mixed(surface, liked, 0.12);
  for (let step = 0; ; step++) {
    const accent = mixed(liked, end, step / 64);
    if ([...grounds[scheme], soft].every((ground) => contrastOf(accent, ground) >= readableContrast) || step === 64)
      return { accent, strong: mixed(accent, end, 0.2), onAccent: inkOn(accent, mixed(accent, end, 0.2)), soft };
  }
}

/** Black or white, whichever reads better on both. */
function inkOn(...grounds: readonly string[]): string {
  const worst = (ink: string) => Math.min(...grounds.map((ground) => contrastOf(ink, ground)));
  return worst('#ffffff') >= worst('#000000') ? '#ffffff' : '#000000';
}

function channels(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function mixed(from: string, to: string, share: number): string {
  const end = channels(to);
  return `#${channels(from)
    .map((value, at) =>
      Math.round(value + ((end[at] ?? 0) - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
