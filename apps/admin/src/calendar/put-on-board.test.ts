import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';
import { describe, expect, it } from 'vitest';
import { movedTo, onlyBoardParts, putOnBoard } from './put-on-board.ts';

const appointment = {
  id: 'apt_1',
  version: 1,
  staffId: 'stf_anna',
  startsAt: '2026-11-21T10:00:00.000Z',
  endsAt: '2026-11-21T11:00:00.000Z',
  busyFrom: '2026-11-21T09:50:00.000Z',
  busyTo: '2026-11-21T11:15:00.000Z',
  paidMinor: 100,
  clientPhone: null,
} as CalendarAppointment;
const other = { ...appointment, id: 'apt_2' };
const board = (appointments: CalendarAppointment[]) =>
  ({ days: [{ day: '2026-11-21', startsAt: '2026-11-20T22:00:00Z', endsAt: '2026-11-21T22:00:00Z' }], appointments }) as unknown as Calendar;

describe('a move that is drawn at once', () => {
  it('takes the buffers along', () => {
    const to = { staffId: 'stf_ira', startsAtMs: Date.parse('2026-11-21T12:00:00Z'), endsAtMs: Date.parse('2026-11-21T12:30:00Z') };
    expect(movedTo(appointment, to)).toMatchObject({
      staffId: 'stf_ira',
      startsAt: '2026-11-21T12:00:00.000Z',
      busyFrom: '2026-11-21T11:50:00.000Z',
      busyTo: '2026-11-21T12:45:00.000Z',
      paidMinor: 100,
    });
  });
  it('leaves the others on the board the very same', () => {
    const before = board([other, appointment]);
    const after = putOnBoard(before, { ...appointment, staffId: 'stf_ira' });
    expect(after.appointments[0]).toBe(other);
    expect(after.appointments.map(({ staffId }) => staffId)).toEqual(['stf_anna', 'stf_ira']);
  });
  it('leaves the board of a day it is moved away from, and comes to the one it is moved to', () => {
    const tomorrow = { ...appointment, startsAt: '2026-11-22T10:00:00Z', endsAt: '2026-11-22T11:00:00Z' };
    expect(putOnBoard(board([appointment]), tomorrow).appointments).toEqual([]);
    expect(putOnBoard(board([]), appointment).appointments).toEqual([appointment]);
  });
  it('takes from the fuller answer only what a board shows', () => {
    const answer = { ...appointment, version: 2, clientPhone: '+447700900001', comment: 'long' } as CalendarAppointment;
    expect(onlyBoardParts(answer, appointment)).toEqual({ ...appointment, version: 2, clientPhone: '+447700900001' });
  });
});
