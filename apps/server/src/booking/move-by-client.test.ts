import type { MoveQuote } from '@holdfast/contract/moving';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { call, clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

// two days after the test's clock begins
const TIME = '2026-03-04T10:00:00.000Z';
const LATER = '2026-03-06T15:00:00.000Z';

let app: TestApp;
let client: ReturnType<typeof clientOf>;

beforeEach(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_color: { price: 5000, minutes: 60, status: 'required', bufferAfter: 15 },
        srv_cut: { price: 3000, minutes: 30, status: 'not_available' },
      },
      staff: { stf_ana: { status: 'available' }, stf_rui: { status: 'available', prices: { srv_color: 6000 } }, stf_eva: { status: 'available' } },
    },
  });
  client = clientOf(app);
  await sql`
    update locations set cancellation = '{"steps": [{"hours": 48, "percent": 100}, {"hours": 24, "percent": 50}], "afterPercent": 0, "noShowPercent": 0, "cancelOnline": {"unprepaid": 0, "prepaid": 0}}'`.execute(
    app.database.read,
  );
});

afterEach(async () => {
  const { disagreements } = await auditEverything(
    app.payments,
    app.sandbox
      .payments()
      .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) })),
  );
  await app.close();
  if (disagreements.length > 0) throw new Error(`the audit found: ${JSON.stringify(disagreements)}`);
});

async function book(n: number, { serviceId = 'srv_color', startsAt = TIME, staffId = 'stf_ana' as string | null, pay = true } = {}) {
  const wish = await wishFor(app, { serviceIds: [serviceId], staffId, startsAt });
  const { status, body } = await client.book(wish(n));
  expect(status).toBe(201);
  if (!pay) return body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(body.token)).body));
  await app.pass({});
  return (await client.see(body.token)).body;
}

type Seen = Awaited<ReturnType<typeof book>>;
const path = (booking: Seen, what: string) => `/api/v1/bookings/${booking.token}/appointments/${booking.appointments[0]?.id}/${what}`;
const move = (booking: Seen, startsAt: string, staffId: string | null = 'stf_ana') =>
  call<Seen & { code?: string; detail?: Record<string, unknown> }>(app, 'POST', path(booking, 'moves'), {
    startsAt,
    staffId,
    from: booking.appointments[0]?.startsAt,
  });
const quote = (booking: Seen, startsAt: string, staffId: string | null = 'stf_ana') =>
  call<MoveQuote>(app, 'POST', path(booking, 'move-quotes'), { startsAt, staffId });

async function setMoving(hours: { unprepaid: number | null; prepaid: number | null }): Promise<void> {
  await sql`update booking_links set settings = settings || ${JSON.stringify({ moving: hours })}::jsonb`.execute(app.database.read);
}

test('who moves a paid visit keeps the payment, and the old time is free for others at once', async () => {
  const booked = await book(1);
  expect(booked).toMatchObject({ status: 'confirmed', paidMinor: 5000, appointments: [{ moveUntil: TIME }] });
  const moved = await move(booked, LATER);
  expect(moved).toMatchObject({
    status: 200,
    body: { status: 'confirmed', paidMinor: 5000, appointments: [{ startsAt: LATER, endsAt: '2026-03-06T16:00:00.000Z', prepayment: 'paid' }] },
  });
  expect((await book(2)).appointments[0]?.startsAt).toBe(TIME);
  const taken = await wishFor(app, { serviceIds: ['srv_cut'], staffId: 'stf_ana', startsAt: '2026-03-06T14:00:00.000Z' });
  expect((await client.book(taken(3))).status).toBe(201);
});

test('a calendar that has the visit takes the later file for it: moved, and cancelled', async () => {
  const booked = await book(1);
  const file = async () => {
    const { body } = await app.http.inject({ url: `/api/v1/bookings/${booked.token}/calendar.ics` });
    const line = (name: string) => new RegExp(`^${name}[:;](.*?)\\r?$`, 'm').exec(body)?.[1] ?? '';
    return { uid: line('UID'), sequence: Number(line('SEQUENCE')), starts: line('DTSTART'), status: line('STATUS'), method: line('METHOD') };
  };
  const first = await file();
  expect(first).toMatchObject({ starts: '20260304T100000Z', status: 'CONFIRMED', method: 'PUBLISH' });
  expect(await file()).toEqual(first);
  await move(booked, LATER);
  const moved = await file();
  expect(moved).toMatchObject({ uid: first.uid, starts: '20260306T150000Z', status: 'CONFIRMED' });
  expect(moved.sequence).toBeGreaterThan(first.sequence);
  await client.cancel(booked.token);
  const gone = await file();
  expect(gone).toMatchObject({ uid: first.uid, status: 'CANCELLED' });
  expect(gone.sequence).toBeGreaterThan(moved.sequence);
});

