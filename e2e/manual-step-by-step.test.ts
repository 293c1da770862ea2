import { describe, expect, test } from 'vitest';
import { openStage } from './journey.ts';
import { linkJourneys } from './salon/by-the-link.ts';
import { colleaguesJourneys } from './salon/colleagues.ts';
import { widgetJourneys } from './salon/in-the-widget.ts';
import { settingUpJourneys } from './salon/setting-up.ts';
import { statusJourneys } from './salon/statuses.ts';

const stage = openStage();

describe('How to set up online payment methods', () => {
  settingUpJourneys(stage);
});

describe('Configuring online payment status', () => {
  statusJourneys(stage);
});

describe.concurrent('several people at once', () => {
  colleaguesJourneys(stage);
});

// the clock is everybody's, so these come one after the other
describe('How Payment for visits via the link works', () => {
  linkJourneys(stage);
});

describe('What will change in the online booking widget', () => {
  widgetJourneys(stage);
});

test('after all this appointments, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toContain(' 0 disagreements');
  expect(exitCode).toBe(0);
});
