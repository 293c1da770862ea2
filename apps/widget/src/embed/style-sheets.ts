import { fetchOnce } from './asked-early.ts';

const sheets = new Map<string, Promise<CSSStyleSheet>>();

/** Constructed, not written into the page: a content security policy without 'unsafe-inline' has nothing against it. */
export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** A sheet that is worn already. */
export function keepSheet(address: string, sheet: CSSStyleSheet): void {
  sheets.set(address, Promise.resolve(sheet));
}

/** A sheet of ours as it has to be inside somebody else's page, asked for once. */
export function fetchSheet(address: string): Promise<CSSStyleSheet> {
  const known = sheets.get(address);
  if (known) return known;
  const asked = fetchOnce(address, { credentials: 'omit' }).then(async (answer) => sheetOf(fitted(await answer.text(), pageIsDark())));
  sheets.set(address, asked);
  asked.catch(() => sheets.delete(address));
  return asked;
}

/** Once, also where several screens bring the same. */
export function wear(root: ShadowRoot, sheet: CSSStyleSheet): void {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

/**
 * The widget is as wide as its place in the page, not as the window; a page's own size of letters must not shrink it; and it is dark only where the page is
 * said to be.
 */
export function fitted(css: string, dark: boolean): string {
  const fits = css
    .replaceAll(/@media ?\((?=width|min-width|max-width)/g, '@container (')
    .replaceAll(/(\d*\.?\d+)rem\b/g, (_, size: string) => `${Number(size) * 16}px`);
  return dark ? fits : fits.replaceAll(/@media ?\(prefers-color-scheme: ?dark\)/g, '@media not all');
}

function pageIsDark(): boolean {
  return getComputedStyle(document.documentElement).colorScheme.includes('dark');
}