test('before moving the client sees with whom, until when, and what cancelling would mean then', async () => {
  const booked = await book(1);
  const asked = await quote(booked, LATER, null);
  expect(asked).toMatchObject({
    status: 200,
    body: {
      startsAt: LATER,
      endsAt: '2026-03-06T16:00:00.000Z',
      mostPercent: 100,
      cancellation: { backMinor: 5000, until: '2026-03-04T15:00:00.000Z', thenMinor: 2500 },
    },
  });
  expect((await client.see(booked.token)).body.appointments[0]?.startsAt).toBe(TIME);
});

test('what cancelling would no longer give back does not come back by moving to another week', async () => {
  const booked = await book(1);
  app.clock.advance({ minutes: 30 * 60 }); // 19 hours before: nothing comes back
  expect((await quote(booked, '2026-03-20T10:00:00.000Z')).body).toMatchObject({ mostPercent: 0, cancellation: { backMinor: 0 } });
  expect((await move(booked, '2026-03-20T10:00:00.000Z')).status).toBe(200);
  expect((await client.see(booked.token)).body.cancellation).toMatchObject({ backMinor: 0, until: null });
});

test('what the client read before moving holds for five minutes, then they are asked again', async () => {
  const [first, second, third] = [await book(1), await book(2, { staffId: 'stf_rui' }), await book(3, { staffId: 'stf_eva' })];
  app.clock.advance({ minutes: (Date.parse(TIME) - app.clock.now().getTime()) / 60_000 - 48 * 60 }); // the last moment of all of it
  const far = '2026-03-20T10:00:00.000Z';
  const read = async (booking: Seen, staffId: string) => {
    const { mostPercent, cancellation } = (await quote(booking, far, staffId)).body;
    expect(mostPercent).toBe(100);
    return { startsAt: far, staffId, from: TIME, seen: { at: cancellation.at, mostPercent, visitsLost: cancellation.visitsLost } };
  };
  const wishes = [await read(first, 'stf_ana'), await read(second, 'stf_rui'), await read(third, 'stf_eva')] as const;
  const confirm = (booking: Seen, wish: object) => call<Seen & { code?: string }>(app, 'POST', path(booking, 'moves'), wish);
  app.clock.advance({ seconds: 20 });
  expect((await confirm(first, wishes[0])).body.cancellation).toMatchObject({ backMinor: 5000 });
  app.clock.advance({ minutes: 5 });
  expect(await confirm(second, wishes[1])).toMatchObject({
    status: 409,
    body: { code: 'quote_changed', detail: { because: 'other_consequence', mostPercent: 50 } },
  });
  expect((await client.see(second.token)).body.appointments[0]?.startsAt).toBe(TIME);
  const { body } = await quote(second, far, 'stf_rui');
  const again = { at: body.cancellation.at, mostPercent: body.mostPercent, visitsLost: body.cancellation.visitsLost };
  expect((await confirm(second, { ...wishes[1], seen: again })).body.cancellation).toMatchObject({ backMinor: 3000 });
  // nobody says that they saw it at another time
  expect((await confirm(third, { ...wishes[2], seen: { ...wishes[2].seen, at: '2026-03-30T10:00:00.000Z' } })).body.code).toBe('quote_changed');
});

test('half of it comes back at most for who moves between two days and one before', async () => {
  const booked = await book(1);
  app.clock.advance({ minutes: 20 * 60 });
  expect((await move(booked, '2026-03-20T10:00:00.000Z')).status).toBe(200);
  expect((await client.see(booked.token)).body.cancellation).toMatchObject({ backMinor: 2500, until: '2026-03-19T10:00:00.000Z', thenMinor: 0 });
});

test('the salon says until when: separately for prepaid visits, or not at all', async () => {
  await setMoving({ unprepaid: 2, prepaid: null });
  const paid = await book(1);
  expect(paid.appointments[0]?.moveUntil).toBeNull();
  expect(await move(paid, LATER)).toMatchObject({ status: 409, body: { code: 'too_late_to_cancel', detail: { moveUntil: null } } });
  const unpaid = await book(2, { serviceId: 'srv_cut', startsAt: '2026-03-02T12:00:00.000Z', pay: false });
  expect(unpaid.appointments[0]?.moveUntil).toBe('2026-03-02T10:00:00.000Z');
  app.clock.advance({ minutes: 60 });
  expect((await move(unpaid, '2026-03-02T15:00:00.000Z')).status).toBe(200);
  app.clock.advance({ minutes: 60 * 4 });
  const again = (await client.see(unpaid.token)).body;
  expect(await move(again, LATER)).toMatchObject({ status: 409, body: { code: 'too_late_to_cancel' } });
});

