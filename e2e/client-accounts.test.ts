import { describe, expect, test } from 'vitest';
import { openStage } from './journey.ts';
import { accountJourneys } from './salon/client-accounts.ts';

const stage = openStage();

// the clock is everybody's, so these come one after the other
describe('client accounts', () => {
  accountJourneys(stage);
});

test('after all this accounts, appointments, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});
