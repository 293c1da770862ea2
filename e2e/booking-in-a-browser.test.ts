import { describe, expect, test } from 'vitest';
import { openStage } from './journey.ts';
import { barrierJourneys } from './journeys/barriers.ts';
import { changingMindsJourneys } from './journeys/changing-minds.ts';
import { payingJourneys } from './journeys/paying.ts';
import { runningLateJourneys } from './journeys/running-late.ts';

// the first thing anybody tries, as they get it
const stage = openStage({ embedded: true });

describe.concurrent('while the clock stands still', () => {
  payingJourneys(stage);
  changingMindsJourneys(stage);
  barrierJourneys(stage);
});

describe('when time runs out', () => {
  runningLateJourneys(stage);
});

test('after all this the server stops cleanly, and appointments, ledger and Stripe agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/[1-9]\d* payments asked about at their providers, 0 disagreements/);
  expect(exitCode).toBe(0);
});
