import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { whyNotOffered } from './explain-time.ts';
import { type Busy, freeTimes } from './free-times.ts';
import type { Hours, MinuteSpan } from './hours.ts';
import { plainSalon } from './testing/plain-salon.ts';
import type { InstantSpan } from './work-spans.ts';

// Days around which clocks did something, and a quiet zone with an odd offset. Apia had no 30 December 2011; in St John's the clock went back
// over midnight; Lord Howe moves by half an hour; Casablanca leaves its summer time for Ramadan.
const EDGES: readonly (readonly [zone: string, day: string])[] = [
  ['Europe/Kyiv', '2026-03-29'],
  ['Europe/Kyiv', '2026-10-25'],
  ['Europe/Lisbon', '2026-03-29'],
  ['Europe/Lisbon', '2026-10-25'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Sao_Paulo', '2019-02-16'],
  ['America/Sao_Paulo', '2026-11-21'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Pacific/Apia', '2011-09-24'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Apia', '2012-04-01'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Africa/Casablanca', '2026-03-22'],
  ['America/St_Johns', '2010-03-14'],
  ['America/St_Johns', '2010-11-07'],
  ['Asia/Kathmandu', '2026-11-21'],
];
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

// ---- the reference: slow and obvious. Walks every minute, asks Intl what time it is there, and checks the sentences one by one.

const formatters = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map(EDGES.map(([zone]) => [zone, new Map<number, { day: string; minute: number }>()]));
function localTime(zone: string, atMs: number): { day: string; minute: number } {
  let local = clocks.get(zone)?.get(atMs);
  if (!local) {
    let formatter = formatters.get(zone);
    if (!formatter) {
      formatter = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      });
      formatters.set(zone, formatter);
    }
    const part = Object.fromEntries(formatter.formatToParts(atMs).map(({ type, value }) => [type, value]));
    local = { day: `${part['year']}-${part['month']}-${part['day']}`, minute: Number(part['hour']) * 60 + Number(part['minute']) };
    clocks.get(zone)?.set(atMs, local);
  }
  return local;
}
const plusDays = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const isoWeekday = (day: string) => new Date(day).getUTCDay() || 7;
const contains = (spans: readonly MinuteSpan[], minute: number) => spans.some(([from, to]) => from <= minute && minute < to);

function atWork(hours: Hours, zone: string, staffId: string, atMs: number): boolean {
  const { day, minute } = localTime(zone, atMs);
  const own = hours.days.get(staffId)?.get(day) ?? hours.week.get(staffId)?.get(isoWeekday(day));
  return own !== undefined && contains(own.works, minute) && !contains(own.breaks, minute);
}

function couldDo(catalog: Catalog, hours: Hours, busy: Busy, staffId: string, serviceIds: readonly string[], start: number): boolean {
  const offers = serviceIds.map((id) => catalog.offers.get(staffId)?.get(id));
  if (offers.some((offer) => !offer?.online)) return false;
  const end = start + offers.reduce((sum, offer) => sum + (offer?.durationMinutes ?? 0), 0) * MINUTE;
  for (let minute = start; minute < end; minute += MINUTE) if (!atWork(hours, catalog.location.timeZone, staffId, minute)) return false;
  const busyFrom = start - (offers[0]?.bufferBeforeMinutes ?? 0) * MINUTE;
  const busyTo = end + (offers.at(-1)?.bufferAfterMinutes ?? 0) * MINUTE;
  return !(busy.get(staffId) ?? []).some(([from, to]) => from < busyTo && busyFrom < to);
}

function reference({ catalog, hours, busy, serviceIds, staffIds, fromDay, days, now }: Parameters<typeof freeTimes>[0]) {
  const { timeZone, stepMinutes, leadMinutes, horizonDays } = catalog.location;
  const lastDay = plusDays(localTime(timeZone, Math.floor(now.getTime() / MINUTE) * MINUTE).day, horizonDays);
  return Array.from({ length: days }, (_, i) => plusDays(fromDay, i)).map((day) => {
    const times: { atMs: number; staffIds: string[] }[] = [];
    for (let at = Date.parse(day) - 16 * 60 * MINUTE; at < Date.parse(day) + DAY + 16 * 60 * MINUTE; at += MINUTE) {
      const local = localTime(timeZone, at);
      if (local.day !== day || local.minute % stepMinutes !== 0) continue;
      if (at < now.getTime() + leadMinutes * MINUTE || day > lastDay) continue;
      const able = staffIds.filter((staffId) => couldDo(catalog, hours, busy, staffId, serviceIds, at));
      if (able.length > 0) times.push({ atMs: at, staffIds: able });
    }
    return { day, times };
  });
}

// ---- any salon, around any edge

