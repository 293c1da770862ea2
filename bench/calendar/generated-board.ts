import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';

export const TEAM = 20;
const DAY_MS = 86_400_000;
const OPENS_HOUR = 8;
const statuses = ['confirmed', 'waiting', 'arrived', 'confirmed', 'held', 'no_show'] as const;
const colors = ['#b5532f', '#3b6e93', '#6b7f3a', '#9c4a7c', '#6a5a9e', '#17806f'];

/** A full day, the same for the same date: every sign, buffers, breaks, short and long ones. UTC, so nothing depends on the machine. */
export function generatedBoard(day: string, days: number, appointmentsInAll: number): Calendar {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const dates = Array.from({ length: days }, (_, index) => new Date(midnight + index * DAY_MS).toISOString().slice(0, 10));
  const each = Math.ceil(appointmentsInAll / TEAM);
  return {
    timeZone: 'UTC',
    stepMinutes: 15,
    days: dates.map((date) => ({ day: date, startsAt: `${date}T00:00:00.000Z`, endsAt: instant(Date.parse(`${date}T00:00:00Z`) + DAY_MS) })),
    staff: Array.from({ length: TEAM }, (_, person) => ({
      id: `stf_${person}`,
      name: `Person ${person + 1}`,
      position: 'Stylist',
      color: colors[person % colors.length] as string,
      archived: false,
      hours: dates.map((date) => ({ day: date, works: [{ from: OPENS_HOUR * 60, to: 20 * 60 }], breaks: [{ from: 13 * 60, to: 13 * 60 + 30 }] })),
      serviceIds: ['srv_1', 'srv_2'],
    })),
    appointments: dates.flatMap((date) =>
      Array.from({ length: appointmentsInAll }, (_, index) => appointmentAt(date, index % TEAM, Math.floor(index / TEAM), each)),
    ),
    blocks: [],
    events: [],
    now: `${day}T10:20:00.000Z`,
  };
}

function appointmentAt(day: string, person: number, place: number, each: number): CalendarAppointment {
  const slotMs = Math.floor((12 * 60) / each / 5) * 5 * 60_000 || 60_000;
  const number = person * 31 + place * 7;
  const startsAtMs = Date.parse(`${day}T00:00:00Z`) + OPENS_HOUR * 3_600_000 + place * slotMs;
  const endsAtMs = startsAtMs + slotMs - (number % 3 === 0 ? 5 * 60_000 : 0);
  const status = statuses[number % statuses.length] as (typeof statuses)[number];
  return {
    id: `apt_${day}_${person}_${place}`,
    version: 1,
    staffId: `stf_${person}`,
    status,
    prepayment: 'none',
    startsAt: instant(startsAtMs),
    endsAt: instant(endsAtMs),
    busyFrom: instant(startsAtMs),
    busyTo: instant(startsAtMs + slotMs),
    clientId: `cli_${number}`,
    clientName: `Client ${number}`,
    clientPhone: null,
    serviceIds: ['srv_1'],
    serviceNames: number % 4 === 0 ? ['Haircut', 'Colouring'] : ['Haircut'],
    hasComment: number % 5 === 0,
    anyStaff: number % 4 === 0,
    costMinor: 5000,
    paidMinor: [0, 2000, 5000][number % 3] as number,
    holdExpiresAt: status === 'held' ? instant(startsAtMs + DAY_MS) : null,
    payment: null,
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
