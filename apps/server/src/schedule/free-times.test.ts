import { describe, expect, test } from 'vitest';
import { type FreeTimesWish, freeTimes } from './free-times.ts';
import { type PlainSalon, plainSalon } from './testing/plain-salon.ts';

const NINE_TO_TWELVE = { every: { works: [[540, 720]] as const } };
const monday = new Date('2026-11-23T00:00:00+02:00');
const kyiv = (time: string, day = '2026-11-23') => Date.parse(`${day}T${time}:00+02:00`);

/** `09:00 anna+bob` per start; several days are joined by ` | `. */
function shown(salon: PlainSalon, wish: Partial<FreeTimesWish> = {}): string {
  const { catalog, hours } = plainSalon(salon);
  const found = freeTimes({
    catalog,
    hours,
    busy: new Map(),
    serviceIds: [Object.keys(salon.services)[0] as string],
    staffIds: Object.keys(salon.staff),
    fromDay: '2026-11-23',
    days: 1,
    now: monday,
    ...wish,
  });
  const at = new Intl.DateTimeFormat('en-GB', { timeZone: catalog.location.timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
  return found.map(({ times }) => times.map(({ atMs, staffIds }) => `${at.format(atMs)} ${staffIds.join('+')}`).join(', ')).join(' | ');
}
const cut = { services: { cut: { durationMinutes: 60 } }, staff: { anna: { hours: NINE_TO_TWELVE } } };

describe('working hours', () => {
  test('the last start is the one that still ends when the shop closes', () => {
    expect(shown(cut)).toBe('09:00 anna, 09:30 anna, 10:00 anna, 10:30 anna, 11:00 anna');
  });
  test('a service never runs into a break, and may begin when the break ends', () => {
    expect(shown({ ...cut, staff: { anna: { hours: { every: { works: [[540, 780]], breaks: [[630, 690]] } } } } })).toBe(
      '09:00 anna, 09:30 anna, 11:30 anna, 12:00 anna',
    );
  });
  test("a date's own hours win over the week's, and an empty one is a day off", () => {
    const staff = { anna: { hours: { ...NINE_TO_TWELVE, '2026-11-24': { works: [] }, '2026-11-25': { works: [[840, 900]] as const } } } };
    expect(shown({ ...cut, staff }, { fromDay: '2026-11-24', days: 2 })).toBe(' | 14:00 anna');
  });
  test('who works over midnight can be booked over midnight', () => {
    expect(shown({ ...cut, staff: { anna: { hours: { '1': { works: [[1380, 1440]] }, '2': { works: [[0, 60]] } } } } }, { days: 2 })).toBe(
      '23:00 anna, 23:30 anna | 00:00 anna',
    );
  });
});

describe('what is taken', () => {
  const taken = (...spans: [string, string][]) => ({ busy: new Map([['anna', spans.map(([from, to]) => [kyiv(from), kyiv(to)] as const)]]) });
  test('clients may follow each other to the minute', () => {
    expect(shown(cut, taken(['10:00', '11:00']))).toBe('09:00 anna, 11:00 anna');
  });
  test('one minute too long is too long', () => {
    expect(shown(cut, taken(['09:59', '11:01']))).toBe('');
  });
  test('buffers keep clear of other clients', () => {
    const services = { cut: { durationMinutes: 30, bufferBeforeMinutes: 30, bufferAfterMinutes: 15 } };
    expect(shown({ ...cut, services }, taken(['10:00', '10:30']))).toBe('09:00 anna, 11:00 anna, 11:30 anna');
  });
  test('buffers may lie outside working hours: the first and the last client of the day are welcome', () => {
    const services = { cut: { durationMinutes: 180, bufferBeforeMinutes: 60, bufferAfterMinutes: 60 } };
    expect(shown({ ...cut, services })).toBe('09:00 anna');
  });
  test('what began yesterday still counts', () => {
    expect(shown(cut, { busy: new Map([['anna', [[kyiv('12:00', '2026-11-22'), kyiv('11:00')]]]]) })).toBe('11:00 anna');
  });
});

describe('services and people', () => {
  const two = {
    services: { cut: { durationMinutes: 60 }, color: { durationMinutes: 60, bufferAfterMinutes: 240 } },
    staff: {
      anna: { hours: NINE_TO_TWELVE },
      bob: { hours: NINE_TO_TWELVE, does: { cut: { durationMinutes: 120 }, color: {} } },
      cleo: { hours: NINE_TO_TWELVE, does: { cut: {} } },
    },
  };
  test('several services are done back to back by one person, each as long as that person takes', () => {
    expect(shown(two, { serviceIds: ['cut', 'color'] })).toBe('09:00 anna+bob, 09:30 anna, 10:00 anna');
  });
  test('between two services of one client no buffer is kept', () => {
    expect(shown(two, { serviceIds: ['color', 'cut'], staffIds: ['anna'] })).toBe('09:00 anna, 09:30 anna, 10:00 anna');
  });
  test('any team member: each start lists who could do it, the best terms first', () => {
    const rank = (one: string, other: string) => other.localeCompare(one);
    expect(shown(two, { rank })).toBe('09:00 cleo+bob+anna, 09:30 cleo+bob+anna, 10:00 cleo+bob+anna, 10:30 cleo+anna, 11:00 cleo+anna');
  });
  test('who is not booked online is not offered, nor is a service that is not', () => {
    expect(shown({ ...cut, staff: { anna: { ...cut.staff.anna, online: false } } })).toBe('');
    expect(shown({ ...cut, services: { cut: { online: false } } })).toBe('');
  });
  test('forty people at once are forty names', () => {
    const staff = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`s${i}`, { hours: { every: { works: [[540, 600]] as const } } }]));
    expect(shown({ ...cut, staff }).split('+')).toHaveLength(40);
  });
});

