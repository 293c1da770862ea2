import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { personOf, type Refunder, refused } from './change-refund.ts';
import { secondPersonFrom } from './store.ts';

/** What is left of this goes back, outside of the queue of refunds. */
export interface LookedAt {
  readonly kind: 'membership' | 'account';
  readonly id: string;
}

export interface SecondLook {
  readonly amountMinor: bigint;
  readonly because: string;
  readonly at: Date;
  readonly byId: string;
  readonly by: string;
}

/** Who asked a week ago asks again. */
const HOLDS_FOR_MS = 7 * 86_400_000;
export const stillHolds = (now: Date) => sql`asked_at > ${new Date(now.getTime() - HOLDS_FOR_MS)}`;

export async function readSecondLook(
  q: Queryable,
  { chainId, locationId }: Scope,
  { kind, id }: LookedAt,
  now: Date,
): Promise<SecondLook | undefined> {
  const { rows } = await sql<SecondLook>`
    select amount_minor "amountMinor", because, asked_at at, asked_by_id "byId", asked_by_name "by" from second_looks
     where chain_id = ${chainId} and location_id = ${locationId} and subject_kind = ${kind} and subject_id = ${id}
       and ${stillHolds(now)}`.execute(q);
  return rows[0];
}

export interface GivingBack {
  readonly subject: LookedAt;
  readonly clientId: string;
  readonly amountMinor: bigint;
  /** With what went back of the same thing before, or could go as well: not in pieces either. */
  readonly inAllMinor: bigint;
  readonly currency: string;
  readonly because: string;
}

/**
 * The same two limits as for refunds: the role's, and the location's above which two people look. Above that one, the first who asks is written down, and
 * somebody else who asks for no more carries it out. The thing itself is locked. Answers whether it is to be done now, and who asked before.
 * Refuses with `right_missing`, `second_person_needed` (one has asked oneself).
 */
export async function mayGiveBack(tx: Tx, ctx: BookingContext, by: Refunder, giving: GivingBack): Promise<{ now: boolean; askedBy?: string }> {
  const { subject, amountMinor, inAllMinor, currency, because } = giving;
  const { rights, refundLimitMinor, scope } = by.place;
  if (!rights.has('refunds.make')) throw rightMissing('refunds.make');
  if (refundLimitMinor !== undefined && inAllMinor > refundLimitMinor) throw refused('over_limit');
  const from = await secondPersonFrom(tx, scope);
  if (from === null || inAllMinor <= from) {
    await endSecondLook(tx, scope, subject);
    return { now: true };
  }
  const at = ctx.now();
  const { id, name } = personOf(by);
  const first = await readSecondLook(tx, scope, subject, at);
  if (first && amountMinor <= first.amountMinor) {
    if (first.byId === id) throw refused('second_person');
    // declined in the same second
    if (!(await endSecondLook(tx, scope, subject))) throw new Problem('changed_meanwhile', 409, 'Somebody has just declined it.');
    return { now: true, askedBy: first.by };
  }
  await sql`
    insert into second_looks (chain_id, location_id, subject_kind, subject_id, amount_minor, currency, because, asked_at, asked_by_id, asked_by_name)
    values (${scope.chainId}, ${scope.locationId}, ${subject.kind}, ${subject.id}, ${amountMinor}, ${currency}, ${because}, ${at}, ${id}, ${name})
    on conflict on constraint second_looks_pk do update
       set amount_minor = excluded.amount_minor, currency = excluded.currency, because = excluded.because, asked_at = excluded.asked_at,
           asked_by_id = excluded.asked_by_id, asked_by_name = excluded.asked_by_name`.execute(tx);
  await noteAudit(tx, ctx, by.who, {
    action: 'refund.second_person_asked',
    subject: { kind: 'client', id: giving.clientId },
    locationId: scope.locationId,
    after: { [subject.kind]: subject.id, amountMinor, currency, because },
  });
  return { now: false };
}

/** Answers whether somebody had asked. */
export async function endSecondLook(tx: Tx, { chainId, locationId }: Scope, { kind, id }: LookedAt): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from second_looks where chain_id = ${chainId} and location_id = ${locationId} and subject_kind = ${kind} and subject_id = ${id}`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}
