import { type Appointment, appointmentShape, type Calendar, type CalendarAppointments, calendarShape } from '@holdfast/contract/calendar';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const DAY = '2026-03-03';
let app: TestApp;
let reception: StaffUser;
let waiting: string;
let held: string;
let token: string;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        cut: { price: 4000, minutes: 60, status: 'not_available', bufferAfter: 15 },
        dye: { price: 9000, minutes: 90, status: 'required' },
      },
      staff: { ana: { status: 'available' }, bia: { status: 'available' } },
    },
    listen: false,
  });
  reception = await signInAs(app, 'reception');
  const cut = await wishFor(app, { serviceIds: ['cut'], staffId: 'ana', startsAt: `${DAY}T10:00:00.000Z` });
  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'bia', startsAt: `${DAY}T12:00:00.000Z` });
  const booked = await clientOf(app).book({ ...cut(1), comment: 'Near the window, please' });
  waiting = booked.body.appointments[0]?.id ?? '';
  token = booked.body.token;
  held = (await clientOf(app).book(dye(2))).body.appointments[0]?.id ?? '';
  await sql`
    insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id)
    values ('chn_test', 'loc_test', 'ana', ${`[${DAY}T15:00:00Z,${DAY}T16:00:00Z)`}::tstzrange, 'break', 'brk_1')`.execute(app.database.read);
  await sql`
    insert into staff_day_hours (chain_id, location_id, staff_id, day, works, breaks)
    values ('chn_test', 'loc_test', 'bia', '2026-02-10', '{[600,900)}', '{[720,780)}')`.execute(app.database.read);
});
afterAll(() => app.close());

const calendar = (user: StaffUser, query = `from=${DAY}&days=1`) => user.here<Calendar>('GET', `calendar?${query}`);

test('a day of the calendar: columns in the owner’s order, what is booked, what is held, what is blocked', async () => {
  const { status, body } = await calendar(reception);
  expect(status).toBe(200);
  expect(calendarShape.strict().parse(body)).toEqual(body);
  expect(body.staff.map(({ id, serviceIds }) => [id, serviceIds])).toEqual([
    ['ana', ['cut', 'dye']],
    ['bia', ['cut', 'dye']],
  ]);
  expect(body.staff[0]?.hours).toEqual([{ day: DAY, works: [{ from: 480, to: 1200 }], breaks: [] }]);
  expect(body.days).toEqual([{ day: DAY, startsAt: `${DAY}T00:00:00.000Z`, endsAt: '2026-03-04T00:00:00.000Z' }]);
  expect(body.appointments).toMatchObject([
    {
      id: waiting,
      version: 1,
      staffId: 'ana',
      status: 'waiting',
      prepayment: 'none',
      startsAt: `${DAY}T10:00:00Z`,
      endsAt: `${DAY}T11:00:00Z`,
      busyTo: `${DAY}T11:15:00Z`,
      clientName: 'Client 1',
      clientPhone: '+351912010001',
      serviceIds: ['cut'],
      serviceNames: ['cut'],
      hasComment: true,
      costMinor: 4000,
      paidMinor: 0,
      holdExpiresAt: null,
      payment: null,
    },
    {
      id: held,
      status: 'held',
      prepayment: 'due',
      hasComment: false,
      costMinor: 9000,
      holdExpiresAt: '2026-03-02T09:15:00Z',
      payment: { attemptStatus: 'intended', blockedUntil: null, payableUntil: '2026-03-02T09:15:00Z' },
    },
  ]);
  expect(body.blocks).toEqual([{ staffId: 'ana', kind: 'break', from: `${DAY}T15:00:00Z`, to: `${DAY}T16:00:00Z` }]);
});

