import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelBooking } from '../booking/cancel-booking.ts';
import { checkBookings } from '../booking/check-bookings.ts';
import { claimBooking } from '../booking/claim-booking.ts';
import { expireHolds } from '../booking/expire-holds.ts';
import { Problem } from '../kit/problem.ts';
import { openEvent } from '../testing/open-event.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { waitFor } from '../testing/waiting-of.ts';
import { eventWishFor } from '../testing/wishes.ts';
import { checkWaiting } from './check-waiting.ts';
import { leaveLine } from './leave-line.ts';
import { lookAfterLines } from './look-after-lines.ts';
import { readEntry } from './read-entry.ts';
import { takeOffer } from './take-offer.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_yoga: { price: 1500, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'required' } } },
    listen: false,
  });
});
afterAll(() => app.close());

const size = fc.integer({ min: 1, max: 4 });
const which = fc.integer({ min: 0, max: 30 });
const deeds = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ deed: fc.constant('join' as const), places: size }) },
    { weight: 3, arbitrary: fc.record({ deed: fc.constant('book' as const), places: size }) },
    { weight: 3, arbitrary: fc.record({ deed: fc.constant('cancel' as const), which }) },
    { weight: 2, arbitrary: fc.record({ deed: fc.constant('take' as const), which }) },
    { weight: 1, arbitrary: fc.record({ deed: fc.constant('pass' as const), which }) },
    { weight: 1, arbitrary: fc.record({ deed: fc.constant('leave' as const), which }) },
    { weight: 2, arbitrary: fc.record({ deed: fc.constant('capacity' as const), more: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ deed: fc.constant('pass time' as const), minutes: fc.constantFrom(5, 17, 61) }) },
  ),
  { minLength: 8, maxLength: 24 },
);
type Deed = (typeof deeds extends fc.Arbitrary<infer T> ? T : never)[number];

let n = 0;

class Line {
  readonly eventId = `evt_fair${++n}`;
  private readonly entries: string[] = [];
  private readonly bookings: string[] = [];

  async open(): Promise<void> {
    const startsAt = new Date(Date.UTC(2026, 2, 20 + Math.floor(n / 10), 8 + (n % 10))).toISOString();
    await openEvent(app, { eventId: this.eventId, serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt, capacity: 4 });
  }

  async play(deed: Deed, at: number): Promise<void> {
    switch (deed.deed) {
      case 'join': {
        const { draftId } = await waitFor(app, this.eventId, n * 100 + at, { places: deed.places });
        this.entries.push(draftId);
        return;
      }
      case 'book': {
        const wish = (await eventWishFor(app, this.eventId, { places: deed.places }))(n * 100 + at);
        this.bookings.push((await claimBooking(app.booking, app.scope, wish, '10.0.0.1')).facts.booking.bookingId);
        return;
      }
      case 'cancel': {
        const booking = this.bookings[deed.which % Math.max(1, this.bookings.length)];
        if (booking !== undefined) await cancelBooking(app.booking, app.scope, booking, undefined);
        return;
      }
      case 'take': {
        const entry = await this.entry(deed.which);
        if (!entry?.offer?.quote) return;
        const taken = { quoteId: entry.offer.quote.quoteId, pay: false, consent: { terms: true, termsVersion: 1 } };
        this.bookings.push((await takeOffer(app.salon, app.scope, entry.draftId, taken, '10.0.0.1')).facts.booking.bookingId);
        return;
      }
      case 'pass':
      case 'leave': {
        const entry = await this.entry(deed.which);
        if (entry) await leaveLine(app.salon, app.scope, entry.draftId, deed.deed === 'pass' ? 'passed' : 'withdrawn');
        return;
      }
      case 'capacity':
        await sql`update events set capacity = capacity + ${deed.more}, changed_at = ${app.clock.now()} where event_id = ${this.eventId}`.execute(
          app.database.read,
        );
        return;
      case 'pass time':
        app.clock.advance({ minutes: deed.minutes });
        await expireHolds(app.booking);
        await lookAfterLines(app.booking, { limit: 10 });
    }
  }

  /** Whoever waits and would fit into what is free should not be waiting. */
  async keptWaiting(): Promise<number> {
    const { rows } = await sql<{ many: number }>`
      select count(*)::int many from waiting_entries w join events e on e.chain_id = w.chain_id and e.event_id = w.event_id
       where w.event_id = ${this.eventId} and w.status = 'waiting' and w.places <= e.capacity - e.places_taken - e.places_offered`.execute(
      app.database.read,
    );
    return rows[0]?.many ?? 0;
  }

  private async entry(which: number) {
    const entryId = this.entries[which % Math.max(1, this.entries.length)];
    return entryId === undefined ? undefined : readEntry(app.salon, app.scope, entryId);
  }
}

test('whatever is booked, cancelled, joined and let go, the line is served in order among those who fit, and nobody who fits waits', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (played) => {
      const line = new Line();
      await line.open();
      for (const [at, deed] of played.entries()) {
        await line.play(deed, at).catch((error: unknown) => {
          // what is refused changes nothing
          if (!(error instanceof Problem)) throw error;
        });
        expect(await line.keptWaiting(), JSON.stringify(deed)).toBe(0);
      }
      expect(await checkWaiting(app.database.read, app.clock.now())).toEqual([]);
      expect(await checkBookings(app.database.read, app.clock.now())).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test('an order that is not kept is seen by the audit', async () => {
  const line = new Line();
  await line.open();
  await line.play({ deed: 'book', places: 4 }, 50);
  for (const at of [51, 52]) await line.play({ deed: 'join', places: 2 }, at);
  const { rows } = await sql<{ id: string }>`
    select entry_id id from waiting_entries where event_id = ${line.eventId} order by line_no desc limit 1`.execute(app.database.read);
  const id = rows[0]?.id ?? '';
  await sql`insert into waiting_log (chain_id, location_id, entry_id, at, what) values ('chn_test', 'loc_test', ${id}, now(), 'offered')`.execute(
    app.database.read,
  );
  expect((await checkWaiting(app.database.read, app.clock.now())).map(({ about }) => about)).toEqual([id]);
});
