import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const FAR = '2100-01-01T00:00:00Z';

async function deadlines(asked: readonly { at: string; zone: string; minutes: number; closes?: string }[]): Promise<readonly string[]> {
  const { rows } = await sql<{ until: Date }>`
    select offer_deadline((a->>'at')::timestamptz, a->>'zone', (a->>'minutes')::int, (a->>'closes')::timestamptz) until
      from jsonb_array_elements(${JSON.stringify(asked.map((one) => ({ closes: FAR, ...one })))}::jsonb) with ordinality x(a, n) order by n`.execute(
    db.read,
  );
  return rows.map(({ until }) => until.toISOString());
}

test.each([
  ['by day: so many minutes', '2026-03-10T10:00:00Z', 60, FAR, '2026-03-10T11:00:00.000Z'],
  ['at exactly 08:00 the day has begun', '2026-03-10T08:00:00Z', 60, FAR, '2026-03-10T09:00:00.000Z'],
  ['a second before: from 08:00', '2026-03-10T07:59:59Z', 60, FAR, '2026-03-10T09:00:00.000Z'],
  ['until exactly 21:00', '2026-03-10T20:00:00Z', 60, FAR, '2026-03-10T21:00:00.000Z'],
  ['the rest of it in the morning', '2026-03-10T20:30:00Z', 60, FAR, '2026-03-11T08:30:00.000Z'],
  ['at exactly 21:00 the night has begun', '2026-03-10T21:00:00Z', 60, FAR, '2026-03-11T09:00:00.000Z'],
  ['at midnight', '2026-03-10T00:00:00Z', 60, FAR, '2026-03-10T09:00:00.000Z'],
  ['a whole day of minutes', '2026-03-10T20:00:00Z', 1440, FAR, '2026-03-12T18:00:00.000Z'],
  ['the night in which the clocks go forward', '2026-03-28T23:00:00Z', 60, FAR, '2026-03-29T08:00:00.000Z'],
  ['the night in which they go back', '2026-10-24T22:00:00Z', 60, FAR, '2026-10-25T09:00:00.000Z'],
  ['never later than it can be booked', '2026-03-10T10:00:00Z', 60, '2026-03-10T10:20:00Z', '2026-03-10T10:20:00.000Z'],
  ['also at night', '2026-03-10T22:00:00Z', 60, '2026-03-11T06:00:00Z', '2026-03-11T06:00:00.000Z'],
] as const)('an offer in Lisbon: %s', async (_name, at, minutes, closes, until) => {
  expect(await deadlines([{ at, zone: 'Europe/Lisbon', minutes, closes }])).toEqual([until]);
});

/** Minute by minute, as somebody with a clock on the wall would count. */
function counted(at: string, zone: string, minutes: number): string {
  let moment = Temporal.Instant.from(at);
  for (let left = minutes; left > 0; moment = moment.add({ minutes: 1 })) {
    const { hour } = moment.toZonedDateTimeISO(zone);
    if (hour >= 8 && hour < 21) left--;
  }
  return new Date(moment.epochMilliseconds).toISOString();
}

test('whatever the zone and the moment, it counts only minutes between 08:00 and 21:00 of its clock', async () => {
  const zones = ['Europe/Kyiv', 'Europe/Lisbon', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo'];
  const asked = fc.record({
    at: fc
      .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 })
      .map((minute) => new Date(minute * 60_000).toISOString()),
    zone: fc.constantFrom(...zones),
    minutes: fc.integer({ min: 5, max: 1440 }),
  });
  const many = fc.sample(asked, 120);
  expect(await deadlines(many)).toEqual(many.map(({ at, zone, minutes }) => counted(at, zone, minutes)));
});
