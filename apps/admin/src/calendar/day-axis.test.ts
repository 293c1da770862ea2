import { describe, expect, it } from 'vitest';
import { type AxisDay, axisMinuteOf, instantAt, makeAxis, snap, ticksOf, wallMinuteOf, wallToAxis } from './day-axis.ts';

const ordinary = { day: '2026-11-21', startsAt: '2026-11-20T22:00:00Z', endsAt: '2026-11-21T22:00:00Z' };
const spring = { day: '2026-03-29', startsAt: '2026-03-28T22:00:00Z', endsAt: '2026-03-29T21:00:00Z' };
const autumn = { day: '2026-10-25', startsAt: '2026-10-24T21:00:00Z', endsAt: '2026-10-25T22:00:00Z' };
const beforeAutumn = { day: '2026-10-24', startsAt: '2026-10-23T21:00:00Z', endsAt: '2026-10-24T21:00:00Z' };
const beforeSpring = { day: '2026-03-28', startsAt: '2026-03-27T22:00:00Z', endsAt: '2026-03-28T22:00:00Z' };
const at = (instant: string) => Date.parse(instant);

function board(...days: Parameters<typeof makeAxis>[1]) {
  const axis = makeAxis('Europe/Kyiv', days);
  return { axis, of: (index: number) => axis.days[index] as AxisDay };
}

describe('an ordinary day', () => {
  const { axis, of } = board(ordinary);
  it('stands there by the clock on the wall', () => {
    expect(axis.length).toBe(1440);
    expect(axisMinuteOf(axis, of(0), at('2026-11-21T12:30:00Z'))).toBe(14.5 * 60);
    expect(instantAt(of(0), 14.5 * 60)).toBe(at('2026-11-21T12:30:00Z'));
    expect(of(0).missing).toEqual([]);
  });
  it('cuts at its edges what began yesterday or ends tomorrow', () => {
    expect(axisMinuteOf(axis, of(0), at('2026-11-20T20:00:00Z'))).toBe(0);
    expect(axisMinuteOf(axis, of(0), at('2026-11-22T01:00:00Z'))).toBe(1440);
  });
  it.each([
    [607, 15, 'nearest', '2026-11-21T08:00:00Z'],
    [608, 15, 'nearest', '2026-11-21T08:15:00Z'],
    [614, 15, 'down', '2026-11-21T08:00:00Z'],
    [-20, 15, 'nearest', '2026-11-20T22:00:00Z'],
    [1500, 15, 'nearest', '2026-11-21T22:00:00Z'],
  ] as const)('minute %i in steps of %i (%s) is %s', (minute, step, how, instant) => {
    expect(new Date(snap(axis, of(0), minute, step, how)).toISOString()).toBe(new Date(instant).toISOString());
  });
});

describe('the day that has 23 hours', () => {
  it('alone leaves the hour out that does not exist', () => {
    const { axis, of } = board(spring);
    expect(axis.length).toBe(23 * 60);
    expect(ticksOf(axis).map(({ wall }) => wall / 60)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
    // 10:00 in summer time
    expect(axisMinuteOf(axis, of(0), at('2026-03-29T07:00:00Z'))).toBe(9 * 60);
    expect(instantAt(of(0), 9 * 60)).toBe(at('2026-03-29T07:00:00Z'));
    expect(wallToAxis(axis, 10 * 60)).toBe(9 * 60);
  });
  it('beside ordinary days has a hole, and whatever is dropped there lands behind it', () => {
    const { axis, of } = board(beforeSpring, spring);
    expect(axis.length).toBe(1440);
    expect(of(0).missing).toEqual([]);
    expect(of(1).missing).toEqual([[180, 240]]);
    expect(axisMinuteOf(axis, of(1), at('2026-03-29T07:00:00Z'))).toBe(10 * 60);
    expect(instantAt(of(1), 200)).toBe(at('2026-03-29T01:00:00Z'));
    expect(wallMinuteOf('Europe/Kyiv', instantAt(of(1), 200))).toBe(240);
  });
});

describe('the day that has 25 hours', () => {
  it('shows the doubled hour twice, and each of its moments once', () => {
    const { axis, of } = board(autumn);
    expect(axis.length).toBe(25 * 60);
    const [first, second] = [at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')];
    expect([first, second].map((one) => wallMinuteOf('Europe/Kyiv', one))).toEqual([210, 210]);
    expect([first, second].map((one) => axisMinuteOf(axis, of(0), one))).toEqual([210, 270]);
    expect([210, 270].map((one) => instantAt(of(0), one))).toEqual([first, second]);
    expect(
      ticksOf(axis)
        .slice(2, 6)
        .map(({ wall, second: again }) => `${wall / 60}${again ? ' again' : ''}`),
    ).toEqual(['2', '3', '3 again', '4']);
  });
  it('keeps ten in the morning in one line with the days beside it', () => {
    const { axis, of } = board(beforeAutumn, autumn);
    const tens = [axisMinuteOf(axis, of(0), at('2026-10-24T07:00:00Z')), axisMinuteOf(axis, of(1), at('2026-10-25T08:00:00Z'))];
    expect(tens).toEqual([11 * 60, 11 * 60]);
    expect(of(0).missing).toEqual([[240, 300]]);
    expect(of(1).missing).toEqual([]);
    expect(instantAt(of(0), 270)).toBe(at('2026-10-24T01:00:00Z'));
    expect(instantAt(of(0), 299)).toBe(at('2026-10-24T01:00:00Z'));
    expect(instantAt(of(0), 310)).toBe(at('2026-10-24T01:10:00Z'));
  });
  it('leads from every minute to its place and back', () => {
    for (const days of [[autumn], [beforeAutumn, autumn], [spring], [beforeSpring, spring]]) {
      const { axis } = board(...days);
      for (const day of axis.days) {
        for (let ms = day.startsAtMs; ms < day.endsAtMs; ms += 7 * 60_000) expect(instantAt(day, axisMinuteOf(axis, day, ms))).toBe(ms);
      }
    }
  });
});

it('reads a day that begins at one, because the clocks jump at midnight', () => {
  const axis = makeAxis('Africa/Cairo', [{ day: '2026-04-24', startsAt: '2026-04-23T22:00:00Z', endsAt: '2026-04-24T21:00:00Z' }]);
  expect(axis.length).toBe(23 * 60);
  expect(ticksOf(axis)[0]).toEqual({ at: 0, wall: 60, second: false });
});