const minuteSpans = fc.oneof(
  fc.constant([[0, 1440]] as MinuteSpan[]),
  fc.uniqueArray(fc.integer({ min: 0, max: 288 }), { minLength: 2, maxLength: 6 }).map((cuts) => {
    const sorted = cuts.sort((a, b) => a - b);
    return Array.from(
      { length: Math.floor(sorted.length / 2) },
      (_, i): MinuteSpan => [(sorted[i * 2] as number) * 5, (sorted[i * 2 + 1] as number) * 5],
    );
  }),
);
const dayHours = fc.record({
  works: minuteSpans,
  breaks: fc.oneof(
    fc.constant([] as MinuteSpan[]),
    minuteSpans.filter((spans) => spans.length < 3 && spans[0]?.[1] !== 1440),
  ),
});
const person = fc.record({
  hours: fc.record({ every: dayHours, here: fc.option(dayHours, { nil: undefined }) }),
  minutes: fc.option(
    fc.integer({ min: 1, max: 30 }).map((n) => n * 5),
    { nil: undefined },
  ),
  busy: fc.uniqueArray(fc.integer({ min: -1440, max: 4 * 1440 }), { maxLength: 12 }),
  oddSeconds: fc.boolean(),
});
const salonAround = fc.record({
  edge: fc.constantFrom(...EDGES),
  stepMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60),
  leadMinutes: fc.constantFrom(0, 1, 60, 600),
  horizonDays: fc.integer({ min: 1, max: 4 }),
  nowMinutes: fc.integer({ min: -3 * 1440, max: 1440 }),
  nowSeconds: fc.constantFrom(0, 1, 59),
  people: fc.array(person, { minLength: 1, maxLength: 3 }),
  services: fc.array(
    fc.record({
      durationMinutes: fc.integer({ min: 1, max: 40 }).map((n) => n * 5),
      bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 30),
      bufferAfterMinutes: fc.constantFrom(0, 0, 10, 240),
    }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  days: fc.integer({ min: 1, max: 3 }),
});

test('around every kind of clock change, free times are exactly those that a slow walk through every minute finds', { timeout: 600_000 }, () => {
  let offered = 0;
  fc.assert(
    fc.property(salonAround, ({ edge: [timeZone, edgeDay], people, services, days, nowMinutes, nowSeconds, ...location }) => {
      const midnight = Date.parse(edgeDay);
      const { catalog, hours } = plainSalon({
        location: { timeZone, ...location },
        services: Object.fromEntries(services.map((service, i) => [`svc${i}`, service])),
        staff: Object.fromEntries(
          people.map(({ hours: { every, here }, minutes }, i) => [
            `stf${i}`,
            {
              hours: { every, ...(here ? { [edgeDay]: here } : {}) },
              ...(minutes ? { does: Object.fromEntries(services.map((_, s) => [`svc${s}`, { durationMinutes: minutes }])) } : {}),
            },
          ]),
        ),
      });
      const busy = new Map(
        people.map((one, i): [string, InstantSpan[]] => {
          const cuts = one.busy.sort((a, b) => a - b).map((minute) => midnight - DAY + minute * MINUTE + (one.oddSeconds ? 30_000 : 0));
          return [
            `stf${i}`,
            Array.from(
              { length: Math.floor(cuts.length / 2) },
              (_, k): InstantSpan => [cuts[k * 2] as number, Math.min(cuts[k * 2 + 1] as number, (cuts[k * 2] as number) + 26 * 60 * MINUTE)],
            ),
          ];
        }),
      );
      const wish = {
        catalog,
        hours,
        busy,
        serviceIds: services.map((_, i) => `svc${i}`),
        staffIds: people.map((_, i) => `stf${i}`),
        fromDay: plusDays(edgeDay, -1),
        days,
        now: new Date(midnight + nowMinutes * MINUTE + nowSeconds * 1000),
      };
      const expected = reference(wish);
      expect(freeTimes(wish)).toEqual(expected);

      // and asked one by one, every start gets the same answer
      for (const { day, times } of expected) {
        for (let at = Date.parse(day) - 14 * 60 * MINUTE; at < Date.parse(day) + DAY; at += 5 * MINUTE) {
          if (localTime(timeZone, at).day !== day) continue;
          for (const staffId of wish.staffIds) {
            const isOffered = times.some((time) => time.atMs === at && time.staffIds.includes(staffId));
            const why = whyNotOffered({ ...wish, staffId, startsAt: new Date(at), busy: busy.get(staffId) ?? [] });
            if ((why === undefined) !== isOffered) throw new Error(`${new Date(at).toISOString()} ${staffId}: ${why} but offered: ${isOffered}`);
            if (isOffered) offered++;
          }
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(offered).toBeGreaterThan(1000); // it did find times: empty against empty would prove nothing
});
