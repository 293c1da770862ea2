import type { Appointment, Calendar } from '@holdfast/contract/calendar';
import type { Checkout } from '@holdfast/contract/checkout';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

type Refused = Appointment & { code: string; detail: Record<string, unknown> };

let app: TestApp;
let reception: StaffUser;
let owner: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        cut: { price: 4000, minutes: 60, status: 'not_available' },
        dye: { price: 9000, minutes: 90, status: 'required', bufferAfter: 15 },
        wash: { price: 1000, minutes: 30, status: 'not_available' },
      },
      staff: { ana: { status: 'available', prices: { cut: 5000 } }, bia: { status: 'available' }, cai: { status: 'available' } },
    },
  });
  await sql`delete from staff_services where staff_id = 'cai' and service_id = 'dye'`.execute(app.database.read);
  await sql`update staff_week_hours set breaks = '{[780,840)}' where staff_id = 'cai'`.execute(app.database.read);
  reception = await signInAs(app, 'reception');
  owner = await signInAs(app, 'owner');
});
afterAll(async () => {
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

const wish = (startsAt: string, more: object = {}) => ({
  client: { name: 'Rita Sousa', phone: '912 000 000', email: '' },
  staffId: 'ana',
  startsAt: `${startsAt}:00.000Z`,
  services: [{ serviceId: 'cut', costMinor: null }],
  durationMinutes: null,
  comment: '',
  outsideHours: false,
  ...more,
});
const book = (startsAt: string, more: object = {}, user = reception) => user.here<Refused>('POST', 'appointments', wish(startsAt, more));
const move = (one: Appointment, to: object, user = reception) =>
  user.here<Refused>('PUT', `appointments/${one.id}/time`, {
    version: one.version,
    staffId: one.staffId,
    startsAt: one.startsAt,
    durationMinutes: one.durationMinutes,
    outsideHours: false,
    ...to,
  });
const services = (one: Appointment, wanted: readonly [string, number | null][], more: object = {}, user = reception) =>
  user.here<Refused>('PUT', `appointments/${one.id}/services`, {
    version: one.version,
    services: wanted.map(([serviceId, costMinor]) => ({ serviceId, costMinor })),
    durationMinutes: null,
    outsideHours: false,
    ...more,
  });
const see = async (id: string) => (await owner.here<Appointment>('GET', `appointments/${id}`)).body;

test('reception books for a client on the telephone: no hold, nothing asked online, no consent invented', async () => {
  const { status, body } = await book('2026-03-03T08:00');
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: 'waiting',
    bookedBy: 'staff',
    version: 1,
    clientName: 'Rita Sousa',
    clientPhone: '+351912000000',
    costMinor: 5000,
    prepayment: 'none',
    durationMinutes: 60,
    changes: [{ what: 'booked', by: 'reception' }],
  });
  const again = await book('2026-03-03T09:00', { client: { name: 'R. S.', phone: '+351912000000', email: 'x@example.com' } });
  expect([again.body.client?.id, again.body.clientName]).toEqual([body.client?.id, 'Rita Sousa']);
  const known = await book('2026-03-03T10:00', { client: { clientId: body.client?.id } });
  expect(known.body.clientName).toBe('Rita Sousa');
  const nameless = await book('2026-03-03T11:00', { client: { name: 'Walk-in', phone: '', email: '' } });
  expect(nameless.body).toMatchObject({ clientName: 'Walk-in', clientPhone: null });
  const { rows } = await sql`select consent, due_minor::int due from appointments where appointment_id = ${body.id}`.execute(app.database.read);
  expect(rows).toEqual([{ consent: null, due: 0 }]);
  // the client's own page works as for anybody else
  const token = body.clientPageUrl.split('/').at(-1) ?? '';
  expect((await clientOf(app).see(token)).body).toMatchObject({ status: 'waiting', canPay: false });
});

