import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkBookings } from '../booking/check-bookings.ts';
import { claimBooking } from '../booking/claim-booking.ts';
import { expireHolds } from '../booking/expire-holds.ts';
import { Problem } from '../kit/problem.ts';
import { openEvent } from '../testing/open-event.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { lineOf, placesOf, waitFor } from '../testing/waiting-of.ts';
import { eventWishFor } from '../testing/wishes.ts';
import { checkWaiting } from './check-waiting.ts';
import { lookAfterLines } from './look-after-lines.ts';
import { readEntry } from './read-entry.ts';
import { scopeOfEntry } from './scope-of-entry.ts';
import { takeOffer } from './take-offer.ts';

const PLACES = 50;
const WAITING = 100;
const NEWCOMERS = 200;

let app: TestApp;

beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_yoga: { price: 1500, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'required' } } },
    connections: 32,
    listen: false,
  });
});
afterAll(() => app.close());

/** So many come at once; answers how many had a place, and what the others were told. */
async function come(eventId: string, many: number, from: number): Promise<{ won: number; refused: Record<string, number> }> {
  const wish = await wishOf(eventId);
  const outcomes = await Promise.allSettled(
    Array.from({ length: many }, (_, n) => claimBooking(app.booking, app.scope, wish(from + n), `10.2.${n >> 8}.${n & 255}`)),
  );
  const refused: Record<string, number> = {};
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    const name = outcome.reason instanceof Problem ? outcome.reason.code : `bug: ${String(outcome.reason)}`;
    refused[name] = (refused[name] ?? 0) + 1;
  }
  return { won: outcomes.filter(({ status }) => status === 'fulfilled').length, refused };
}

/** A full event with a line: every place is held, and the holds run out in a moment. */
async function fullEvent(eventId: string, startsAt: string) {
  await openEvent(app, { eventId, serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt, capacity: PLACES });
  expect((await come(eventId, PLACES, 0)).won).toBe(PLACES);
  const line = [];
  for (let n = 0; n < WAITING; n++) line.push(await waitFor(app, eventId, n));
  app.clock.advance({ minutes: 16, seconds: 1 });
  return line;
}

async function sweep(): Promise<void> {
  while ((await expireHolds(app.booking)) > 0);
}

test('when 50 places become free while 200 newcomers and 100 who wait come, the first 50 in line have them and nobody else has any', {
  timeout: 600_000,
}, async () => {
  const eventId = 'evt_rush';
  const line = await fullEvent(eventId, '2026-03-20T10:00:00Z');
  const [{ won, refused }] = await Promise.all([come(eventId, NEWCOMERS, 1000), sweep(), sweep(), lookAfterLines(app.booking, { limit: 10 })]);
  await sweep();
  expect([won, refused]).toEqual([0, { event_full: NEWCOMERS }]);
  const statuses = await lineOf(app, eventId);
  expect(statuses).toEqual([...Array<string>(PLACES).fill('offered'), ...Array<string>(WAITING - PLACES).fill('waiting')]);
  expect(await placesOf(app, eventId)).toEqual({ taken: 0, offered: PLACES, capacity: PLACES });

  // all who were offered a place take it twice at once
  const quoteId = await quoteOf(line[0]?.token ?? '');
  const take = async (token: string) => {
    const { scope, entryId } = await scopeOfEntry(app.salon, token);
    return takeOffer(app.salon, scope, entryId, { quoteId, pay: false, consent: { terms: true, termsVersion: 1 } }, '10.3.0.1');
  };
  const taken = await Promise.all(line.slice(0, PLACES).flatMap(({ token }) => [take(token), take(token)]));
  expect(new Set(taken.map(({ facts }) => facts.booking.bookingId)).size).toBe(PLACES);
  expect(await placesOf(app, eventId)).toEqual({ taken: PLACES, offered: 0, capacity: PLACES });
  expect(await checkBookings(app.database.read, app.clock.now())).toEqual([]);
  expect(await checkWaiting(app.database.read, app.clock.now())).toEqual([]);
});

test('with the offering taken away newcomers overtake the line: the test above can fail', { timeout: 600_000 }, async () => {
  const eventId = 'evt_unfair';
  await fullEvent(eventId, '2026-03-21T10:00:00Z');
  await sql`create or replace function offer_places(chain text, event text, at timestamptz) returns integer language plpgsql as $$ begin return 0; end $$`.execute(
    app.database.read,
  );
  const [{ won }] = await Promise.all([come(eventId, NEWCOMERS, 2000), sweep()]);
  expect(won).toBe(PLACES);
  expect(new Set(await lineOf(app, eventId))).toEqual(new Set(['waiting']));
});

async function quoteOf(token: string): Promise<string> {
  const { scope, entryId } = await scopeOfEntry(app.salon, token);
  return (await readEntry(app.salon, scope, entryId)).offer?.quote?.quoteId ?? '';
}

/** Whoever comes has looked before: a quote is not refused because the event has become full meanwhile. */
const seen = new Map<string, Awaited<ReturnType<typeof eventWishFor>>>();
async function wishOf(eventId: string) {
  const wish = seen.get(eventId) ?? (await eventWishFor(app, eventId));
  seen.set(eventId, wish);
  return wish;
}
