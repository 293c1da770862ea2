import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loader } from '../../apps/server/src/channels/embed-script.ts';
import { readFirstSight } from '../../apps/server/src/channels/first-sight.ts';
import { readWidgetFiles } from '../../apps/server/src/channels/page-shell.ts';
import { partnerSight } from '../../apps/server/src/channels/partner-sight.ts';
import { plainPage } from '../../apps/widget/src/testing/plain-page.ts';

const dist = fileURLToPath(new URL('../../apps/widget/dist/', import.meta.url));
const budgetBytes = 35_000;

interface Piece {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8')) as Readonly<Record<string, Piece>>;

/** Everything a browser has to have before it can run this piece. */
function neededBy(name: string, found = new Set<string>()): ReadonlySet<string> {
  const piece = manifest[name];
  if (!piece || found.has(piece.file)) return found;
  for (const file of [piece.file, ...(piece.css ?? [])]) found.add(file);
  for (const one of piece.imports ?? []) neededBy(one, found);
  return found;
}

function bytesOf(files: Iterable<string>, ending: '.br' | '.gz'): number {
  return [...files].reduce((sum, file) => sum + statSync(dist + file + ending).size, 0);
}

/** All that is fetched until the first step can be used, in each language, but for the salon's own services. */
function sizes(starts: readonly string[], ending: '.br' | '.gz'): Record<string, number> {
  const languages = Object.entries(manifest).filter(([name]) => name.includes('/texts/widget/'));
  expect(languages).toHaveLength(4);
  const always = starts.flatMap((start) => [...neededBy(start)]);
  return Object.fromEntries(languages.map(([name]) => [name.slice(-7, -5), bytesOf(new Set([...always, ...neededBy(name)]), ending)]));
}

for (const ending of ['.br', '.gz'] as const) {
  test(`the booking page stays small in its heaviest language, compressed as ${ending}`, () => {
    const needed = sizes(['src/main.tsx'], ending);
    expect(Math.max(...Object.values(needed)), JSON.stringify(needed)).toBeLessThanOrEqual(budgetBytes);
  });

  test(`on a partner's page it stays as small, its loader and its styles included, compressed as ${ending}`, async () => {
    const files = readWidgetFiles();
    if (!files) throw new Error('the widget has not been built');
    expect(files.firstStyles).toHaveLength(1);
    const packed = (text: string) => (ending === '.gz' ? gzipSync(text) : brotliCompressSync(text)).length;
    const pieces = sizes(['src/embed/embed.ts', 'src/embed/embedded.tsx'], ending);
    // a line that names no place, then one that does: with its styles, and (not counted, as on our own page) what the salon offers
    const without = packed(loader(files)) + bytesOf(files.firstStyles, ending);
    const needed = Object.entries(pieces).map(async ([language, bytes]) => {
      const page = { ...plainPage, location: { ...plainPage.location, languages: [language] } };
      const sight = await partnerSight({
        locationPage: () => Promise.resolve(page),
        draw: readFirstSight(files),
        place: 'salon/centre',
        wish: { language },
        accepted: undefined,
      });
      return [language, bytes + without, bytes + packed(loader(files, sight && { ...sight, page: '', html: '' }))] as const;
    });
    const all = await Promise.all(needed);
    expect(Math.max(...all.flatMap(([, ...bytes]) => bytes)), JSON.stringify(all)).toBeLessThanOrEqual(budgetBytes);
  });
}

test('what only later steps need is not fetched for the first', () => {
  const first = [...neededBy('src/main.tsx'), ...neededBy('src/embed/embedded.tsx')].join();
  expect(first).not.toMatch(/later|choose-time|enter-details|confirm-|client-page/);
});
