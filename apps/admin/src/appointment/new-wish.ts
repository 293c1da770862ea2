import type { AppointmentWish } from '@holdfast/contract/calendar';
import type { TextKey } from '../words.tsx';
import { type ServiceRow, toWantedServices } from './parts.ts';
import { instantOfPlaceTime } from './place-time.ts';

/** What is typed into the new appointment's window. */
export interface NewWish {
  readonly client: { readonly id: string; readonly name: string } | null;
  readonly isNew: boolean;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly services: readonly ServiceRow[];
  readonly staffId: string | null;
  readonly day: string;
  readonly time: string;
  /** null: as long as its services take. */
  readonly durationMinutes: number | null;
  readonly comment: string;
}

/** Why it cannot be sent as it is typed. */
export function whyNotYet(wish: NewWish, timeZone: string): TextKey | undefined {
  const { client, isNew, name, services, staffId, durationMinutes } = wish;
  if (isNew ? name.trim() === '' : !client) return 'appointment.not_yet.client';
  if (services.length === 0) return 'appointment.not_yet.services';
  if (services.some(({ wrong }) => wrong)) return 'appointment.not_yet.price';
  if (!staffId) return 'appointment.not_yet.staff';
  if (!instantOfPlaceTime(wish, timeZone)) return 'appointment.not_yet.time';
  if (durationMinutes !== null && (durationMinutes < 5 || durationMinutes > 1440)) return 'appointment.not_yet.length';
  return undefined;
}

/** Undefined: see {@link whyNotYet}. */
export function toAppointmentWish(wish: NewWish, timeZone: string, outsideHours: boolean): AppointmentWish | undefined {
  const startsAt = instantOfPlaceTime(wish, timeZone);
  if (whyNotYet(wish, timeZone) || !startsAt || !wish.staffId) return undefined;
  const { isNew, client, name, phone, email, staffId, services, durationMinutes, comment } = wish;
  return {
    client: !isNew && client ? { clientId: client.id } : { name: name.trim(), phone: phone.trim(), email: email.trim() },
    staffId,
    startsAt,
    services: toWantedServices(services),
    durationMinutes,
    comment,
    outsideHours,
  };
}
