import type { CalendarAppointment } from '@holdfast/contract/calendar';
import { describe, expect, it } from 'vitest';
import { columnMaker } from './board-columns.ts';
import { makeAxis } from './day-axis.ts';
import { type Grip, targetOf } from './drag-target.ts';

const day = { day: '2026-10-25', startsAt: '2026-10-24T21:00:00Z', endsAt: '2026-10-25T22:00:00Z' };
const person = (id: string) => ({ id, name: id, position: '', color: '#000000', archived: false, hours: [], serviceIds: [] });
const team = [person('anna'), person('ira')];
const appointment = {
  id: 'apt_1',
  staffId: 'anna',
  startsAt: '2026-10-25T08:00:00Z', // 10:00 on the wall, the eleventh hour of a day of 25
  endsAt: '2026-10-25T09:10:00Z',
  busyFrom: '2026-10-25T08:00:00Z',
  busyTo: '2026-10-25T09:10:00Z',
} as CalendarAppointment;
const board = {
  timeZone: 'Europe/Kyiv',
  stepMinutes: 15,
  days: [day],
  staff: team,
  appointments: [appointment],
  blocks: [],
  events: [],
  now: day.startsAt,
};
const axis = makeAxis(board.timeZone, board.days);
const [anna, ira] = columnMaker()(board, axis, 'day', team);
if (!anna || !ira) throw new Error('two columns');
const at = (grip: Grip, column: typeof anna, minute: number) => {
  const { staffId, startsAtMs, endsAtMs } = targetOf(grip, column, minute, axis, 15);
  return [staffId, new Date(startsAtMs).toISOString().slice(11, 16), (endsAtMs - startsAtMs) / 60_000];
};

describe('where it would go', () => {
  const move: Grip = { kind: 'move', appointment, grabbedAt: 20 };
  it('snaps its beginning, keeps its length, and changes the person with the column', () => {
    expect(at(move, ira, 12 * 60 + 24)).toEqual(['ira', '09:00', 70]);
  });
  it('keeps its real length over the hour that comes twice', () => {
    expect(at(move, anna, 3 * 60 + 20)).toEqual(['anna', '00:00', 70]);
    expect(at(move, anna, 4 * 60 + 20)).toEqual(['anna', '01:00', 70]);
  });
  it('never leaves its day', () => {
    expect(at(move, anna, -500)).toEqual(['anna', '21:00', 70]);
    expect(at(move, anna, 9999)).toEqual(['anna', '21:45', 70]);
  });
  it('is never shorter than a step, and stays in its column, when its edge is dragged', () => {
    const resize: Grip = { kind: 'resize', appointment, column: anna };
    expect(at(resize, ira, 13 * 60)).toEqual(['anna', '08:00', 120]);
    expect(at(resize, ira, 0)).toEqual(['anna', '08:00', 15]);
  });
  it('is the span that was drawn, also upwards', () => {
    const create: Grip = { kind: 'create', column: ira, anchor: 13 * 60 + 5 };
    expect(at(create, anna, 14 * 60)).toEqual(['ira', '10:00', 60]);
    expect(at(create, anna, 12 * 60 + 31)).toEqual(['ira', '09:30', 30]);
  });
});

describe('columns', () => {
  it('that nothing happened to stay the very same, so they are not drawn anew', () => {
    const make = columnMaker();
    const before = make(board, axis, 'day', team);
    const after = make({ ...board, appointments: [{ ...appointment, version: 2 }] }, axis, 'day', team);
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([false, true]);
  });
});
