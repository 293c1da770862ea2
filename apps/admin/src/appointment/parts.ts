import type { Appointment, ServicesWish } from '@holdfast/contract/calendar';
import { placeTimeOf } from './place-time.ts';

// The parts of the booking window that are saved by requests of their own. Each is plain data, so that it can be compared.

export interface TimePart {
  readonly staffId: string;
  readonly day: string;
  readonly time: string;
  readonly durationMinutes: number | null;
}

/** `costMinor` null: nothing typed; `wrong`: something that is no amount. */
export interface ServiceRow {
  readonly serviceId: string;
  readonly name: string;
  readonly costMinor: number | null;
  readonly wrong?: boolean;
}

export interface Parts {
  readonly time: TimePart;
  readonly services: readonly ServiceRow[];
  readonly comment: string;
}
export type PartName = keyof Parts;
export const partNames = ['time', 'services', 'comment'] as const satisfies readonly PartName[];

export function partsOf(appointment: Appointment): Parts {
  const { staffId, startsAt, durationMinutes, timeZone, services, comment } = appointment;
  return {
    time: { staffId, ...placeTimeOf(startsAt, timeZone), durationMinutes },
    services: services.map(({ serviceId, name, costMinor }) => ({ serviceId, name, costMinor })),
    comment,
  };
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A price that was cleared is the service's ordinary one, and so is that of a service that has just been added. */
export function toWantedServices(rows: readonly ServiceRow[]): ServicesWish['services'] {
  return rows.map(({ serviceId, costMinor }) => ({ serviceId, costMinor }));
}

/** What the visit will cost; `ordinary` is what a service costs with this team member. */
export function totalOf(rows: readonly ServiceRow[], ordinary: (serviceId: string) => number): number {
  return rows.reduce((sum, { serviceId, costMinor }) => sum + (costMinor ?? ordinary(serviceId)), 0);
}

/** What the services take one after the other with this team member; undefined while one of them is not known. */
export function lengthOf(rows: readonly Pick<ServiceRow, 'serviceId'>[], minutesOf: (serviceId: string) => number | undefined): number | undefined {
  return rows.reduce<number | undefined>((sum, { serviceId }) => {
    const minutes = minutesOf(serviceId);
    return sum === undefined || minutes === undefined ? undefined : sum + minutes;
  }, 0);
}
