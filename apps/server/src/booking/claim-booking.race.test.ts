import type { BookingWish } from '@holdfast/contract/booking';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../kit/problem.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { claimBooking } from './claim-booking.ts';

const CLIENTS = 64;
const ROUNDS = 50;

let app: TestApp;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 4000, minutes: 30, status: 'required' } },
      staff: { stf_ana: { status: 'required' }, stf_rui: { status: 'required' }, stf_eva: { status: 'required' } },
    },
    connections: CLIENTS,
    listen: false,
  });
});
afterAll(() => app.close());

/** All at once; how many won, and what the others were told. */
async function rush(wishes: readonly BookingWish[]): Promise<{ won: number; refused: Map<string, number> }> {
  const outcomes = await Promise.allSettled(wishes.map((wish, n) => claimBooking(app.booking, app.scope, wish, `10.0.0.${n}`)));
  const refused = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    const name = outcome.reason instanceof Problem ? outcome.reason.code : `bug: ${String(outcome.reason)}`;
    refused.set(name, (refused.get(name) ?? 0) + 1);
  }
  return { won: outcomes.filter((one) => one.status === 'fulfilled').length, refused };
}

async function heldAt(startsAt: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from appointments where starts_at = ${startsAt} and status = 'held'`.execute(
    app.database.read,
  );
  return rows[0]?.n ?? 0;
}

/** Every 30 minutes between 08:00 and 20:00 of the days that follow; Lisbon has UTC in March's first weeks. */
function startOf(round: number): string {
  return new Date(Date.UTC(2026, 2, 3 + Math.floor(round / 20), 8, (round % 20) * 30)).toISOString();
}

test('of 64 clients who want one time at once exactly one holds it and 63 are told clearly, fifty times over', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const startsAt = startOf(round);
    const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt });
    const { won, refused } = await rush(Array.from({ length: CLIENTS }, (_, n) => wish(n)));
    expect([won, [...refused]], `round ${round}`).toEqual([1, [['time_taken', CLIENTS - 1]]]);
    expect(await heldAt(startsAt)).toBe(1);
  }
});

test('of 64 clients who want any of three free people exactly three get one', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const startsAt = startOf(round + 100);
    const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: null, startsAt });
    const { won, refused } = await rush(Array.from({ length: CLIENTS }, (_, n) => wish(n)));
    expect([won, [...refused]], `round ${round}`).toEqual([3, [['time_taken', CLIENTS - 3]]]);
    expect(await heldAt(startsAt)).toBe(3);
  }
});

test('bookings of several appointments that cross each other never deadlock and never share a time', async () => {
  const startsAt = startOf(200);
  const orders = [
    ['stf_ana', 'stf_rui'],
    ['stf_rui', 'stf_eva'],
    ['stf_eva', 'stf_ana'],
  ] as const;
  for (let round = 0; round < 10; round++) {
    const at = new Date(new Date(startsAt).getTime() + round * 1_800_000).toISOString();
    const wishes = await Promise.all(
      orders.map((people) => wishFor(app, ...people.map((staffId) => ({ serviceIds: ['srv_cut'], staffId, startsAt: at })))),
    );
    const { won, refused } = await rush(Array.from({ length: CLIENTS }, (_, n) => wishes[n % 3]?.(n)).filter((wish) => wish !== undefined));
    expect([won, [...refused]], `round ${round}`).toEqual([1, [['time_taken', CLIENTS - 1]]]);
    expect(await heldAt(at)).toBe(2);
  }
});

test('with the constraint taken away the race shows: this test can fail', async () => {
  const { rows } = await sql<{
    definition: string;
  }>`select pg_get_constraintdef(oid) definition from pg_constraint where conname = 'occupancy_does_not_overlap'`.execute(app.database.read);
  await sql`alter table occupancy drop constraint occupancy_does_not_overlap`.execute(app.database.read);
  try {
    const wish = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: startOf(300) });
    expect((await rush(Array.from({ length: CLIENTS }, (_, n) => wish(n)))).won).toBeGreaterThan(1);
  } finally {
    await sql`delete from occupancy where lower(span) = ${startOf(300)}::timestamptz`.execute(app.database.read);
    await sql.raw(`alter table occupancy add constraint occupancy_does_not_overlap ${rows[0]?.definition}`).execute(app.database.read);
  }
});