test.each([
  ['a number that is none', { client: { name: 'R', phone: '12', email: '' } }, 422, 'invalid_phone', {}],
  ['a client of nobody', { client: { clientId: 'cli_nobody' } }, 404, 'not_found', {}],
  [
    'a service they do not do',
    { staffId: 'cai', services: [{ serviceId: 'dye', costMinor: null }] },
    422,
    'time_not_offered',
    { reason: 'does_not_do_it' },
  ],
  ['a service of nobody', { services: [{ serviceId: 'perm', costMinor: null }] }, 422, 'time_not_offered', { reason: 'does_not_do_it' }],
  ['a team member of nobody', { staffId: 'zoe' }, 422, 'time_not_offered', { reason: 'does_not_do_it' }],
  ['last week', { startsAt: '2026-02-20T10:00:00.000Z' }, 422, 'time_not_offered', { reason: 'in_the_past' }],
  ['in three years', { startsAt: '2029-02-20T10:00:00.000Z' }, 422, 'time_not_offered', { reason: 'too_far' }],
  ['in the year 9999', { startsAt: '9999-12-31T23:59:59.000Z' }, 422, 'time_not_offered', { reason: 'too_far' }],
  ['before the salon opens', { startsAt: '2026-03-04T07:30:00.000Z' }, 409, 'outside_hours', { which: 'before_hours' }],
  ['in a break', { staffId: 'cai', startsAt: '2026-03-04T12:30:00.000Z' }, 409, 'outside_hours', { which: 'in_break' }],
  ['beyond closing', { startsAt: '2026-03-04T19:30:00.000Z' }, 409, 'outside_hours', { which: 'after_hours' }],
  ['at a price of their own', { services: [{ serviceId: 'cut', costMinor: 1 }] }, 403, 'right_missing', { right: 'calendar.price' }],
  [
    'at more than can be counted',
    {
      services: [
        { serviceId: 'cut', costMinor: 2 ** 53 - 1 },
        { serviceId: 'cut', costMinor: 2 ** 53 - 1 },
      ],
    },
    422,
    'invalid_request',
    {},
  ],
])('reception cannot book %s', async (_what, change, status, code, detail) => {
  expect(await book('2026-03-04T10:00', change)).toMatchObject({ status, body: { code, detail } });
});

test('a time is given to one appointment, and who is refused hears who is there', async () => {
  const first = (await book('2026-03-05T10:00')).body;
  const second = await book('2026-03-05T10:30', { client: { name: 'Zé', phone: '', email: '' } });
  expect(second).toMatchObject({
    status: 409,
    body: { code: 'time_taken', detail: { by: 'appointment', appointmentId: first.id, clientName: 'Rita Sousa' } },
  });
  // nothing of it is left, not even the client
  const { rows } = await sql`select 1 from clients where name = 'Zé'`.execute(app.database.read);
  expect(rows).toEqual([]);
});

test('staff may book outside hours when they mean it, and the history says so', async () => {
  const { status, body } = await book('2026-03-05T20:30', { outsideHours: true });
  expect(status).toBe(201);
  expect(body.changes[0]?.detail).toEqual({ outsideHours: 'after_hours' });
});

test('an appointment is moved, resized and given to a colleague, with its price', async () => {
  const made = (await book('2026-03-06T10:00')).body;
  const moved = (await move(made, { startsAt: '2026-03-06T12:00:00.000Z' })).body;
  expect(moved).toMatchObject({ startsAt: '2026-03-06T12:00:00Z', endsAt: '2026-03-06T13:00:00Z', version: 2 });
  expect(moved.changes[0]).toMatchObject({
    what: 'moved',
    by: 'reception',
    detail: { before: { startsAt: '2026-03-06T10:00:00.000Z' }, after: { startsAt: '2026-03-06T12:00:00.000Z' } },
  });
  const longer = (await move(moved, { durationMinutes: 90 })).body;
  expect(longer).toMatchObject({ endsAt: '2026-03-06T13:30:00Z', changes: [{ what: 'resized' }, {}, {}] });
  const given = (await move(longer, { staffId: 'bia' })).body;
  expect(given).toMatchObject({ staffId: 'bia', staffName: 'bia', costMinor: 5000 });
  // nothing moved: nothing written
  expect((await move(given, {})).body.version).toBe(given.version);
  const { rows } = await sql<{ topic: string }>`select topic from outbox where subject_id = ${made.id}`.execute(app.database.read);
  expect(rows.map(({ topic }) => topic).sort()).toEqual(['appointment.changed', 'appointment.made', 'appointment.moved', 'appointment.moved']);
});

test('two who edit one appointment: the second is told who did what, and nothing is overwritten', async () => {
  const made = (await book('2026-03-07T10:00')).body;
  await move(made, { startsAt: '2026-03-07T11:00:00.000Z' }, owner);
  const late = await move(made, { startsAt: '2026-03-07T14:00:00.000Z' });
  expect(late).toMatchObject({ status: 409, body: { code: 'changed_meanwhile', detail: { version: 2, what: 'moved', by: 'owner' } } });
  expect((await see(made.id)).startsAt).toBe('2026-03-07T11:00:00Z');
  for (const [method, path, body] of [
    ['PUT', 'comment', { comment: 'x' }],
    ['POST', 'steps', { step: 'confirm' }],
    ['POST', 'cancellation', { because: '' }],
    ['PUT', 'services', { services: [{ serviceId: 'wash', costMinor: null }], durationMinutes: null, outsideHours: false }],
  ] as const) {
    expect((await reception.here<Refused>(method, `appointments/${made.id}/${path}`, { version: 1, ...body })).body.code).toBe('changed_meanwhile');
  }
});

