import { sandboxOf } from '@holdfast/providers/sandbox-registry';
import pino from 'pino';
import { expect, test } from 'vitest';
import { type AppParts, createApp } from '../app.ts';
import { testDatabase } from '../testing/test-database.ts';
import { chooseVisit } from './choose-visit.ts';
import { openHouse } from './open-house.ts';
import { playScenario } from './play-scenario.ts';
import { scenarioNamed } from './scenarios.ts';
import { smallSalon } from './small-salon.ts';

/** Plays one story in a house that is built wrong. */
async function playedIn(id: string, wrong: Partial<AppParts>) {
  const at = new Date('2026-03-02T09:00:00Z');
  const [start, scenario] = [sandboxOf('stripe'), scenarioNamed(id)];
  if (!start || !scenario) throw new Error('the story is there, and so is the sandbox');
  const create = (parts: AppParts) => createApp({ ...parts, ...wrong });
  const log = pino({ level: 'silent' });
  const house = await openHouse({ db: await testDatabase(), salon: smallSalon('EUR', at), provider: 'stripe', start, at, log, create });
  try {
    return await playScenario(house, scenario, await chooseVisit(house, 'required', undefined));
  } finally {
    await house.close();
  }
}

test('a program that takes money for twice what it is does not pass', async () => {
  const { end } = await playedIn('redirect_never_returns', {
    providerOf: (ordinary) => (connection) => {
      const provider = ordinary(connection);
      return {
        ...provider,
        async readPayment(credentials, key) {
          const read = await provider.readPayment(credentials, key);
          return read.kind === 'done' && read.value ? { ...read, value: { ...read.value, capturedMinor: read.value.capturedMinor * 2n } } : read;
        },
      };
    },
  });
  expect(end.disagreements.join()).toMatch(/captured: provider 50000, attempt 100000, lines 100000, ledger 100000/);
  expect(end.otherwise).toContain('the outcome is credit, not paid');
});

test('a program that never closes a page at a provider that can does not pass', async () => {
  const { end, answers } = await playedIn('paid_at_15_30', {
    providerOf: (ordinary) => (connection) => ({
      ...ordinary(connection),
      closePayment: async () => ({ kind: 'unknown', message: 'never closed' }),
    }),
  });
  expect(answers).toEqual(['captured']);
  expect(end.otherwise).toContain('payment 1 was captured, not closed');
});
