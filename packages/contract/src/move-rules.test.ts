import { expect, test } from 'vitest';
import { instantOf, isSoft, localDay, lockedBecause, type MoveBoard, type MovedAppointment, whyNotMove, whyNotThere } from './move-rules.ts';

const DAY = '2026-03-03';
const TOMORROW = '2026-03-04';
const at = (time: string, day = DAY) => Date.parse(`${day}T${time}:00Z`);
const iso = (time: string, day = DAY) => new Date(at(time, day)).toISOString();
const nine = { from: 540, to: 1080 };
const hours = [
  { day: DAY, works: [nine], breaks: [{ from: 780, to: 840 }] },
  { day: TOMORROW, works: [], breaks: [] },
];

const board: MoveBoard = {
  timeZone: 'UTC',
  nowMs: at('09:30'),
  staff: [
    { id: 'ana', archived: false, serviceIds: ['cut', 'dye'], hours },
    { id: 'bia', archived: false, serviceIds: ['cut'], hours },
    { id: 'zoe', archived: true, serviceIds: ['cut', 'dye'], hours },
  ],
  appointments: [
    { id: 'other', staffId: 'bia', status: 'waiting', busyFrom: iso('12:00'), busyTo: iso('13:00'), holdExpiresAt: null },
    { id: 'stale', staffId: 'bia', status: 'held', busyFrom: iso('15:00'), busyTo: iso('16:00'), holdExpiresAt: iso('09:29') },
    { id: 'fresh', staffId: 'bia', status: 'held', busyFrom: iso('16:00'), busyTo: iso('17:00'), holdExpiresAt: '2026-03-03T09:29:01.000Z' },
    { id: 'mine', staffId: 'ana', status: 'confirmed', busyFrom: iso('10:00'), busyTo: iso('11:15'), holdExpiresAt: null },
  ],
  blocks: [{ staffId: 'ana', kind: 'event', from: iso('17:00'), to: iso('18:00') }],
  may: { edit: true, onlyStaffId: null },
};

// one hour of cutting, and a quarter of an hour afterwards
const mine: MovedAppointment = {
  id: 'mine',
  staffId: 'ana',
  status: 'confirmed',
  startsAt: iso('10:00'),
  endsAt: iso('11:00'),
  busyFrom: iso('10:00'),
  busyTo: iso('11:15'),
  serviceIds: ['cut'],
  payment: null,
};
const paying = (attemptStatus: 'open' | 'processing', blockedUntil: string | null) => ({ attemptStatus, blockedUntil, payableUntil: iso('10:30') });

