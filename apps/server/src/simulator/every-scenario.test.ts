import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { type AppParts, createApp } from '../app.ts';
import { testDatabase } from '../testing/test-database.ts';
import { playEveryScenario, playedProviders, rows } from './play-every-scenario.ts';

/** Every story once against every provider, and by link where it depends on the hour its page lives; npm run scenarios plays all of them. */
const played = rows.filter(({ scenario, way }) => way === scenario.ways[0] || (scenario.id.startsWith('paid_at_') && way === 'link'));
// messages and screens take half of the time, and the stories of the salon's own copy have them
const quiet = (parts: AppParts) => createApp({ ...parts, moneyOnly: true });
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });

test('there is something to play', () => {
  expect(playedProviders).toContain('stripe');
  expect(rows.length).toBeGreaterThan(40);
  expect(new Set(rows.map(({ scenario, way }) => `${scenario.id} ${way}`)).size).toBe(rows.length);
});

describe.concurrent.each(playedProviders)('%s', (provider) => {
  test('whatever happens between client, salon and provider, every cent ends in one place and every story as it must', async () => {
    const { cells, disagreements } = await playEveryScenario({ provider, played, db: await testDatabase(), log, create: quiet });
    const wrong = cells.filter((cell) => cell.wrong.length > 0).map(({ scenario, way, wrong: found }) => ({ scenario: scenario.id, way, found }));
    expect(wrong).toEqual([]);
    expect(disagreements).toEqual([]);
    expect(cells).toHaveLength(played.length);
  }, 600_000);
});