test('who sees only their own column sees nothing of the others’, and nobody’s telephone', async () => {
  const ana = await signInAs(app, 'team_member', { staffId: 'ana' });
  const { body } = await calendar(ana);
  expect(body.staff.map(({ id }) => id)).toEqual(['ana']);
  expect(body.appointments.map(({ id, clientPhone, clientName }) => [id, clientPhone, clientName])).toEqual([[waiting, null, 'Client 1']]);
  expect(JSON.stringify(body)).not.toContain('bia');
  const some = await ana.here<CalendarAppointments>('GET', `appointments?ids=${waiting},${held},apt_none`);
  expect(some.body.appointments.map(({ id }) => id)).toEqual([waiting]);
  expect(await ana.here('GET', `appointments/${held}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const own = await ana.here<Appointment>('GET', `appointments/${waiting}`);
  expect(own.body).toMatchObject({ clientPageUrl: '', clientPhone: null, client: { phone: null, email: null } });
  expect(JSON.stringify(own.body)).not.toContain('+351912');
  // a team member's role without a team member: an empty calendar
  const nobody = await calendar(await signInAs(app, 'team_member'));
  expect([nobody.body.staff, nobody.body.appointments, nobody.body.blocks]).toEqual([[], [], []]);
});

test('the booking window shows everything there is about an appointment', async () => {
  const { body } = await reception.here<Appointment>('GET', `appointments/${waiting}`);
  expect(appointmentShape.strict().parse(body)).toEqual(body);
  expect(body).toMatchObject({
    id: waiting,
    staffName: 'ana',
    currency: 'EUR',
    durationMinutes: 60,
    client: { name: 'Client 1', phone: '+351912010001', visits: 0, noShows: 0 },
    services: [{ serviceId: 'cut', durationMinutes: 60, priceMinMinor: 4000, priceMaxMinor: 8000, costMinor: 4000, pay: 'later' }],
    comment: '',
    clientComment: 'Near the window, please',
    bookedBy: 'client',
    clientPageUrl: `http://salon.test/b/${token}`,
    changes: [{ no: 1, what: 'booked', by: 'client' }],
    steps: ['confirm', 'arrive', 'markNoShow'],
    lockedBecause: null,
  });
});

test('a hold that ran out leaves the calendar, and is still there for who asks for it by name', async () => {
  await app.pass({ minutes: 17 });
  const { body } = await calendar(reception);
  expect(body.appointments.map(({ id }) => id)).toEqual([waiting]);
  const some = await reception.here<CalendarAppointments>('GET', `appointments?ids=${held}`);
  expect(some.body.appointments).toMatchObject([{ id: held, status: 'expired', prepayment: 'released' }]);
});

test('a week, a past day with hours of its own, and both days on which the clocks change', async () => {
  const week = await calendar(reception, 'from=2026-03-02&days=7');
  expect(week.body.days).toHaveLength(7);
  expect(week.body.staff[0]?.hours).toHaveLength(7);
  const past = await calendar(reception, 'from=2026-02-10&days=1');
  expect(past.body.staff[1]?.hours).toEqual([{ day: '2026-02-10', works: [{ from: 600, to: 900 }], breaks: [{ from: 720, to: 780 }] }]);
  const hoursOf = async (day: string) => {
    const [one] = (await calendar(reception, `from=${day}&days=1`)).body.days;
    return (Date.parse(one?.endsAt ?? '') - Date.parse(one?.startsAt ?? '')) / 3_600_000;
  };
  expect([await hoursOf('2026-03-29'), await hoursOf('2026-10-25'), await hoursOf(DAY)]).toEqual([23, 25, 24]);
});

test.each(['from=2026-13-01&days=1', 'from=2026-03-03&days=8', 'from=2026-03-03&days=0', 'days=1', "from=';drop&days=1", 'from=0000-01-01&days=1'])(
  'a calendar asked for %s is refused or empty, never broken',
  async (query) => {
    const { status } = await calendar(reception, query);
    expect([200, 400]).toContain(status);
  },
);

test('an archived team member has a column only while something is booked with them', async () => {
  await sql`update staff set archived = true`.execute(app.database.read);
  const { body } = await calendar(reception);
  expect(body.staff.map(({ id, archived }) => [id, archived])).toEqual([['ana', true]]);
});
