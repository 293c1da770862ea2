import type { MessageChannel, MessageKind } from '@holdfast/contract/message-kinds';
import type { MoneyPlace } from '@holdfast/contract/simulation';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** Whom a story is about, by the ids the program gave them. */
export interface Cast {
  readonly bookingIds: readonly string[];
  readonly appointmentIds: readonly string[];
  /** Of payments at the provider that are in no book here. */
  readonly strangers: readonly string[];
}

/** When something is due next, after this moment: looks at payments, events that wait, holds that run out, messages. */
export async function nextDue(q: Queryable, after: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ due: Date | null }>`
    select min(due) due from (
      select min(look_at) due from payment_attempts where look_at > ${after}
      union all select min(try_at) from webhook_inbox where try_at > ${after}
      union all select min(due_at) from outbox where due_at > ${after}
      union all select min(due_at) from messages where due_at > ${after}
      union all select min(frees_at) from appointments where status = 'held' and frees_at > ${after}) x`.execute(q);
  return rows[0]?.due ?? undefined;
}

/** The newest payment for this appointment, as the provider calls it. */
export async function newestPaymentOf(q: Queryable, appointmentId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select a.provider_payment_id id from payment_attempts a join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id
     where l.purpose_id = ${appointmentId} and a.provider_payment_id is not null order by a.created_at desc, a.attempt_id desc limit 1`.execute(q);
  return rows[0]?.id;
}

export async function bookingOf(q: Queryable, appointmentId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select booking_id id from appointments where appointment_id = ${appointmentId}`.execute(q);
  return rows[0]?.id;
}

export interface Change {
  readonly key: string;
  readonly at: Date;
  readonly appointmentId: string;
  readonly what: string;
  readonly status: AppointmentStatus;
}

export async function changesOf(q: Queryable, { appointmentIds }: Cast): Promise<readonly Change[]> {
  const { rows } = await sql<Change>`
    select c.appointment_id || '/' || c.change_no key, c.at, c.appointment_id "appointmentId", c.what, a.status
      from appointment_changes c join appointments a on a.chain_id = c.chain_id and a.appointment_id = c.appointment_id
     where c.appointment_id = any(${[...appointmentIds]}::text[]) order by c.at, c.change_no`.execute(q);
  return rows;
}

export interface Posted {
  readonly key: string;
  readonly at: Date;
  readonly from: MoneyPlace;
  readonly to: MoneyPlace;
  readonly amountMinor: bigint;
  readonly currency: string;
}

const attemptsOf = ({ appointmentIds }: Cast) =>
  sql`(select l.attempt_id from payment_lines l where l.purpose_id = any(${[...appointmentIds]}::text[]))`;

/** What was posted for these visits; every posting of a payment says for which. */
export async function postingsOf(q: Queryable, cast: Cast): Promise<readonly Posted[]> {
  const { rows } = await sql<Posted>`
    select p.entry_id || '/' || p.posting_no key, e.recorded_at at, f.kind "from", t.kind "to", p.amount_minor "amountMinor", p.currency
      from ledger_entries e
      join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
      join ledger_accounts f on f.chain_id = p.chain_id and f.account_id = p.from_account_id
      join ledger_accounts t on t.chain_id = p.chain_id and t.account_id = p.to_account_id
     where p.purpose_id = any(${[...cast.bookingIds, ...cast.appointmentIds]}::text[])
     order by e.recorded_at, p.entry_id, p.posting_no`.execute(q);
  return rows;
}

export interface Said {
  readonly key: string;
  readonly at: Date;
  readonly subjectId: string;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly subject: string;
  readonly body: string;
}

export async function messagesOf(q: Queryable, { bookingIds, appointmentIds }: Cast): Promise<readonly Said[]> {
  const { rows } = await sql<Said>`
    select message_id key, sent_at at, subject_id "subjectId", kind, channel, coalesce(subject, '') subject, coalesce(body, '') body
      from messages where status = 'sent' and subject_id = any(${[...bookingIds, ...appointmentIds]}::text[]) order by sent_at, message_id`.execute(
    q,
  );
  return rows;
}

export interface Asked {
  readonly key: string;
  readonly at: Date;
  readonly kind: string;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly open: boolean;
}

export async function attentionOf(q: Queryable, cast: Cast): Promise<readonly Asked[]> {
  const subjects = [...cast.bookingIds, ...cast.appointmentIds, ...cast.strangers];
  const { rows } = await sql<Asked>`
    select attention_id key, opened_at at, kind, amount_minor "amountMinor", currency, resolved_at is null open from attention
     where subject_id = any(${subjects}::text[]) or attempt_id in ${attemptsOf(cast)} order by opened_at, attention_id`.execute(q);
  return rows;
}

export interface AttemptSums {
  readonly reference: string;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly placedMinor: bigint;
  readonly linesRefundedMinor: bigint;
  readonly postedMinor: bigint;
  readonly postedBackMinor: bigint;
}

/** What each payment came to in attempts, in their lines and in the ledger. */
export async function sumsOf(q: Queryable, cast: Cast): Promise<readonly AttemptSums[]> {
  const { rows } = await sql<AttemptSums>`
    select a.reference, a.captured_minor "capturedMinor", a.refunded_minor "refundedMinor", l.placed "placedMinor", l.refunded "linesRefundedMinor",
           coalesce(p.captured, 0)::bigint "postedMinor", coalesce(p.refunded, 0)::bigint "postedBackMinor"
      from payment_attempts a
      cross join lateral (select coalesce(sum(placed_minor), 0)::bigint placed, coalesce(sum(refunded_minor), 0)::bigint refunded from payment_lines
                           where chain_id = a.chain_id and attempt_id = a.attempt_id) l
      cross join lateral (select sum(p.amount_minor) filter (where e.cause_kind in ('payment_captured', 'payment_captured_more')) captured,
                                 sum(p.amount_minor) filter (where e.cause_kind = 'provider_refund') refunded
                            from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
                           where e.chain_id = a.chain_id and split_part(e.cause_id, ':', 1) = a.attempt_id) p
     where a.attempt_id in ${attemptsOf(cast)} order by a.created_at, a.attempt_id`.execute(q);
  return rows;
}

/** Whose appointment has this time now. */
export async function holderOf(q: Queryable, { appointmentIds }: Cast): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select source_id id from occupancy where source_kind = 'appointment' and source_id = any(${[...appointmentIds]}::text[]) limit 1`.execute(q);
  return rows[0]?.id;
}

export async function statusOf(q: Queryable, appointmentId: string): Promise<AppointmentStatus | undefined> {
  const { rows } = await sql<{ status: AppointmentStatus }>`select status from appointments where appointment_id = ${appointmentId}`.execute(q);
  return rows[0]?.status;
}

/** Which providers this location has connected today. */
export async function connectedProviders(q: Queryable, { chainId, locationId }: Scope): Promise<readonly string[]> {
  const { rows } = await sql<{ provider: string }>`
    select distinct provider from provider_connections
     where chain_id = ${chainId} and location_id = ${locationId} and archived_at is null`.execute(q);
  return rows.map(({ provider }) => provider);
}
