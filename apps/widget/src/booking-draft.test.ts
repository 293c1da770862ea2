import { expect, test } from 'vitest';
import { type BookingDraft, type DraftAction, draftAfter, mostAppointments, newDraft, onWay } from './booking-draft.ts';

const after = (...actions: DraftAction[]): BookingDraft => actions.reduce(draftAfter, newDraft('draft-1'));
const cutWithAnna: DraftAction[] = [
  { type: 'services_chosen', serviceIds: ['cut'], staff: null },
  { type: 'staff_chosen', staff: 'anna' },
  { type: 'time_chosen', startsAt: '2026-03-04T10:00:00.000Z' },
];
const typed: DraftAction = { type: 'contact_typed', change: { name: 'Marta', phone: '+351 912 345 678', terms: true } };

test('another team member means another time, the same one keeps it', () => {
  expect(after(...cutWithAnna, { type: 'staff_chosen', staff: 'bea' }).appointments[0]).toEqual({
    serviceIds: ['cut'],
    staff: 'bea',
    startsAt: null,
  });
  expect(after(...cutWithAnna, { type: 'staff_chosen', staff: 'anna' }).appointments[0]?.startsAt).toBe('2026-03-04T10:00:00.000Z');
});

test('a time that someone else took takes nothing else with it, and the next one is looked for around it', () => {
  const draft = after(...cutWithAnna, typed, { type: 'times_gone', index: null });
  expect(draft.appointments).toEqual([{ serviceIds: ['cut'], staff: 'anna', startsAt: null, around: '2026-03-04T10:00:00.000Z' }]);
  expect(draft.contact).toMatchObject({ name: 'Marta', phone: '+351 912 345 678', terms: true });
  expect(draft.draftId).toBe('draft-1');
});

test('of two appointments only the one whose time is gone is chosen anew', () => {
  const two = [...cutWithAnna, { type: 'appointment_added' } as const, ...cutWithAnna];
  const draft = after(...two, { type: 'times_gone', index: 0 });
  expect(draft.current).toBe(0);
  expect(draft.appointments.map(({ startsAt }) => startsAt)).toEqual([null, '2026-03-04T10:00:00.000Z']);
});

test('an appointment that was begun and left is dropped, but never the only one', () => {
  const begun: DraftAction[] = [{ type: 'appointment_added' }, { type: 'services_chosen', serviceIds: ['nails'], staff: null }];
  expect(after(...cutWithAnna, ...begun, { type: 'unfinished_dropped' }).appointments).toHaveLength(1);
  expect(after({ type: 'services_chosen', serviceIds: ['nails'], staff: null }, { type: 'unfinished_dropped' }).appointments[0]?.serviceIds).toEqual([
    'nails',
  ]);
});

test('a booking takes five appointments and no sixth', () => {
  const many = Array.from({ length: mostAppointments + 2 }, (): DraftAction[] => [...cutWithAnna, { type: 'appointment_added' }]).flat();
  expect(after(...many).appointments).toHaveLength(mostAppointments);
});

test('removing the last appointment leaves an empty one to choose', () => {
  expect(after(...cutWithAnna, { type: 'appointment_removed', index: 0 }).appointments).toEqual([{ serviceIds: [], staff: null, startsAt: null }]);
});

test('removing an appointment unticks the boxes, which are named by its place', () => {
  const draft = after(...cutWithAnna, { type: 'box_ticked', index: 0, serviceId: 'cut', on: true }, { type: 'appointment_removed', index: 0 });
  expect(draft.ticked).toEqual([]);
});

test('ticking a box twice is ticking it once', () => {
  const tick: DraftAction = { type: 'box_ticked', index: 0, serviceId: 'cut', on: true };
  expect(after(...cutWithAnna, tick, tick).ticked).toEqual(['0/cut']);
  expect(after(...cutWithAnna, tick, { ...tick, on: false }).ticked).toEqual([]);
});

test('after a finished booking a new draft begins: the person stays, the consent is asked again', () => {
  const draft = after(
    ...cutWithAnna,
    typed,
    { type: 'became_booking', token: 'tok', holdExpiresAt: null },
    { type: 'started_anew', draftId: 'draft-2' },
  );
  expect(draft).toMatchObject({ draftId: 'draft-2', made: null, contact: { name: 'Marta', terms: false, comment: '' } });
  expect(draft.appointments).toEqual([{ serviceIds: [], staff: null, startsAt: null }]);
});

test('where the time is chosen first, what and who are chosen for it and it stays', () => {
  const first = onWay(newDraft('draft-1'), { timeFirst: true, asksStaff: true });
  const chosen: DraftAction[] = [
    { type: 'time_chosen', startsAt: '2026-03-04T10:00:00.000Z' },
    { type: 'services_chosen', serviceIds: ['cut'], staff: null },
    { type: 'staff_chosen', staff: 'anna' },
  ];
  const draft = chosen.reduce(draftAfter, first);
  expect(draft.appointments).toEqual([{ serviceIds: ['cut'], staff: 'anna', startsAt: '2026-03-04T10:00:00.000Z' }]);
});

test('where nobody is asked with whom, it is any team member, for every appointment', () => {
  const draft = draftAfter(onWay(newDraft('draft-1'), { timeFirst: false, asksStaff: false }), {
    type: 'services_chosen',
    serviceIds: ['cut'],
    staff: 'any',
  });
  const two = draftAfter(draftAfter(draft, { type: 'time_chosen', startsAt: '2026-03-04T10:00:00.000Z' }), { type: 'appointment_added' });
  expect(two.appointments.map(({ staff }) => staff)).toEqual(['any', 'any']);
});