test.each([
  ['to a free hour of the same day', {}, 'ana', '11:00', '12:00', undefined],
  ['over its own old time', {}, 'ana', '10:30', '11:30', undefined],
  ['to a colleague who does it', {}, 'bia', '10:00', '11:00', undefined],
  ['to a colleague who does not do it', { serviceIds: ['dye'] }, 'bia', '10:00', '11:00', 'does_not_do_it'],
  ['with somebody who does it no longer, along their own column', { serviceIds: ['perm'] }, 'ana', '11:00', '12:00', undefined],
  ['to somebody who left', {}, 'zoe', '10:00', '11:00', 'archived'],
  ['to somebody unknown', {}, 'eve', '10:00', '11:00', 'does_not_do_it'],
  ['onto an appointment', {}, 'bia', '12:30', '13:30', 'time_taken'],
  ['so that only the time after it reaches into an appointment', {}, 'bia', '10:50', '11:50', 'time_taken'],
  ['to end with its buffer where the next begins', {}, 'bia', '10:45', '11:45', undefined],
  ['to begin where another ends (in a break)', {}, 'bia', '13:00', '14:00', 'in_break'],
  ['onto a hold that has run out', {}, 'bia', '14:00', '15:30', undefined],
  ['onto a hold in its last minute of grace', {}, 'bia', '15:00', '15:50', 'time_taken'],
  ['onto an event', {}, 'ana', '16:00', '17:00', 'blocked'],
  ['into a break', {}, 'ana', '12:30', '13:30', 'in_break'],
  ['until the break begins', {}, 'ana', '12:00', '13:00', undefined],
  ['before the salon opens', {}, 'ana', '08:45', '09:45', 'before_hours'],
  ['beyond closing', {}, 'bia', '17:30', '18:30', 'after_hours'],
  ['when it is over', { status: 'cancelled' }, 'ana', '11:00', '12:00', 'over'],
  ['when it has expired', { status: 'expired' }, 'ana', '11:00', '12:00', 'over'],
  ['after a no-show', { status: 'no_show' }, 'ana', '11:00', '12:00', 'over'],
  ['while the client is paying by link', { payment: paying('open', iso('09:31')) }, 'ana', '11:00', '12:00', 'payment_in_progress'],
  ['at the moment the block ends', { payment: paying('open', iso('09:30')) }, 'ana', '11:00', '12:00', undefined],
  ['while a page is open that blocks nothing', { payment: paying('open', null) }, 'ana', '11:00', '12:00', undefined],
  ['while the provider is checking', { payment: paying('processing', null) }, 'ana', '11:00', '12:00', 'payment_in_progress'],
  ['to nothing', {}, 'ana', '11:00', '11:00', 'too_long'],
] as const)('an appointment moved %s', (_what, change, staffId, from, to, answer) => {
  const moved = { ...mine, ...change } as MovedAppointment;
  expect(whyNotMove(moved, { staffId, startsAtMs: at(from), endsAtMs: at(to) }, board)).toBe(answer);
});

test('a day off may be insisted on, another appointment may not', () => {
  const tomorrow = { staffId: 'ana', startsAtMs: at('10:00', TOMORROW), endsAtMs: at('11:00', TOMORROW) };
  expect(whyNotMove(mine, tomorrow, board)).toBe('day_off');
  expect([isSoft('day_off'), isSoft('time_taken'), isSoft('in_break'), isSoft('blocked')]).toEqual([true, false, true, false]);
});

test('a day whose hours are not on the board is left to the server', () => {
  const later = { staffId: 'ana', startsAtMs: at('03:00', '2026-03-09'), endsAtMs: at('04:00', '2026-03-09') };
  expect(whyNotMove(mine, later, board)).toBeUndefined();
});

test('what is to come cannot be moved further back than a day, nor beyond two years', () => {
  const to = (ms: number) =>
    whyNotMove(
      mine,
      { staffId: 'ana', startsAtMs: ms, endsAtMs: ms + 3_600_000 },
      { ...board, staff: board.staff.map((one) => ({ ...one, hours: [] })) },
    );
  const day = 86_400_000;
  expect(to(board.nowMs - day)).toBeUndefined();
  expect(to(board.nowMs - day - 1)).toBe('in_the_past');
  expect(to(board.nowMs + 731 * day)).toBeUndefined();
  expect(to(board.nowMs + 731 * day + 1)).toBe('too_far');
});

test('a visit of last week can still be made longer, but not earlier', () => {
  const old: MovedAppointment = {
    ...mine,
    status: 'arrived',
    startsAt: iso('10:00', '2026-02-24'),
    endsAt: iso('11:00', '2026-02-24'),
    busyFrom: iso('10:00', '2026-02-24'),
    busyTo: iso('11:00', '2026-02-24'),
  };
  const to = (from: string) => whyNotMove(old, { staffId: 'ana', startsAtMs: at(from, '2026-02-24'), endsAtMs: at('12:00', '2026-02-24') }, board);
  expect(to('10:00')).toBeUndefined();
  expect(to('09:30')).toBe('in_the_past');
});

test('who has arrived stays on that day', () => {
  const here: MovedAppointment = { ...mine, status: 'arrived' };
  expect(whyNotMove(here, { staffId: 'ana', startsAtMs: at('11:00'), endsAtMs: at('12:00') }, board)).toBeUndefined();
  expect(whyNotMove(here, { staffId: 'ana', startsAtMs: at('11:00', TOMORROW), endsAtMs: at('12:00', TOMORROW) }, board)).toBe('has_arrived');
});