test.each([
  ['onto a colleague who does not do it', 'dye', { staffId: 'cai' }, 422, 'time_not_offered', { reason: 'does_not_do_it' }],
  ['into a break', 'cut', { staffId: 'cai', startsAt: '2026-03-10T12:30:00.000Z' }, 409, 'outside_hours', { which: 'in_break' }],
  ['to last week', 'cut', { startsAt: '2026-02-20T10:00:00.000Z' }, 422, 'time_not_offered', { reason: 'in_the_past' }],
])('an appointment cannot be moved %s', async (_what, serviceId, to, status, code, detail) => {
  const made = (await book('2026-03-10T15:00', { services: [{ serviceId, costMinor: null }] })).body;
  expect(await move(made, to)).toMatchObject({ status, body: { code, detail } });
  expect((await see(made.id)).version).toBe(1);
  await reception.here('POST', `appointments/${made.id}/cancellation`, { version: 1, because: '' });
});

test('a move over the night when the clocks change keeps its length', async () => {
  const made = (await book('2026-03-11T10:00')).body;
  const moved = await move(made, { startsAt: '2026-03-29T00:30:00.000Z', outsideHours: true });
  expect(moved.body).toMatchObject({ endsAt: '2026-03-29T01:30:00Z', durationMinutes: 60 });
});

test('services and prices: new length and sum; only who may changes prices; the agreed price of what stays is kept', async () => {
  const made = (await book('2026-03-12T10:00')).body;
  const more = (
    await services(made, [
      ['cut', null],
      ['wash', null],
    ])
  ).body;
  expect(more).toMatchObject({
    costMinor: 6000,
    durationMinutes: 90,
    serviceIds: ['cut', 'wash'],
    changes: [{ what: 'services_changed', by: 'reception' }, {}],
  });
  expect(await services(more, [['cut', 4500]])).toMatchObject({ status: 403, body: { code: 'right_missing', detail: { right: 'calendar.price' } } });
  const cheaper = (await services(more, [['cut', 4500]], { durationMinutes: 45 }, owner)).body;
  expect(cheaper).toMatchObject({ costMinor: 4500, durationMinutes: 45, services: [{ priceMinMinor: 5000, costMinor: 4500 }] });
  // who may not change prices may keep one that somebody else has set
  expect(
    (
      await services(cheaper, [
        ['cut', 4500],
        ['wash', 1000],
      ])
    ).body.costMinor,
  ).toBe(5500);
  const free = await see(made.id);
  expect((await services(free, [['cut', 0]], {}, owner)).body.costMinor).toBe(0);
});

test('a longer visit does not run into the next one', async () => {
  const made = (await book('2026-03-13T10:00')).body;
  await book('2026-03-13T11:00');
  expect(
    await services(made, [
      ['cut', null],
      ['wash', null],
    ]),
  ).toMatchObject({ status: 409, body: { code: 'time_taken' } });
  expect(
    (
      await services(
        made,
        [
          ['cut', null],
          ['wash', null],
        ],
        { durationMinutes: 60 },
      )
    ).status,
  ).toBe(200);
});

test('who has paid at the desk while they were here is confirmed when their arrival is undone', async () => {
  const { body: made } = await book('2026-03-27T10:00', { staffId: 'bia' });
  const step = async (which: string) => {
    const { body } = await reception.here<Appointment>('GET', `appointments/${made.id}`);
    return (await reception.here<Appointment>('POST', `appointments/${made.id}/steps`, { version: body.version, step: which })).body.status;
  };
  expect([made.status, await step('arrive')]).toEqual(['waiting', 'arrived']);
  const { body: checkout } = await reception.here<Checkout>('GET', `appointments/${made.id}/checkout`);
  const payment = {
    key: 'paid_while_they_were_here',
    registerId: checkout.registers[0]?.id,
    amountMinor: checkout.dueMinor,
    version: checkout.version,
  };
  expect((await reception.here('POST', `appointments/${made.id}/desk-payments`, payment)).status).toBe(200);
  expect(await step('undoArrive')).toBe('confirmed');
});

