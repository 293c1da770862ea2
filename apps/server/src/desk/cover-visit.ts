import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import { noteCover } from '../booking/note-cover.ts';
import { lockVisit } from '../booking/read-visit.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { coverOfVisit, takeCover } from '../memberships/cover-of-visit.ts';
import { type AtDesk, takeForVisit } from './take-for-visit.ts';

/**
 * What of a visit the client's memberships cover is paid with them: then that is not due. Refuses with `membership_not_usable` (`reason`), and as
 * {@link takeForVisit} does; a hold that waits for its payment is paid or let go first (`step_not_allowed`).
 */
export async function coverVisit(ctx: BookingContext, desk: AtDesk, appointmentId: string, version: number): Promise<void> {
  const { scope } = desk.place;
  const offered = await coverOfVisit(ctx.db.read, scope, appointmentId, ctx.now());
  if (offered.lines.length === 0)
    throw new Problem('membership_not_usable', 409, 'No membership of this client covers that.', { reason: offered.reason ?? 'none' });
  const amountMinor = offered.lines.reduce((sum, one) => sum + one.costMinor, 0);
  await takeForVisit(ctx, scope, appointmentId, {
    amountMinor,
    version,
    isRepeated: async () => false,
    async refuse(_tx, visit) {
      if (visit.status === 'held') throw new Problem('step_not_allowed', 409, 'The client is to pay for this time.', { reason: 'held' });
    },
    async take(tx, visit) {
      const at = ctx.now();
      const taken = await takeCover(tx, scope, {
        appointmentId,
        clientId: visit.clientId,
        serviceIds: offered.lines.map(({ serviceId }) => serviceId),
        at,
      });
      await note(tx, ctx, desk, appointmentId, 'covered_by_membership', taken);
    },
  });
}

/** It is paid another way after all: the visits come back, whatever had become of them, and what they covered is due again. */
export async function uncoverVisit(ctx: BookingContext, desk: AtDesk, appointmentId: string, version: number): Promise<void> {
  const { scope } = desk.place;
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    if (visit.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody has changed this visit meanwhile.');
    const given = await giveBack(tx, scope, appointmentId, ctx.now());
    if (given.length === 0) throw new Problem('nothing_to_pay', 409, 'No membership covers this visit.', {});
    await note(tx, ctx, desk, appointmentId, 'membership_cover_undone', given);
  });
}

async function giveBack(tx: Tx, { chainId }: Scope, appointmentId: string, at: Date): Promise<readonly { membershipName: string }[]> {
  const { rows } = await sql<{ serviceId: string; membershipName: string; before: unknown }>`
    update membership_visits v set status = 'returned', because = 'undone', due_at = null, changed_at = ${at}
      from memberships m
     where v.chain_id = ${chainId} and v.appointment_id = ${appointmentId} and v.status <> 'returned' and v.because <> 'places_cut' and m.chain_id = v.chain_id and m.membership_id = v.membership_id
    returning v.service_id "serviceId", m.name "membershipName", v.before`.execute(tx);
  for (const { serviceId, before } of rows)
    await sql`select uncover_services(${chainId}, ${appointmentId}, ${serviceId}, ${JSON.stringify(before)}::jsonb)`.execute(tx);
  return rows;
}

async function note(
  tx: Tx,
  ctx: BookingContext,
  { who, place }: AtDesk,
  appointmentId: string,
  what: 'covered_by_membership' | 'membership_cover_undone',
  visits: readonly { readonly membershipName: string }[],
): Promise<void> {
  const { chainId, locationId } = place.scope;
  const at = ctx.now();
  const detail = { visits: visits.length, membership: visits[0]?.membershipName ?? '' };
  await sql`update appointments set changed_at = ${at} where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  await noteCover(tx, place.scope, appointmentId, what, { by: who.name, at, detail });
  await noteAudit(tx, ctx, who, { action: `visit.${what}`, subject: { kind: 'appointment', id: appointmentId }, locationId, after: detail });
  await tell(tx, chainId, { id: ctx.newId('out'), topic: `visit.${what}`, subjectId: appointmentId, payload: detail, at });
}
