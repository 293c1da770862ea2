import { toJsonAmount } from '@holdfast/contract/money';
import type { MyBooking, MyBookings, MyBookingsAsked } from '@holdfast/contract/my-bookings';
import { type AppointmentStatus, occupyingStatuses } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { readPhone } from '../clients/read-phone.ts';
import { Problem } from '../kit/problem.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';

const MOST_PAST = 50;

interface Row {
  readonly bookingId: string;
  readonly appointmentId: string;
  readonly status: AppointmentStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly services: readonly string[];
  readonly staffName: string;
  readonly places: number;
  readonly slug: string;
  readonly name: string;
  readonly address: string;
  readonly timeZone: string;
  readonly paidMinor: bigint;
  readonly currency: string;
}

/**
 * What somebody who has just confirmed this telephone has booked with the chain. Whoever has the telephone may see, move and cancel all of it. Refuses with
 * `invalid_phone`, and with `phone_not_confirmed` also a day after it was confirmed.
 */
export async function myBookings(ctx: BookingContext, scope: Scope, asked: MyBookingsAsked): Promise<MyBookings> {
  const { catalog } = await freshRules(ctx, scope);
  const phone = readPhone(asked.phone, catalog.location.country);
  const at = ctx.now();
  const { rows: confirmed } = await sql<{ is: boolean }>`
    select phone_is_confirmed(${scope.chainId}, ${scope.locationId}, ${asked.draftId}, ${phone}, ${asked.proof}, ${at}) "is"`.execute(ctx.db.read);
  if (!confirmed[0]?.is) throw new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.');
  const { rows } = await sql<Row & { upcoming: boolean }>`
    with theirs as (
      select a.*, a.ends_at > ${at} and a.status = any(${[...occupyingStatuses]}) and a.status <> 'no_show' upcoming
        from clients c join appointments a on a.chain_id = c.chain_id and a.client_id = coalesce(c.merged_into, c.client_id)
       where c.chain_id = ${scope.chainId} and c.phone = ${phone}),
    shown as (
      (select * from theirs where upcoming) union all
      (select * from theirs where not upcoming order by starts_at desc, appointment_id limit ${MOST_PAST}))
    select a.booking_id "bookingId", a.appointment_id "appointmentId", a.status, a.starts_at "startsAt", a.ends_at "endsAt", s.name "staffName", a.places, l.slug,
           l.name, l.address, l.time_zone "timeZone", a.paid_minor "paidMinor", a.currency, a.upcoming,
           (select coalesce(jsonb_agg(v.name order by v.line_no), '[]') from appointment_services v
             where v.chain_id = a.chain_id and v.appointment_id = a.appointment_id) services
      from shown a join locations l on l.chain_id = a.chain_id and l.location_id = a.location_id
      join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
     order by case when a.upcoming then a.starts_at end, a.starts_at desc, a.appointment_id`.execute(ctx.db.read);
  const shown = (row: Row) => myBookingOf(row, ctx.tokens.sign(scope.chainId, row.bookingId));
  return {
    upcoming: rows.filter(({ upcoming }) => upcoming).map(shown),
    past: rows.filter(({ upcoming }) => !upcoming).map(shown),
    now: at.toISOString(),
  };
}

function myBookingOf({ slug, name, address, timeZone, ...row }: Row, token: string): MyBooking {
  return {
    token,
    appointmentId: row.appointmentId,
    status: row.status,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    services: [...row.services],
    staffName: row.staffName,
    places: row.places,
    location: { slug, name, address, timeZone },
    paidMinor: toJsonAmount(row.paidMinor),
    currency: row.currency,
  };
}
