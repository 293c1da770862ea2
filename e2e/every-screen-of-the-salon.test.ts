import { describe, expect, test } from 'vitest';
import { openStage } from './journey.ts';
import { colleaguesJourneys } from './journeys-at-the-desk/colleagues.ts';
import { everyScreenJourney } from './journeys-at-the-desk/every-screen.ts';
import { payingAtTheSalonJourneys } from './journeys-at-the-desk/paying.ts';
import { settingUpJourneys } from './journeys-at-the-desk/setting-up.ts';

const stage = openStage();

describe.concurrent('while the clock stands still', () => {
  settingUpJourneys(stage);
  colleaguesJourneys(stage);
  everyScreenJourney(stage);
});

describe('when time runs out', () => {
  payingAtTheSalonJourneys(stage);
});

test('after all this appointments, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});
