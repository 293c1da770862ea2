import { expect } from 'vitest';
import { signIn } from './at-the-desk.ts';
import { openStage } from './journey.ts';
import { everyFinanceScreenJourney } from './salon/every-finance-screen.ts';
import { everyScreenJourney } from './salon/every-screen.ts';
import type { Seen } from './salon/look-around.ts';
import { otherProgramsJourney } from './salon/screens-of-other-programs.ts';

const stage = openStage();
const seen: Seen = { found: [], routes: new Set() };

everyScreenJourney(stage, seen);
everyFinanceScreenJourney(stage, seen);
otherProgramsJourney(stage, seen);

// with axe, in light, in dark, and as narrow as a phone; a new route that nobody looked at fails
stage.journey('no screen of the salon stands in anybody’s way, and none is forgotten', async ({ demo, arrives }) => {
  const person = await arrives();
  await signIn(person, demo.origin, '/lisbon/calendar');
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  const places = await person.page.evaluate(() => Object.keys(window.__TSR_ROUTER__?.routesByPath ?? {}));
  expect(seen.found).toEqual([]);
  expect(places.length).toBeGreaterThan(20);
  // where everything is set up the first leads on to signing in; the other leads on to the calendar
  expect(places.filter((place) => !seen.routes.has(place))).toEqual(['/setup', '/']);
});
