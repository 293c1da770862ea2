import type { AppointmentStatus } from '@holdfast/contract/steps';
import { Temporal } from 'temporal-polyfill';
import type { DayHours, DemoLocation, DemoService, DemoStaff, Minutes, OwnTerms } from './demo-location.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** How far the demo reaches around today. */
const PAST_DAYS = 21;
const FUTURE_DAYS = 21;
/** Shift work has no weekly pattern, so its dates are written out as far as clients can book. */
const SHIFT_DAYS = 75;
/** Starts lie on the grid that clients are offered. */
const STEP_MINUTES = 15;

export interface DatedHours {
  readonly staff: DemoStaff;
  readonly day: string;
  readonly hours: DayHours;
}

export interface DatedBreak {
  readonly staff: DemoStaff;
  readonly from: Date;
  readonly to: Date;
}

export interface BookedService {
  readonly service: DemoService;
  readonly own: OwnTerms;
  readonly minutes: number;
}

export interface DemoAppointment {
  readonly staff: DemoStaff;
  readonly services: readonly BookedService[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** With buffers. */
  readonly busyFrom: Date;
  readonly busyTo: Date;
  readonly status: AppointmentStatus;
  readonly bookedAt: Date;
  /** Which of the location's clients: an index into its first names. */
  readonly client: number;
  readonly anyStaff: boolean;
}

export interface DemoCalendar {
  readonly datedHours: readonly DatedHours[];
  readonly breaks: readonly DatedBreak[];
  readonly appointments: readonly DemoAppointment[];
}

/** Three weeks back and three ahead, about half full, as if clients had booked there. Pure: the same day gives the same calendar. */
export function fillCalendar(location: DemoLocation, now: Date): DemoCalendar {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(location.timeZone).toPlainDate();
  const datedHours: DatedHours[] = [];
  const breaks: DatedBreak[] = [];
  const appointments: DemoAppointment[] = [];
  for (let offset = -PAST_DAYS; offset <= SHIFT_DAYS; offset++) {
    const date = today.add({ days: offset });
    const visitors = new Set<number>();
    for (const staff of location.staff) {
      const dated = staff.exceptions?.[offset] ?? shiftOn(staff, date);
      if (dated) datedHours.push({ staff, day: date.toString(), hours: dated });
      if (offset > FUTURE_DAYS) continue;
      const worked = dated ?? staff.week[date.dayOfWeek] ?? { works: [], breaks: [] };
      const taken = staff.dated?.[offset];
      const local = (minute: number) => instantAt(location, date, minute);
      if (taken) breaks.push({ staff, from: local(taken[0]), to: local(taken[1]) });
      const random = seededRandom(`${location.key} ${staff.key} ${date.toString()}`);
      const free = without(worked.works, taken ? [...worked.breaks, taken] : worked.breaks);
      appointments.push(...fillDay({ location, staff, free, local, random, visitors, now, fullness: fullnessOn(offset, random) }));
    }
  }
  return { datedHours, breaks, appointments };
}

/** Calendars are fuller where more time for booking has passed; now and then comes a quiet day, with room for the long services. */
function fullnessOn(offset: number, random: SeededRandom): number {
  if (random.chance(0.2)) return 0.2;
  if (offset <= 0) return 0.65;
  return offset <= 7 ? 0.6 : offset <= 14 ? 0.55 : 0.4;
}

function shiftOn(staff: DemoStaff, date: Temporal.PlainDate): DayHours | undefined {
  if (!staff.shifts) return undefined;
  const { on, off, hours } = staff.shifts;
  const epochDay = Math.floor(date.toZonedDateTime('UTC').epochMilliseconds / 86_400_000);
  return epochDay % (on + off) < on ? hours : { works: [], breaks: [] };
}

/** A local wall-clock minute as an instant; a minute the clocks jump over is read as the later one (nobody works then). */
function instantAt(location: DemoLocation, date: Temporal.PlainDate, minute: number): Date {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return new Date(date.toZonedDateTime({ timeZone: location.timeZone, plainTime: time }).epochMilliseconds);
}

interface DayToFill {
  readonly location: DemoLocation;
  readonly staff: DemoStaff;
  readonly free: readonly Minutes[];
  readonly local: (minute: number) => Date;
  readonly random: SeededRandom;
  /** Who comes on that day already: nobody is in two places. */
  readonly visitors: Set<number>;
  readonly now: Date;
  readonly fullness: number;
}

function fillDay({ location, staff, free, local, random, visitors, now, fullness }: DayToFill): readonly DemoAppointment[] {
  const made: DemoAppointment[] = [];
  for (const [from, to] of free) {
    let cursor = from;
    while (cursor < to) {
      if (!random.chance(fullness)) {
        cursor += random.pick([30, 45, 60, 75]);
        continue;
      }
      const services = pickServices(location, staff, random);
      const before = services[0]?.service.bufferBefore ?? 0;
      const after = services.at(-1)?.service.bufferAfter ?? 0;
      const start = Math.ceil((cursor + before) / STEP_MINUTES) * STEP_MINUTES;
      const end = start + services.reduce((sum, one) => sum + one.minutes, 0);
      if (end + after > to) {
        cursor += STEP_MINUTES * 2;
        continue;
      }
      const startsAt = local(start);
      const endsAt = local(end);
      const status = statusAt(startsAt, endsAt, now, random);
      made.push({
        staff,
        services,
        startsAt,
        endsAt,
        busyFrom: local(start - before),
        busyTo: local(end + after),
        status,
        bookedAt: bookedBefore(startsAt, now, random),
        client: pickVisitor(location, visitors, random),
        anyStaff: random.chance(0.2),
      });
      // what was cancelled is free again: the next one may stand in the same place
      cursor = status === 'cancelled' ? start : end + after;
    }
  }
  return made;
}

/** One service, sometimes a second one straight after it (only where neither needs time around it). */
function pickServices(location: DemoLocation, staff: DemoStaff, random: SeededRandom): readonly BookedService[] {
  const offered = location.services.filter((service) => service.key in staff.does);
  const booked = (service: DemoService): BookedService => {
    const own = staff.does[service.key] ?? {};
    return { service, own, minutes: own.minutes ?? service.minutes };
  };
  const first = random.pick(offered);
  const plain = offered.filter((service) => service !== first && service.minutes <= 60 && !service.bufferBefore && !service.bufferAfter);
  if (first.bufferBefore || first.bufferAfter || plain.length === 0 || !random.chance(0.15)) return [booked(first)];
  return [booked(first), booked(random.pick(plain))];
}

function pickVisitor(location: DemoLocation, visitors: Set<number>, random: SeededRandom): number {
  let client = random.between(0, location.clientNames.length - 1);
  while (visitors.has(client) && visitors.size < location.clientNames.length) client = (client + 1) % location.clientNames.length;
  visitors.add(client);
  return client;
}

function statusAt(startsAt: Date, endsAt: Date, now: Date, random: SeededRandom): AppointmentStatus {
  if (random.chance(0.08)) return 'cancelled';
  if (endsAt <= now) return random.chance(0.06) ? 'no_show' : 'arrived';
  if (startsAt <= now) return 'arrived';
  return random.chance(0.45) ? 'confirmed' : 'waiting';
}

/** Hours to two weeks before the visit, and before now. */
function bookedBefore(startsAt: Date, now: Date, random: SeededRandom): Date {
  const latest = Math.min(startsAt.getTime() - 2 * 3_600_000, now.getTime() - 600_000);
  return new Date(latest - random.between(0, 14 * 24 * 60) * 60_000);
}

/** Working hours less what takes time from them. */
function without(works: readonly Minutes[], holes: readonly Minutes[]): readonly Minutes[] {
  return holes.reduce<readonly Minutes[]>(
    (left, [from, to]) =>
      left.flatMap(([start, end]): Minutes[] => {
        const parts: Minutes[] = [
          [start, Math.min(end, from)],
          [Math.max(start, to), end],
        ];
        return parts.filter(([partStart, partEnd]) => partStart < partEnd);
      }),
    works,
  );
}