test('rules that the salon changes afterwards do not change what was agreed', async () => {
  const booked = await book(1);
  await setMoving({ unprepaid: null, prepaid: null });
  expect((await move(booked, LATER)).status).toBe(200);
});

test('a taken time, a closed hour and a team member at another price are refused, each in its own words', async () => {
  const booked = await book(1);
  await book(2, { startsAt: LATER });
  expect(await move(booked, LATER)).toMatchObject({ status: 409, body: { code: 'time_taken' } });
  expect(await move(booked, '2026-03-06T22:00:00.000Z')).toMatchObject({
    status: 422,
    body: { code: 'time_not_offered', detail: { reason: 'not_working' } },
  });
  expect(await move(booked, LATER, 'stf_rui')).toMatchObject({ status: 409, body: { code: 'quote_changed' } });
  expect(await move(booked, LATER, 'nobody')).toMatchObject({ status: 422, body: { code: 'time_not_offered' } });
  const stands = (await client.see(booked.token)).body;
  expect(stands.appointments[0]).toMatchObject({ startsAt: TIME, staffId: 'stf_ana' });
});

test('any team member means one who does it at the agreed price', async () => {
  const booked = await book(1);
  await book(2, { startsAt: LATER });
  expect((await move(booked, LATER, null)).body.appointments[0]).toMatchObject({ startsAt: LATER, staffId: 'stf_eva' });
  const third = await book(3);
  expect(await move(third, LATER, null)).toMatchObject({ status: 409, body: { code: 'time_taken' } });
});

test('a quarter of an hour later is possible, though the visit itself stands in its way', async () => {
  const booked = await book(1);
  expect((await move(booked, '2026-03-04T10:15:00.000Z')).body.appointments[0]?.startsAt).toBe('2026-03-04T10:15:00.000Z');
});

test('a second click changes nothing, and whoever looks at an old time is told', async () => {
  const booked = await book(1);
  expect((await move(booked, LATER)).status).toBe(200);
  expect((await move(booked, LATER)).status).toBe(200);
  expect(await move(booked, '2026-03-07T10:00:00.000Z')).toMatchObject({
    status: 409,
    body: { code: 'changed_meanwhile', detail: { startsAt: LATER } },
  });
  const { rows } = await sql<{ n: number }>`select count(*)::int n from appointment_changes where what = 'moved'`.execute(app.database.read);
  expect(rows[0]?.n).toBe(1);
});

test('held, cancelled and past visits are not moved, and another client’s is not there', async () => {
  const held = await book(1, { pay: false });
  expect(held.appointments[0]?.moveUntil).toBeNull();
  expect(await move(held, LATER)).toMatchObject({ status: 409, body: { code: 'too_late_to_cancel' } });
  const one = await book(2, { startsAt: '2026-03-04T13:00:00.000Z' });
  const other = await book(3, { startsAt: '2026-03-05T13:00:00.000Z' });
  const foreign = `/api/v1/bookings/${one.token}/appointments/${other.appointments[0]?.id}/moves`;
  expect((await call(app, 'POST', foreign, { startsAt: LATER, staffId: null, from: TIME })).status).toBe(404);
  await app.pass({ minutes: 60 * 24 * 7 });
  expect(await move(one, '2026-03-20T13:00:00.000Z')).toMatchObject({ status: 409, body: { code: 'too_late_to_cancel' } });
});

test('of twenty clients who move to one free time at once exactly one gets it, and the others keep theirs', async () => {
  const all: Seen[] = [];
  for (let n = 0; n < 20; n++) {
    const startsAt = new Date(Date.parse('2026-03-04T08:00:00Z') + Math.floor(n / 2) * 30 * 60_000).toISOString();
    all.push(await book(n, { serviceId: 'srv_cut', startsAt, staffId: n % 2 ? 'stf_eva' : 'stf_ana', pay: false }));
  }
  const answers = await Promise.all(all.map((one) => move(one, '2026-03-10T10:00:00.000Z', 'stf_ana')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(['time_taken']));
  const { rows } = await sql<{ n: number }>`select count(*)::int n from occupancy where source_kind = 'appointment'`.execute(app.database.read);
  expect(rows[0]?.n).toBe(20);
});
