import type { DayHours, Schedule, ScheduleChanged } from '@holdfast/contract/schedule';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'not_available' } },
      staff: { anna: { status: 'not_available' }, boris: { status: 'not_available' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

type Refusal = { code: string; detail: { stale?: unknown[] } };
const allDay: DayHours = { works: [{ from: 480, to: 1200 }], breaks: [] };
const read = async () => (await owner.here<Schedule>('GET', 'schedule?from=2026-03-02&days=28')).body;
const change = (...changes: unknown[]) => owner.here<ScheduleChanged & Refusal>('PUT', 'schedule', { changes });
const of = async (id: string) => (await read()).staff.find((one) => one.id === id);
const freeTimes = async (day: string) => {
  const url = `/api/v1/locations/test/salon/free-times?services=cut&staff=anna&from=${day}&days=1`;
  return JSON.stringify((await app.http.inject({ method: 'GET', url })).json());
};

test('the schedule is everybody’s week in the owner’s order, with today at the place', async () => {
  const { today, staff } = await read();
  expect([today, staff.map(({ id, week, days }) => [id, week.length, days.length])]).toEqual([
    '2026-03-02',
    [
      ['anna', 7, 0],
      ['boris', 7, 0],
    ],
  ]);
});

test('a week, a break and a day off are painted for several people at once, and clients meet them at once', async () => {
  const shorter: DayHours = {
    works: [
      { from: 540, to: 720 },
      { from: 780, to: 1080 },
    ],
    breaks: [{ from: 600, to: 630 }],
  };
  const before = await freeTimes('2026-03-10');
  const { status, body } = await change(
    { staffId: 'anna', weekday: 2, was: allDay, becomes: shorter },
    { staffId: 'boris', weekday: 2, was: allDay, becomes: null },
    { staffId: 'boris', day: '2026-03-11', was: null, becomes: { works: [], breaks: [] } },
  );
  expect([status, body.outside]).toEqual([200, []]);
  expect((await of('anna'))?.week.find(({ weekday }) => weekday === 2)).toEqual({ weekday: 2, ...shorter });
  expect((await of('boris'))?.week.map(({ weekday }) => weekday)).toEqual([1, 3, 4, 5, 6, 7]);
  expect((await of('boris'))?.days).toEqual([{ day: '2026-03-11', works: [], breaks: [] }]);
  expect(await freeTimes('2026-03-10')).not.toBe(before);
  const { rows } = await sql<{ subject_id: string; after: object }>`
    select subject_id, after from audit_log where action = 'schedule.changed' order by subject_id`.execute(app.database.read);
  expect(rows).toEqual([
    { subject_id: 'anna', after: { 'weekday 2': shorter } },
    { subject_id: 'boris', after: { 'weekday 2': null, '2026-03-11': { works: [], breaks: [] } } },
  ]);
});

test('a date goes back to every week’s hours', async () => {
  expect((await change({ staffId: 'boris', day: '2026-03-11', was: { works: [], breaks: [] }, becomes: null })).status).toBe(200);
  expect((await of('boris'))?.days).toEqual([]);
});

test('hours that touch or overlap are kept as one', async () => {
  const becomes = {
    works: [
      { from: 600, to: 700 },
      { from: 480, to: 600 },
      { from: 650, to: 720 },
    ],
    breaks: [],
  };
  await change({ staffId: 'boris', day: '2026-03-12', was: null, becomes });
  expect((await of('boris'))?.days).toEqual([{ day: '2026-03-12', works: [{ from: 480, to: 720 }], breaks: [] }]);
});

test('whoever painted on older hours is told which days, and nothing of theirs is saved', async () => {
  const late = await change(
    { staffId: 'anna', weekday: 6, was: allDay, becomes: null },
    { staffId: 'boris', day: '2026-03-12', was: null, becomes: { works: [], breaks: [] } },
  );
  expect([late.status, late.body.code, late.body.detail.stale]).toEqual([
    409,
    'changed_meanwhile',
    [{ staffId: 'boris', day: '2026-03-12', now: { works: [{ from: 480, to: 720 }], breaks: [] } }],
  ]);
  expect((await of('anna'))?.week.map(({ weekday }) => weekday)).toContain(6);
});

test('of many who paint one day at the same moment exactly one succeeds', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      change({ staffId: 'anna', weekday: 7, was: allDay, becomes: { works: [{ from: n * 60, to: 1300 }], breaks: [] } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  expect(answers.filter(({ status }) => status === 409).length).toBe(7);
});

test('appointments that no longer fit are listed and stay where they are', async () => {
  const wish = await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt: '2026-03-05T10:00:00.000Z' });
  expect((await clientOf(app).book(wish(1))).status).toBe(201);
  const until = (to: number): DayHours => ({ works: [{ from: 480, to }], breaks: [] });
  expect((await change({ staffId: 'anna', day: '2026-03-05', was: null, becomes: until(660) })).body.outside).toEqual([]);
  const { body } = await change({ staffId: 'anna', day: '2026-03-05', was: until(660), becomes: until(659) });
  expect(body.outside).toMatchObject([{ staffId: 'anna', staffName: 'anna', startsAt: '2026-03-05T10:00:00.000Z' }]);
  // it did not fit before either: nothing new to say
  expect((await change({ staffId: 'anna', day: '2026-03-05', was: until(659), becomes: until(658) })).body.outside).toEqual([]);
  const { rows } = await sql<{ starts_at: Date }>`select starts_at from appointments`.execute(app.database.read);
  expect(rows.map((row) => row.starts_at.toISOString())).toEqual(['2026-03-05T10:00:00.000Z']);
});

test('hours that cannot be are refused, and so is a day that is named twice', async () => {
  const wrong = async (works: object[]) => (await change({ staffId: 'anna', weekday: 1, was: allDay, becomes: { works, breaks: [] } })).status;
  expect([await wrong([{ from: 600, to: 600 }]), await wrong([{ from: 0, to: 1441 }]), await wrong([{ from: -1, to: 5 }])]).toEqual([400, 400, 400]);
  expect((await change({ staffId: 'anna', day: '2026-03-01', was: null, becomes: allDay })).body.code).toBe('step_not_allowed');
  const twice = { staffId: 'anna', weekday: 1, was: allDay, becomes: null };
  expect((await change(twice, twice)).status).toBe(400);
});

test('nobody of another chain can be painted, and nobody paints without the right', async () => {
  expect((await change({ staffId: 'stf_other', weekday: 1, was: null, becomes: allDay })).status).toBe(404);
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('GET', 'schedule?from=2026-03-02&days=7')).status).toBe(403);
  expect((await reception.here('PUT', 'schedule', { changes: [] })).status).toBe(403);
});
