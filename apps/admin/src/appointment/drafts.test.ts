import type { Appointment } from '@holdfast/contract/calendar';
import { expect, test } from 'vitest';
import { clashing, type Drafts, rebased, shownOf, standingOf, typed, unsaved, without } from './drafts.ts';
import { lengthOf, partsOf, totalOf, toWantedServices } from './parts.ts';
import { exampleAppointment } from './testing/example-appointment.ts';
import { whatDiffers, whoChanged } from './what-differs.ts';

const base = exampleAppointment();
const later = (more: Partial<Appointment>): Appointment => ({
  ...base,
  version: 2,
  changes: [{ no: 2, at: '2026-11-21T10:00:00Z', what: 'commented', by: 'Olena', detail: {} }, ...base.changes],
  ...more,
});
const at15 = { ...partsOf(base).time, time: '15:00' };

test('what somebody types stays, while others change something else', () => {
  const drafts = typed({}, 'time', at15, base);
  const now = later({ comment: 'Allergic to ammonia' });
  expect(standingOf(drafts, 'time', now)).toBe('ahead');
  expect(shownOf(drafts, 'time', now).time).toBe('15:00');
  expect(shownOf(drafts, 'comment', now)).toBe('Allergic to ammonia');
});

test('when two people change the same, the second is asked and nothing is lost', () => {
  const drafts = typed({}, 'time', at15, base);
  const now = later({ startsAt: '2026-11-21T14:00:00.000Z' });
  expect(clashing(drafts, now)).toEqual(['time']);
  expect(shownOf(drafts, 'time', now).time).toBe('15:00');
  expect(standingOf(rebased(drafts, now), 'time', now)).toBe('ahead');
  expect(shownOf(without(drafts, ['time']), 'time', now).time).toBe('16:00');
});

test('when both want the same there is nothing to ask', () => {
  const drafts = typed({}, 'comment', 'Allergic', base);
  expect(unsaved(drafts, later({ comment: 'Allergic' }))).toEqual([]);
});

test('what was typed and taken back is not unsaved', () => {
  const drafts = typed(typed({}, 'comment', 'x', base), 'comment', base.comment, base);
  expect(unsaved(drafts, base)).toEqual([]);
  expect(shownOf(drafts, 'comment', later({ comment: 'theirs' }))).toBe('theirs');
});

test('typing on does not forget on what it was based', () => {
  const now = later({ comment: 'theirs' });
  const drafts: Drafts = typed(typed({}, 'comment', 'mi', base), 'comment', 'mine', now);
  expect(clashing(drafts, now)).toEqual(['comment']);
});

test('the second person is told what changed, and by whom', () => {
  const now = later({ startsAt: '2026-11-21T14:00:00.000Z', status: 'confirmed', comment: 'x' });
  expect(whatDiffers(base, now).map(({ what }) => what)).toEqual(['status', 'time', 'comment']);
  expect(whoChanged(base, now)).toEqual(['Olena']);
  expect(whatDiffers(base, base)).toEqual([]);
});

test('a price that nobody touched is kept, a new service has its ordinary price', () => {
  const rows = [...partsOf(base).services, { serviceId: 'srv_new', name: 'New', costMinor: null }];
  expect(toWantedServices(rows)).toEqual([
    { serviceId: 'srv_cut', costMinor: 80_000 },
    { serviceId: 'srv_new', costMinor: null },
  ]);
  expect(totalOf(rows, () => 500)).toBe(80_500);
});

test('a visit is as long as its services; while one is not known, nothing is said', () => {
  const rows = [{ serviceId: 'a' }, { serviceId: 'b' }];
  expect(lengthOf(rows, () => 30)).toBe(60);
  expect(lengthOf(rows, (id) => (id === 'a' ? 30 : undefined))).toBeUndefined();
});
