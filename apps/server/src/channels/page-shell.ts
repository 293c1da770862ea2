import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { directionOf } from '@holdfast/contract/client-language';
import type { FirstSight } from './first-sight.ts';
import { PLAIN_STYLE } from './plain/plain-style.ts';

export const WIDGET_FOLDER = fileURLToPath(new URL('../../../widget/dist/', import.meta.url));
/** What draws a page's first sight: the widget's components once more, built for here. */
export const DRAWER = `${WIDGET_FOLDER}server/first-sight.js`;
const TAG = `${WIDGET_FOLDER}tag/tag.js`;

interface ManifestEntry {
  readonly file: string;
  readonly name?: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

/** The widget's built files, as its manifest names them; undefined: the widget has not been built. */
export interface WidgetFiles {
  readonly script: string;
  /** What the script needs before it can begin: named in the page for the same reason. */
  readonly needs: readonly string[];
  /** What a partner's page begins with, and what it needs before the widget is seen. */
  /** The lines that come first there, as they are. */
  readonly tag: string;
  readonly embed: string;
  readonly embedNeeds: readonly string[];
  /** Its button, where it has one. */
  readonly offer: readonly string[];
  /** The pieces with a language's words, by language: named in the page, or the browser would hear of them only from the script. */
  readonly words: Readonly<Record<'first' | 'later' | 'clientPage', Readonly<Record<string, string>>>>;
  readonly clientPage: readonly string[];
  readonly demo: readonly string[];
  /** What the first sight of a booking needs; `styles` has the others as well. */
  readonly firstStyles: readonly string[];
  readonly styles: readonly string[];
}

export function readWidgetFiles(): WidgetFiles | undefined {
  let text: string;
  try {
    text = readFileSync(`${WIDGET_FOLDER}.vite/manifest.json`, 'utf8');
  } catch {
    return undefined;
  }
  const manifest = JSON.parse(text) as Readonly<Record<string, ManifestEntry>>;
  const entries = Object.entries(manifest);
  const entry = manifest['src/main.tsx'];
  const embed = manifest['src/embed/embed.ts'];
  const embedded = manifest['src/embed/embedded.tsx'];
  const offer = manifest['src/embed/offer.ts'];
  const later = entries.flatMap(([source, { file }]) => (source.endsWith('/styles/later.css') ? [file] : []));
  const wordsOf = (part: string) =>
    Object.fromEntries(entries.flatMap(([source, one]) => (source.includes(`/texts/${part}/`) && one.name ? [[one.name, one.file]] : [])));
  const clientPage = manifest['src/client-page/client-page.tsx'];
  const banner = manifest['src/parts/demo-banner.tsx'];
  if (!entry || !embed || !embedded || !existsSync(DRAWER) || !existsSync(TAG)) return undefined;
  const needed = (one: ManifestEntry): string[] =>
    (one.imports ?? []).flatMap((name) => (manifest[name] ? [manifest[name].file, ...needed(manifest[name])] : []));
  const firstStyles = entry.css ?? [];
  return {
    script: entry.file,
    needs: [...new Set(needed(entry))],
    words: { first: wordsOf('widget'), later: wordsOf('later-steps'), clientPage: wordsOf('client-page') },
    clientPage: clientPage ? [clientPage.file, ...needed(clientPage)] : [],
    demo: banner ? [banner.file] : [],
    firstStyles,
    styles: [...firstStyles, ...later],
    tag: readFileSync(TAG, 'utf8').trim(),
    offer: offer ? [offer.file, ...needed(offer)] : [],
    embed: embed.file,
    embedNeeds: [...new Set([embedded.file, ...needed(embedded), ...needed(embed)])],
  };
}

/** A whole page: what the widget needs is in it, so that the first screen asks for nothing more. */
export function pageShell({
  title,
  language,
  data,
  files,
  plain,
  demo,
  sight,
  head = '',
}: {
  title: string;
  language: string;
  data: Record<string, unknown>;
  files: WidgetFiles;
  /** The page for whoever has no script. */
  plain: string;
  /** It marks itself as one. */
  demo: boolean;
  /** What is seen until the script is there; left out: nothing. */
  sight?: FirstSight | undefined;
  head?: string;
}): string {
  const inlined = Object.entries(data).map(([id, value]) => `<script type="application/json" id="${id}">${jsonInHtml(value)}</script>`);
  const { first, later, clientPage } = files.words;
  const isBooking = 'booking' in data;
  /** Theirs alone, and with more on it than the first step of a booking. */
  const isOwn = isBooking || 'mine' in data || 'waiting' in data;
  const ahead = new Set([
    ...files.needs,
    ...(isBooking ? files.clientPage : []),
    ...(demo ? files.demo : []),
    ...[first, ...(isOwn ? [later, clientPage] : [])].flatMap((words) => words[language] ?? []),
  ]);
  const sheet = (one: string) => `<link rel="stylesheet" href="/widget/${one}">`;
  const shown = isOwn ? files.styles : files.firstStyles;
  const worn = sight ? `<style>${sight.style}</style>\n<script>${sight.script}</script>` : shown.map(sheet).join('\n');
  const others = files.styles.filter((one) => !shown.includes(one));
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="${isOwn ? 'noindex' : 'index'}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${worn}
${[...ahead].map((one) => `<link rel="modulepreload" href="/widget/${one}">`).join('\n')}
<noscript>${others.map(sheet).join('')}<link rel="stylesheet" href="${PLAIN_STYLE}"></noscript>
${head}
<script type="module" src="/widget/${files.script}"></script>
</head>
<body>
<div id="app">${sight?.html ?? ''}</div>
<noscript><main class="plain">
${plain}
</main></noscript>
${inlined.join('\n')}
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON that cannot end its script element, whatever a client typed. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
