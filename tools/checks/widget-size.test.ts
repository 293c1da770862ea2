import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../apps/widget/dist/', import.meta.url));
const budgetBytes = 35_000;

interface Piece {
  readonly file: string;
  readonly isEntry?: boolean;
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

const languages = Object.keys(manifest).filter((name) => name.includes('/texts/widget/'));

for (const ending of ['.br', '.gz'] as const) {
  test(`the booking page stays small in its heaviest language, compressed as ${ending}`, () => {
    expect(languages).toHaveLength(4);
    const heaviest = Math.max(...languages.map((name) => bytesOf(new Set([...neededBy('src/main.tsx'), ...neededBy(name)]), ending)));
    expect(heaviest).toBeLessThanOrEqual(budgetBytes);
  });
}