test('steps and their undo lead back to where they came from', async () => {
  let one = (await book('2026-03-14T10:00')).body;
  const step = async (name: string) => {
    const answer = await reception.here<Refused>('POST', `appointments/${one.id}/steps`, { version: one.version, step: name });
    if (answer.status === 200) one = answer.body;
    return answer.body.status ?? answer.body.code;
  };
  expect(await step('arrive')).toBe('arrived');
  expect(one.steps).toEqual(['undoArrive']);
  expect((await reception.here<Refused>('POST', `appointments/${one.id}/steps`, { version: one.version, step: 'confirm' })).body.code).toBe(
    'step_not_allowed',
  );
  expect(await step('undoArrive')).toBe('waiting');
  expect(await step('confirm')).toBe('confirmed');
  expect(await step('markNoShow')).toBe('no_show');
  expect(await move(one, { startsAt: '2026-03-14T12:00:00.000Z' })).toMatchObject({
    status: 409,
    body: { code: 'step_not_allowed', detail: { reason: 'over' } },
  });
  expect(await step('undoNoShow')).toBe('confirmed');
  expect((await see(one.id)).client?.noShows).toBe(0);
});

test('whatever is typed into a comment stays a comment', async () => {
  let one = (await book('2026-03-15T10:00')).body;
  for (const comment of ['<script>alert(1)</script>', '=cmd()', '👩‍🎤 שלום', "'; drop table appointments; --", 'x'.repeat(1000), '']) {
    one = (await reception.here<Refused>('PUT', `appointments/${one.id}/comment`, { version: one.version, comment })).body;
    expect(one.comment).toBe(comment);
  }
  expect((await reception.here('PUT', `appointments/${one.id}/comment`, { version: one.version, comment: 'x'.repeat(1001) })).status).toBe(400);
  const nul = await reception.here('PUT', `appointments/${one.id}/comment`, { version: one.version, comment: 'a\u0000b' });
  expect(nul.status).toBe(400);
});

test('a held appointment that is moved keeps its deadline, its payment and its money', async () => {
  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-16T10:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(50));
  const page = (await clientOf(app).startPayment(booked.token)).body;
  const held = await see(booked.appointments[0]?.id ?? '');
  expect(held).toMatchObject({ status: 'held', prepayment: 'due', payment: { attemptStatus: 'open' } });
  const moved = (await move(held, { startsAt: '2026-03-16T14:00:00.000Z' })).body;
  expect(moved).toMatchObject({ status: 'held', holdExpiresAt: held.holdExpiresAt, busyTo: '2026-03-16T15:45:00Z' });
  app.sandbox.pay(clientOf(app).sessionOf(page));
  await app.pass({ seconds: 1 });
  const paid = await see(held.id);
  expect(paid).toMatchObject({ status: 'confirmed', paidMinor: 9000, startsAt: '2026-03-16T14:00:00Z' });
  const again = (await move(paid, { staffId: 'ana', startsAt: '2026-03-17T08:00:00.000Z' })).body;
  expect(again).toMatchObject({ paidMinor: 9000, prepayment: 'paid', staffId: 'ana' });
  // a cheaper visit afterwards: the money stays, and is seen to be more than it costs
  const cheaper = (await services(again, [['wash', null]])).body;
  expect(cheaper).toMatchObject({ costMinor: 1000, paidMinor: 9000, prepayment: 'none' });
});

test('a hold whose services staff replace asks for what they cost now; without any it is held no longer', async () => {
  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-18T10:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(51));
  const page = (await clientOf(app).startPayment(booked.token)).body;
  const held = await see(booked.appointments[0]?.id ?? '');
  const cheaper = (await services(held, [['dye', 7000]], {}, owner)).body;
  expect(cheaper).toMatchObject({ status: 'held', prepaymentMinor: 7000, payment: null });
  const anew = (await clientOf(app).startPayment(booked.token)).body;
  expect([anew.amountMinor, anew.pageUrl === page.pageUrl]).toEqual([7000, false]);
  const plain = (await services(await see(held.id), [['cut', null]])).body;
  expect(plain).toMatchObject({ status: 'waiting', prepaymentMinor: 0, holdExpiresAt: null, payment: null });
  await app.pass({ minutes: 20 });
  expect((await see(held.id)).status).toBe('waiting');
});

test('staff who confirm a hold give up its prepayment, not the appointment', async () => {
  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-19T10:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(52));
  const held = await see(booked.appointments[0]?.id ?? '');
  const confirmed = (await reception.here<Refused>('POST', `appointments/${held.id}/steps`, { version: held.version, step: 'confirm' })).body;
  expect(confirmed).toMatchObject({ status: 'confirmed', prepayment: 'due', holdExpiresAt: null });
  await app.pass({ minutes: 20 });
  expect((await see(held.id)).status).toBe('confirmed');
});

