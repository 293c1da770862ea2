import { expect, test } from 'vitest';
import { byPartOfDay, firstFreeDay, withoutOwnTimes } from './free-days.ts';
import { plainPage } from './testing/plain-page.ts';

const time = (local: string, staff = ['anna', 'bea']) => ({ at: `2026-03-04T${local}:00Z`, local, staff });
const day = (staff?: string[]) => [{ day: '2026-03-04', times: ['10:00', '10:45', '11:00', '12:00', '17:00'].map((local) => time(local, staff)) }];
const days = day();
const cut = (staff: string, startsAt: string | null) => ({ serviceIds: ['cut'], staff, startsAt });
const left = (staff: string, others: ReturnType<typeof cut>[]) =>
  withoutOwnTimes(day(staff === 'any' ? undefined : [staff]), plainPage, cut(staff, null), others)[0]?.times.map(({ local }) => local);

test('the same person cannot be had twice at one time within a booking', () => {
  expect(left('anna', [cut('anna', '2026-03-04T10:00:00Z')])).toEqual(['11:00', '12:00', '17:00']);
});

test('two people at one time can: a mother and her daughter come together', () => {
  expect(left('bea', [cut('anna', '2026-03-04T10:00:00Z')])).toEqual(['10:00', '10:45', '11:00', '12:00', '17:00']);
});

test('"any" needs one more person than this booking takes already', () => {
  expect(left('any', [cut('any', '2026-03-04T10:00:00Z')])).toEqual(['10:00', '10:45', '11:00', '12:00', '17:00']);
  expect(left('any', [cut('any', '2026-03-04T10:00:00Z'), cut('any', '2026-03-04T10:00:00Z')])).toEqual(['11:00', '12:00', '17:00']);
});

test('an appointment without a time takes none', () => {
  expect(left('anna', [cut('anna', null)])).toHaveLength(5);
});

test('noon is afternoon and five is evening', () => {
  expect(byPartOfDay(days[0]?.times ?? []).map(([part, times]) => [part, times.length])).toEqual([
    ['morning', 3],
    ['afternoon', 1],
    ['evening', 1],
  ]);
});

test('the first free day skips the full ones', () => {
  expect(firstFreeDay([{ day: '2026-03-03', times: [] }, ...days])).toBe('2026-03-04');
  expect(firstFreeDay([{ day: '2026-03-03', times: [] }])).toBeNull();
});
