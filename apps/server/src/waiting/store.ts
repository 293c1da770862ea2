import type { BookingWish } from '@holdfast/contract/booking';
import type { WaitingPromise, WaitingStatus } from '@holdfast/contract/waiting-words';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export interface EntryRow {
  readonly entryId: string;
  readonly kind: 'event' | 'day';
  readonly eventId: string | null;
  readonly serviceIds: readonly string[] | null;
  readonly staffId: string | null;
  readonly day: string | null;
  readonly fromMinute: number | null;
  readonly toMinute: number | null;
  readonly lineNo: number;
  readonly places: number;
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string; readonly comment: string };
  readonly phone: string;
  readonly phoneConfirmed: boolean;
  readonly language: string;
  readonly linkId: string;
  readonly consent: BookingWish['consent'];
  readonly promise: WaitingPromise;
  readonly accountTypeId: string | null;
  readonly quoteId: string | null;
  readonly byUser: { readonly id: string; readonly name: string } | null;
  readonly status: WaitingStatus;
  readonly offeredUntil: Date | null;
  readonly offer: { readonly staffId: string; readonly startsAt: string } | null;
  readonly bookingId: string | null;
  readonly joinedAt: Date;
}

const COLUMNS = sql`
  w.entry_id "entryId", w.kind, w.event_id "eventId", w.service_ids "serviceIds", w.staff_id "staffId", w.day::text "day", w.from_minute "fromMinute", w.to_minute "toMinute",
  w.line_no "lineNo", w.places, w.contact, w.phone, w.phone_confirmed_at is not null "phoneConfirmed", w.language, w.link_id "linkId", w.consent, w.promise,
  w.account_type_id "accountTypeId", w.quote_id "quoteId", w.by_user "byUser", w.status, w.offered_until "offeredUntil", w.offer, w.booking_id "bookingId", w.joined_at "joinedAt"`;

export async function entryById(q: Queryable, { chainId, locationId }: Scope, entryId: string): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`
    select ${COLUMNS} from waiting_entries w
     where w.chain_id = ${chainId} and w.location_id = ${locationId} and w.entry_id = ${entryId}`.execute(q);
  return rows[0];
}

/** Of one event or one day, in order. */
export async function entriesOf(
  q: Queryable,
  { chainId, locationId }: Scope,
  line: { eventId: string } | { day: string },
): Promise<readonly EntryRow[]> {
  const which = 'eventId' in line ? sql`w.kind = 'event' and w.event_id = ${line.eventId}` : sql`w.kind = 'day' and w.day = ${line.day}::date`;
  const { rows } = await sql<EntryRow>`
    select ${COLUMNS} from waiting_entries w
     where w.chain_id = ${chainId} and w.location_id = ${locationId} and ${which} order by w.line_no`.execute(q);
  return rows;
}

/** Who is before this entry and still waits or has an offer. */
export async function aheadOf(q: Queryable, { chainId, locationId }: Scope, entryId: string): Promise<{ parties: number; places: number }> {
  const { rows } = await sql<{ parties: number; places: number }>`
    select count(*)::int parties, coalesce(sum(o.places), 0)::int places
      from waiting_entries w join waiting_entries o on o.chain_id = w.chain_id and o.kind = w.kind and o.line_no < w.line_no and o.status in ('waiting', 'offered')
       and case w.kind when 'event' then o.event_id = w.event_id else o.location_id = w.location_id and o.day = w.day end
     where w.chain_id = ${chainId} and w.location_id = ${locationId} and w.entry_id = ${entryId}`.execute(q);
  return rows[0] ?? { parties: 0, places: 0 };
}

/** Of each of these entries what its page shows, in one word: another word, another page. */
export async function printsOf(q: Queryable, { chainId, locationId }: Scope, entryIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; print: string }>`
    select w.entry_id id, concat_ws('|', w.status, w.offered_until, w.offer, w.booking_id, l.rules_version, e.status, e.revision, o.parties, o.places) print
      from waiting_entries w
      join locations l on l.chain_id = w.chain_id and l.location_id = w.location_id
      left join events e on e.chain_id = w.chain_id and e.event_id = w.event_id
      left join lateral (
        select count(*) parties, sum(o.places) places from waiting_entries o
         where o.chain_id = w.chain_id and o.kind = w.kind and o.line_no < w.line_no and o.status in ('waiting', 'offered')
           and case w.kind when 'event' then o.event_id = w.event_id else o.location_id = w.location_id and o.day = w.day end) o on true
     where w.chain_id = ${chainId} and w.location_id = ${locationId} and w.entry_id = any(${[...entryIds]})`.execute(q);
  return new Map(rows.map(({ id, print }) => [id, print]));
}

export interface LogRow {
  readonly no: bigint;
  readonly at: Date;
  readonly entryId: string;
  readonly what: string;
  readonly detail: Record<string, unknown>;
}

/** What happened to these entries, newest first. */
export async function logOf(q: Queryable, { chainId, locationId }: Scope, entryIds: readonly string[], most: number): Promise<readonly LogRow[]> {
  const { rows } = await sql<LogRow>`
    select log_no "no", at, entry_id "entryId", what, detail from waiting_log
     where chain_id = ${chainId} and location_id = ${locationId} and entry_id = any(${[...entryIds]}) order by log_no desc limit ${most}`.execute(q);
  return rows;
}

export async function eventCapacity(q: Queryable, { chainId, locationId }: Scope, eventId: string): Promise<number> {
  const { rows } = await sql<{ capacity: number }>`
    select capacity from events where chain_id = ${chainId} and location_id = ${locationId} and event_id = ${eventId}`.execute(q);
  return rows[0]?.capacity ?? 0;
}
