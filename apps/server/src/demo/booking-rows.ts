import { createHash } from 'node:crypto';
import { currencyExponent } from '@holdfast/contract/currency-exponent';
import { occupyingStatuses } from '@holdfast/contract/steps';
import { type DemoLocation, demoId, demoTax } from './demo-location.ts';
import type { DemoAppointment } from './fill-calendar.ts';

/** One appointment and all that a claim would have written for it. It was booked before online payment was connected, and says so. */
export function bookingRows(location: DemoLocation, here: { chain_id: string; location_id: string }, appointment: DemoAppointment, no: string) {
  const { chain_id } = here;
  const id = (kind: string) => demoId(kind, location, no);
  const minor = (amount: number) => amount * 10 ** currencyExponent(location.currency);
  const client_id = demoId('cli', location, number(appointment.client));
  const staff_id = demoId('stf', location, appointment.staff.key);
  const { phone, email } = contactOf(location, appointment.client);
  const lines = appointment.services.map(({ service, own, minutes }, line_no) => ({
    chain_id,
    appointment_id: id('apt'),
    line_no,
    service_id: demoId('srv', location, service.key),
    name: service.name,
    duration_minutes: minutes,
    price_min_minor: minor((own.price ?? service.price)[0]),
    price_max_minor: minor((own.price ?? service.price)[1]),
    policy: { status: 'not_available', reason: 'method_off' },
    pay: 'later',
    tax: demoTax(location),
  }));
  const sum = (column: 'price_min_minor' | 'price_max_minor') => lines.reduce((total, line) => total + line[column], 0);
  const busy = range(appointment.busyFrom, appointment.busyTo);
  const changes = historyOf(appointment);
  const addressHash = hash(`address of ${client_id}`);
  const draft = `draft_${location.key}_${no}`;
  return {
    bookings: [
      {
        ...here,
        booking_id: id('bkg'),
        client_id,
        draft_id: draft,
        live_draft: draft,
        wish_hash: hash(`${draft} ${appointment.startsAt.toISOString()}`),
        language: location.language,
        contact: { name: location.clientNames[appointment.client], phone, email },
        phone,
        address_hash: addressHash,
        comment: '',
        currency: location.currency,
        created_at: appointment.bookedAt,
      },
    ],
    appointments: [
      {
        ...here,
        appointment_id: id('apt'),
        booking_id: id('bkg'),
        line_no: 0,
        client_id,
        staff_id,
        any_staff: appointment.anyStaff,
        status: appointment.status,
        starts_at: appointment.startsAt,
        ends_at: appointment.endsAt,
        busy,
        price_min_minor: sum('price_min_minor'),
        price_max_minor: sum('price_max_minor'),
        due_minor: 0,
        currency: location.currency,
        required: false,
        terms: {
          version: 1,
          cancellation: location.cancellation,
          text: location.terms[location.language],
        },
        consent: { terms: true, version: 1, at: appointment.bookedAt, addressHash },
        created_at: appointment.bookedAt,
        changed_at: changes.at(-1)?.at,
      },
    ],
    appointment_services: lines,
    appointment_changes: changes.map(({ at, what, by }, change) => ({
      chain_id,
      appointment_id: id('apt'),
      change_no: change + 1,
      at,
      what,
      by_whom: by,
    })),
    occupancy: (occupyingStatuses as readonly string[]).includes(appointment.status)
      ? [{ ...here, resource_id: staff_id, span: busy, source_kind: 'appointment', source_id: id('apt') }]
      : [],
  };
}

/** How the appointment came to its status; nothing in it lies ahead of the visit's own end. */
function historyOf({ status, bookedAt, startsAt }: DemoAppointment): readonly { at: Date; what: string; by: string }[] {
  const booked = { at: bookedAt, what: 'booked', by: 'client' };
  const soonAfter = new Date(bookedAt.getTime() + 5 * 60_000);
  switch (status) {
    case 'confirmed':
      return [booked, { at: soonAfter, what: 'confirmed', by: 'staff' }];
    case 'cancelled':
      return [booked, { at: soonAfter, what: 'cancelled', by: 'client' }];
    case 'arrived':
    case 'no_show':
      return [booked, { at: soonAfter, what: 'confirmed', by: 'staff' }, { at: startsAt, what: status, by: 'staff' }];
    default:
      return [booked];
  }
}

/** Addresses that reach nobody: +44 7700 900… is kept free for fiction by Ofcom, example.com by RFC 2606. */
export function contactOf(location: DemoLocation, client: number): { phone: string; email: string } {
  const block = { kyiv: '1', lisbon: '2' }[location.key] ?? '3';
  return { phone: `+447700900${block}${String(client).padStart(2, '0')}`, email: `client${client + 1}.${location.key}@example.com` };
}

/** `0` → `0001` */
export function number(no: number): string {
  return String(no + 1).padStart(4, '0');
}

/** A half-open `tstzrange`. */
export function range(from: Date, to: Date): string {
  return `[${from.toISOString()},${to.toISOString()})`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