test('who sees only their own column moves nothing out of it, and nobody else’s', () => {
  const own = { ...board, may: { edit: true, onlyStaffId: 'ana' } };
  const to = { staffId: 'bia', startsAtMs: at('10:00'), endsAtMs: at('11:00') };
  expect(whyNotMove(mine, { ...to, staffId: 'ana' }, own)).toBeUndefined();
  expect(whyNotMove(mine, to, own)).toBe('right_missing');
  expect(whyNotMove({ ...mine, staffId: 'bia' }, { ...to, staffId: 'ana' }, own)).toBe('right_missing');
  expect(whyNotMove(mine, { ...to, staffId: 'ana' }, { ...board, may: { edit: false, onlyStaffId: null } })).toBe('right_missing');
});

test('a new appointment is measured by the same rule', () => {
  const place = {
    staffId: 'bia',
    startsAtMs: at('11:00'),
    endsAtMs: at('12:00'),
    busyFromMs: at('11:00'),
    busyToMs: at('12:15'),
    serviceIds: ['cut'],
  };
  expect(whyNotThere(place, board)).toBe('time_taken');
  expect(whyNotThere({ ...place, busyToMs: at('12:00') }, board)).toBeUndefined();
  expect(whyNotThere({ ...place, busyToMs: at('12:00'), serviceIds: ['dye'] }, board)).toBe('does_not_do_it');
  expect(whyNotThere({ ...place, busyToMs: place.busyFromMs + 27 * 3_600_000 }, board)).toBe('too_long');
});

test('a closed payment page locks nothing', () => {
  expect(lockedBecause({ status: 'held', payment: null }, board.nowMs)).toBeUndefined();
});

test('both edges of summer time', () => {
  const lisbon = 'Europe/Lisbon';
  const read = (ms: number) => new Date(ms).toISOString();
  // 29 March 2026: 01:00 becomes 02:00
  expect(read(instantOf(lisbon, '2026-03-29', 30))).toBe('2026-03-29T00:30:00.000Z');
  expect(read(instantOf(lisbon, '2026-03-29', 90))).toBe('2026-03-29T01:30:00.000Z');
  expect(read(instantOf(lisbon, '2026-03-29', 150))).toBe('2026-03-29T01:30:00.000Z');
  expect(read(instantOf(lisbon, '2026-03-29', 1440))).toBe('2026-03-29T23:00:00.000Z');
  // 25 October 2026: 02:00 becomes 01:00
  expect(read(instantOf(lisbon, '2026-10-25', 90))).toBe('2026-10-25T00:30:00.000Z');
  expect(read(instantOf(lisbon, '2026-10-25', 120))).toBe('2026-10-25T02:00:00.000Z');
  expect([localDay(lisbon, Date.parse('2026-03-29T22:59:59Z')), localDay(lisbon, Date.parse('2026-03-29T23:00:00Z'))]).toEqual([
    '2026-03-29',
    '2026-03-30',
  ]);
  expect(localDay('Pacific/Apia', Date.parse('2026-03-03T12:00:00Z'))).toBe('2026-03-04');
  expect(read(instantOf('Asia/Kathmandu', DAY, 600))).toBe('2026-03-03T04:15:00.000Z');
});

test('night work is one piece over midnight', () => {
  const night = [
    { day: DAY, works: [{ from: 1200, to: 1440 }], breaks: [] },
    { day: TOMORROW, works: [{ from: 0, to: 360 }], breaks: [] },
  ];
  const club = { ...board, staff: [{ id: 'ana', archived: false, serviceIds: ['cut'], hours: night }], blocks: [] };
  const to = (from: number, until: number) => whyNotMove(mine, { staffId: 'ana', startsAtMs: from, endsAtMs: until }, club);
  expect(to(at('23:30'), at('00:30', TOMORROW))).toBeUndefined();
  expect(to(at('23:30'), at('06:30', TOMORROW))).toBe('after_hours');
});