test('while a client pays by link nothing is changed or cancelled, and staff hear until when', async () => {
  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-20T10:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(53));
  const id = booked.appointments[0]?.id ?? '';
  const until = new Date(app.clock.now().getTime() + 15 * 60_000);
  await sql`update appointments set payment_blocked_until = ${until} where appointment_id = ${id}`.execute(app.database.read);
  const one = await see(id);
  expect(one.lockedBecause).toBe('payment_in_progress');
  const refused = { status: 409, body: { code: 'payment_in_progress', detail: { until: `${until.toISOString().slice(0, 19)}Z` } } };
  expect(await move(one, { startsAt: '2026-03-20T12:00:00.000Z' })).toMatchObject(refused);
  expect(await services(one, [['cut', null]])).toMatchObject(refused);
  expect(await reception.here('POST', `appointments/${id}/cancellation`, { version: one.version, because: '' })).toMatchObject(refused);
  // a comment takes nothing from anybody
  expect((await reception.here('PUT', `appointments/${id}/comment`, { version: one.version, comment: 'is paying' })).status).toBe(200);
});

test('cancelling one of two appointments leaves the other; paid ones need their own right, and a refund is proposed', async () => {
  const two = await wishFor(
    app,
    { serviceIds: ['dye'], staffId: 'ana', startsAt: '2026-03-23T10:00:00.000Z' },
    { serviceIds: ['dye'], staffId: 'bia', startsAt: '2026-03-23T10:00:00.000Z' },
  );
  const { body: booked } = await clientOf(app).book(two(54));
  app.sandbox.pay(clientOf(app).sessionOf((await clientOf(app).startPayment(booked.token)).body));
  await app.pass({ seconds: 1 });
  const [first, second] = booked.appointments.map(({ id }) => id) as [string, string];
  const one = await see(first);
  expect(one.otherAppointments).toMatchObject([{ id: second, status: 'confirmed' }]);
  const cancel = (user: StaffUser) =>
    user.here<Refused>('POST', `appointments/${first}/cancellation`, { version: one.version, because: 'Ana is ill' });
  expect(await cancel(reception)).toMatchObject({ status: 403, body: { code: 'right_missing', detail: { right: 'appointments.cancel_paid' } } });
  expect((await cancel(owner)).body).toMatchObject({
    status: 'cancelled',
    paidMinor: 9000,
    changes: [{ what: 'cancelled', by: 'owner', detail: { because: 'Ana is ill' } }, {}, {}],
  });
  expect((await see(second)).status).toBe('confirmed');
  const { rows } = await sql`select reason kind, amount_minor::int amount from refunds where appointment_id = ${first}`.execute(app.database.read);
  expect(rows).toEqual([{ kind: 'cancelled_by_staff', amount: 9000 }]);
  const day = (await owner.here<Calendar>('GET', 'calendar?from=2026-03-23&days=1')).body;
  expect(day.appointments.map(({ id }) => id)).toEqual([second]);
});

test('a team member with a role that edits changes their own column only', async () => {
  await sql`insert into roles (chain_id, role_id, name, rights, created_at) values ('chn_test', 'rol_own', 'Own', '{calendar.see,calendar.edit,appointments.cancel}', now())`.execute(
    app.database.read,
  );
  const ana = await signInAs(app, 'rol_own', { staffId: 'ana' });
  const own = (await book('2026-03-24T10:00')).body;
  const foreign = (await book('2026-03-24T10:00', { staffId: 'bia' })).body;
  expect(await move(own, { staffId: 'bia', startsAt: '2026-03-24T14:00:00.000Z' }, ana)).toMatchObject({
    status: 403,
    body: { code: 'right_missing' },
  });
  expect(await move(foreign, { startsAt: '2026-03-24T14:00:00.000Z' }, ana)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await ana.here('POST', `appointments/${foreign.id}/cancellation`, { version: 1, because: '' })).status).toBe(404);
  expect(await book('2026-03-24T15:00', { staffId: 'bia' }, ana)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  expect(await book('2026-03-24T15:00', { client: { clientId: own.client?.id } }, ana)).toMatchObject({
    status: 403,
    body: { detail: { right: 'clients.see' } },
  });
  expect((await move(own, { startsAt: '2026-03-24T14:00:00.000Z' }, ana)).status).toBe(200);
});
