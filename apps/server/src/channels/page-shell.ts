import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { directionOf } from '@holdfast/contract/client-language';

export const WIDGET_FOLDER = fileURLToPath(new URL('../../../widget/dist/', import.meta.url));

interface ManifestEntry {
  readonly file: string;
  readonly name?: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
}

/** The widget's built files, as its manifest names them; undefined: the widget has not been built. */
export interface WidgetFiles {
  readonly script: string;
  /** The piece with a language's words, by language: named in the page, or the browser would hear of it only from the script. */
  readonly words: Readonly<Record<string, string>>;
  readonly styles: readonly string[];
}

export function readWidgetFiles(): WidgetFiles | undefined {
  let text: string;
  try {
    text = readFileSync(`${WIDGET_FOLDER}.vite/manifest.json`, 'utf8');
  } catch {
    return undefined;
  }
  const entries = Object.entries(JSON.parse(text) as Record<string, ManifestEntry>);
  const entry = entries.find(([, one]) => one.isEntry)?.[1];
  const words = Object.fromEntries(entries.flatMap(([source, one]) => (source.includes('/texts/widget/') && one.name ? [[one.name, one.file]] : [])));
  return entry && { script: entry.file, words, styles: entry.css ?? [] };
}

/** A whole page: what the widget needs is in it, so that the first screen asks for nothing more. */
export function pageShell({
  title,
  language,
  data,
  files,
  noScript,
}: {
  title: string;
  language: string;
  data: Record<string, unknown>;
  files: WidgetFiles;
  noScript: string;
}): string {
  const inlined = Object.entries(data).map(([id, value]) => `<script type="application/json" id="${id}">${jsonInHtml(value)}</script>`);
  const words = files.words[language];
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="${'booking' in data ? 'noindex' : 'index'}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${files.styles.map((one) => `<link rel="stylesheet" href="/widget/${one}">`).join('\n')}
${words ? `<link rel="modulepreload" href="/widget/${words}">` : ''}
<script type="module" src="/widget/${files.script}"></script>
</head>
<body>
<div id="app"></div>
<noscript><p>${escapeHtml(noScript)}</p></noscript>
${inlined.join('\n')}
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON that cannot end its script element, whatever a client typed. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
