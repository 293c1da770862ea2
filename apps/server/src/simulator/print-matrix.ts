import type { SimulationEnd } from '@holdfast/contract/simulation';
import type { Logger } from 'pino';
import type { App, AppParts } from '../app.ts';
import { someAtOnce } from '../kit/some-at-once.ts';
import { openMemory } from './open-memory.ts';
import { type Cell, playEveryScenario, playedProviders, rows } from './play-every-scenario.ts';

const inWords: Readonly<Record<SimulationEnd, string>> = {
  paid: 'paid',
  kept_unpaid: 'unpaid, kept',
  let_go: 'let go',
  credit: 'credit',
  unplaced: 'unplaced',
  given_back: 'given back',
  given_back_in_part: 'part back',
  cancelled: 'cancelled',
  attention: 'attention',
  not_offered: 'not offered',
};

/**
 * Plays every scenario against every provider's sandbox (or `only` these) in databases in memory, and prints how each has ended. Answers the exit code: 0 =
 * every cell ended as its scenario says, with every cent in one place.
 */
export async function printMatrix({
  only,
  log,
  create,
}: {
  only: readonly string[];
  log: Logger;
  create: (parts: AppParts) => Promise<App>;
}): Promise<number> {
  const providers = playedProviders.filter((name) => only.length === 0 || only.includes(name));
  const wrong: string[] = [];
  const cells = new Map<string, string>();
  const note = (provider: string, { scenario, way, played, wrong: found }: Cell) => {
    cells.set(`${provider} ${scenario.id} ${way}`, `${found.length === 0 ? '✓' : '✗'} ${played ? inWords[played.end.outcome] : 'broke off'}`);
    wrong.push(...found.map((what) => `${scenario.id}, ${way}, ${provider}: ${what}`));
    if (process.stderr.isTTY) process.stderr.write(`\r${cells.size} of ${rows.length * providers.length} played`);
  };
  await someAtOnce(providers, 2, async (provider) => {
    const db = await openMemory();
    const { disagreements } = await playEveryScenario({ provider, db, log, create, told: (cell) => note(provider, cell) });
    wrong.push(...disagreements.map((what) => `audit, ${provider}: ${what}`));
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  process.stdout.write(table(providers, cells));
  for (const one of wrong) process.stdout.write(`✗ ${one}\n`);
  const played = cells.size;
  if (providers.length === 0) process.stdout.write(`There is nothing to play: ${only.join(', ')} is none of ${playedProviders.join(', ')}.\n`);
  else if (wrong.length === 0) process.stdout.write(`${played} stories played, every cent in one place.\n`);
  else process.stdout.write(`${played} stories played, ${wrong.length} things are not as they must be.\n`);
  return wrong.length === 0 && played > 0 ? 0 : 1;
}

function table(providers: readonly string[], cells: ReadonlyMap<string, string>): string {
  const lines = rows.map(({ scenario, way }) => [
    `${scenario.id} (${way})`,
    ...providers.map((provider) => cells.get(`${provider} ${scenario.id} ${way}`) ?? '–'),
  ]);
  const all = [['scenario (way)', ...providers], ...lines];
  const widths = ['', ...providers].map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
