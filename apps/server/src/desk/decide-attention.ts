import type { AttentionList } from '@holdfast/contract/checkout';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { withinLastDays } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { lockVisit } from '../booking/read-visit.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { resolveAttention } from '../payments/resolve-attention.ts';
import { mayBeDecided } from './attention-rules.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

interface Open {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly appointmentId: string | null;
  readonly clientName: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly openedAt: Date;
}

const MOST = 500;

async function openOnes(q: Queryable, { scope }: Place, id: string | null): Promise<readonly Open[]> {
  const { rows } = await sql<Open>`
    select t.attention_id id, t.kind, t.subject_kind "subjectKind", t.subject_id "subjectId", a.appointment_id "appointmentId", c.name "clientName",
           t.amount_minor "amountMinor", t.currency, t.opened_at "openedAt"
      from attention t
      left join lateral (
        select x.appointment_id, x.client_id from appointments x where x.chain_id = t.chain_id
           and (x.appointment_id = t.subject_id and t.subject_kind in ('appointment', 'visit') or x.booking_id = t.subject_id and t.subject_kind = 'booking')
         order by x.line_no limit 1) a on true
      left join clients c on c.chain_id = t.chain_id and c.client_id = a.client_id
     where t.chain_id = ${scope.chainId} and t.location_id = ${scope.locationId} and t.resolved_at is null and (${id}::text is null or t.attention_id = ${id})
     order by t.opened_at, t.attention_id limit ${MOST}`.execute(q);
  return rows;
}

/** What a person has to look at here, oldest first. */
export async function readAttention(ctx: BookingContext, place: Place): Promise<AttentionList> {
  const rows = await openOnes(ctx.db.read, place, null);
  return {
    items: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      subject: { kind: row.subjectKind, id: row.subjectId },
      appointmentId: row.appointmentId,
      clientName: place.rights.has('clients.see') ? row.clientName : null,
      amountMinor: row.amountMinor === null ? null : Number(row.amountMinor),
      currency: row.currency,
      openedAt: row.openedAt.toISOString(),
      resolutions: [...mayBeDecided(row.kind)],
    })),
  };
}

/**
 * Takes it out of the queue, with what was decided and by whom. No money moves. Refuses with `not_found`, `right_missing` (too long ago), `step_not_allowed`
 * (not for this kind) and `choice_already_made`.
 */
export async function decideAttention(
  ctx: BookingContext,
  { who, place }: AtDesk,
  id: string,
  { resolution, because }: { resolution: 'kept_as_credit' | 'noted'; because: string },
): Promise<void> {
  const { scope } = place;
  const [one] = await openOnes(ctx.db.read, place, id);
  if (!one) throw new Problem('not_found', 404, 'There is nothing of this kind to be decided.');
  if (!mayBeDecided(one.kind).includes(resolution)) throw new Problem('step_not_allowed', 409, 'This cannot be decided so.');
  const recent = withinLastDays(place, 'transactions.edit', one.openedAt, ctx.now(), await timeZoneOf(ctx.db.read, scope));
  if (!recent) throw rightMissing('transactions.edit');
  await ctx.db.transaction(async (tx) => {
    // the client may be choosing at this moment
    if (one.appointmentId) await lockVisit(tx, scope, one.appointmentId);
    if (!(await resolveAttention(tx, scope, id, resolution, ctx.now())))
      throw new Problem('choice_already_made', 409, 'This has been decided already.');
    await noteAudit(tx, ctx, who, {
      action: 'attention.decided',
      subject: { kind: 'attention', id },
      locationId: scope.locationId,
      before: { kind: one.kind },
      after: { resolution, because },
    });
  });
}
