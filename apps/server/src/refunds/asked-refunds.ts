import { toJsonAmount } from '@holdfast/contract/money';
import type { AskedRefund, WhyNotRefund } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { Refunder } from './change-refund.ts';
import { endSecondLook, type LookedAt, stillHolds } from './second-look.ts';

interface AskedRow {
  readonly kind: LookedAt['kind'];
  readonly id: string;
  readonly name: string | null;
  readonly clientId: string;
  readonly clientName: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly because: string;
  readonly at: Date;
  readonly by: string;
  readonly byId: string;
}

/** What one person wants to give back here, of accounts and memberships, and another one has not agreed to; longest waiting first. */
export async function readAskedRefunds({ db, now }: Pick<BookingContext, 'db' | 'now'>, by: Refunder): Promise<readonly AskedRefund[]> {
  const rows = await askedOf(db.read, by.place.scope, now());
  const sees = by.place.rights.has('clients.see');
  return rows.map((row) => ({
    of: { kind: row.kind, id: row.id, name: row.name },
    client: sees ? { id: row.clientId, name: row.clientName } : null,
    amountMinor: toJsonAmount(row.amountMinor),
    currency: row.currency,
    because: row.because,
    asked: { at: row.at.toISOString(), by: row.by },
    may: { agree: whyNotAgree(row, by), decline: by.place.rights.has('refunds.make') ? null : 'right_missing' },
  }));
}

/** As the deed will decide, as far as it is known before: it counts what else went back of the same. */
function whyNotAgree({ kind, amountMinor, byId }: AskedRow, { who, place: { rights, refundLimitMinor } }: Refunder): WhyNotRefund | null {
  const needed = kind === 'membership' ? (['refunds.make', 'transactions.delete', 'clients.see'] as const) : (['refunds.make'] as const);
  if (needed.some((right) => !rights.has(right))) return 'right_missing';
  if (refundLimitMinor !== undefined && amountMinor > refundLimitMinor) return 'over_limit';
  return byId === who.userId ? 'second_person' : null;
}

/** It is not given back, with the reason; who has asked may take it back so as well. Refuses with `not_found`. */
export async function declineAskedRefund(ctx: BookingContext, by: Refunder, subject: LookedAt, because: string): Promise<void> {
  const { scope } = by.place;
  await ctx.db.transaction(async (tx) => {
    const asked = (await askedOf(tx, scope, ctx.now())).find(({ kind, id }) => kind === subject.kind && id === subject.id);
    if (!asked || !(await endSecondLook(tx, scope, subject))) throw new Problem('not_found', 404, 'Nobody asks for this any more.');
    await noteAudit(tx, ctx, by.who, {
      action: 'refund.second_person_declined',
      subject: { kind: 'client', id: asked.clientId },
      locationId: scope.locationId,
      before: { [subject.kind]: subject.id, amountMinor: asked.amountMinor, currency: asked.currency, by: asked.by },
      after: { because },
    });
  });
}

async function askedOf(q: Queryable, { chainId, locationId }: Scope, now: Date): Promise<readonly AskedRow[]> {
  // an account's id begins with its client, and its type where it has one: `client~EUR`, `client~type~EUR`
  const { rows } = await sql<AskedRow>`
    select k.subject_kind kind, k.subject_id id, coalesce(m.name, t.name) name, c.client_id "clientId", c.name "clientName", k.amount_minor "amountMinor", k.currency,
           k.because, k.asked_at at, k.asked_by_name "by", k.asked_by_id "byId"
      from second_looks k
      left join memberships m on k.subject_kind = 'membership' and m.chain_id = k.chain_id and m.membership_id = k.subject_id
      left join account_types t on k.subject_kind = 'account' and split_part(k.subject_id, '~', 3) <> '' and t.chain_id = k.chain_id and t.type_id = split_part(k.subject_id, '~', 2)
      join clients c on c.chain_id = k.chain_id and c.client_id = coalesce(m.client_id, split_part(k.subject_id, '~', 1))
     where k.chain_id = ${chainId} and k.location_id = ${locationId} and ${stillHolds(now)} order by k.asked_at, k.subject_id`.execute(q);
  return rows;
}