describe('not too early, not too far', () => {
  test('a start exactly at the lead time is offered, a second later it is not', () => {
    const salon = { ...cut, location: { leadMinutes: 60 } };
    expect(shown(salon, { now: new Date(kyiv('10:00')) })).toBe('11:00 anna');
    expect(shown(salon, { now: new Date(kyiv('10:00') + 1000) })).toBe('');
  });
  test('the last day of the horizon is offered, the day after is not, and neither is yesterday', () => {
    const salon = { ...cut, staff: { anna: { hours: { every: { works: [[540, 600]] as const } } } }, location: { horizonDays: 1 } };
    expect(shown(salon, { fromDay: '2026-11-22', days: 4 })).toBe(' | 09:00 anna | 09:00 anna | ');
  });
});

describe('when the clocks change', () => {
  const nightShift = { ...cut, staff: { anna: { hours: { every: { works: [[120, 300]] as const } } } } };
  test('in autumn the repeated hour is offered twice, as two different moments', () => {
    const { catalog, hours } = plainSalon(nightShift);
    const found = freeTimes({
      catalog,
      hours,
      busy: new Map(),
      serviceIds: ['cut'],
      staffIds: ['anna'],
      fromDay: '2026-10-25',
      days: 1,
      now: new Date('2026-10-20T00:00Z'),
    });
    expect(found[0]?.times.map(({ atMs }) => new Date(atMs).toISOString().slice(11, 16))).toEqual([
      '23:00',
      '23:30',
      '00:00',
      '00:30',
      '01:00',
      '01:30',
      '02:00',
    ]);
    expect(shown(nightShift, { fromDay: '2026-10-25', now: new Date('2026-10-20T00:00Z') })).toBe(
      '02:00 anna, 02:30 anna, 03:00 anna, 03:30 anna, 03:00 anna, 03:30 anna, 04:00 anna',
    );
  });
  test('in spring an hour that does not exist is not offered, and a shift over it is an hour shorter', () => {
    expect(shown(nightShift, { fromDay: '2026-03-29', now: new Date('2026-03-20T00:00Z') })).toBe('02:00 anna, 02:30 anna, 04:00 anna');
  });
  test('a day that the calendar skipped has no times', () => {
    const location = { timeZone: 'Pacific/Apia' };
    expect(
      shown({ ...cut, location }, { fromDay: '2011-12-29', days: 3, now: new Date('2011-12-20T00:00Z') })
        .split(' | ')
        .map((day) => day.length > 0),
    ).toEqual([true, false, true]);
  });
});
