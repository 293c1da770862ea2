import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import type { AtWork } from '../finance/context.ts';
import { Problem } from '../kit/problem.ts';
import { answerDispute, type Dispute, giveUpDispute, readDispute } from '../payments/answer-dispute.ts';
import { isDecided } from '../payments/dispute-rules.ts';
import { lookAtPayment } from '../payments/look-at-payment.ts';
import { openConnectionById } from '../payments/read-credentials.ts';
import { decidedAlready } from './end-attention.ts';
import type { AttentionRow } from './store.ts';

/**
 * Somebody has sent evidence at the provider: from here on the bank's word is waited for. It stays in the queue, and says so. Refuses with `choice_already_made`.
 */
export async function noteEvidence(ctx: BookingContext, { who, place }: AtWork, row: AttentionRow, because: string): Promise<void> {
  const { scope } = place;
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    const dispute = await answerDispute(tx, ctx, scope, { disputeId: row.subjectId, by: who.name, at });
    if (!dispute) throw decidedAlready();
    await noteAudit(tx, ctx, who, {
      action: 'dispute.answered',
      subject: { kind: 'dispute', id: dispute.disputeId },
      locationId: scope.locationId,
      after: { because, amountMinor: dispute.amountMinor, currency: dispute.currency },
    });
  });
  // what the provider knows of it by now; it is asked again by itself
  await lookAtPayment(ctx.payments, { chainId: scope.chainId, attemptId: row.attemptId ?? '' }, 'poll');
}

/**
 * Gives the dispute up at the provider. It is over when the provider says that it is lost. The wish is written down before the provider is asked; asking twice
 * has one effect. Refuses with `step_not_allowed` (an inquiry, or no such call), `choice_already_made`, `provider_unreachable`.
 */
export async function acceptLoss(ctx: BookingContext, { who, place }: AtWork, row: AttentionRow, because: string): Promise<void> {
  const { scope } = place;
  const dispute = await openDispute(ctx, scope.chainId, row);
  const { provider, credentials } = await openConnectionById(ctx.payments, scope.chainId, dispute.connectionId);
  if (!provider.acceptDispute || dispute.stage !== 'chargeback')
    throw new Problem('step_not_allowed', 409, 'This cannot be given up by a call.', { action: 'accept_loss' });
  await ctx.db.transaction(async (tx) => {
    if (!(await giveUpDispute(tx, scope, { disputeId: dispute.disputeId, by: who.name }))) throw decidedAlready();
    await noteAudit(tx, ctx, who, {
      action: 'dispute.accepted',
      subject: { kind: 'dispute', id: dispute.disputeId },
      locationId: scope.locationId,
      after: { because, amountMinor: dispute.amountMinor, currency: dispute.currency },
    });
  });
  const said = await provider.acceptDispute(credentials, dispute.providerDisputeId);
  // also after a "no": it may have been decided there meanwhile
  const look = await lookAtPayment(ctx.payments, { chainId: scope.chainId, attemptId: dispute.attemptId }, 'poll');
  const now = await readDispute(ctx.db.read, scope.chainId, dispute.disputeId);
  if (now && isDecided(now.state)) return;
  if (said.kind === 'declined' && look.kind === 'settled')
    throw new Problem('step_not_allowed', 409, 'The provider does not take that.', { action: 'accept_loss' });
  throw new Problem('provider_unreachable', 502, 'The provider could not be asked, or gave no clear answer.');
}

async function openDispute(ctx: BookingContext, chainId: string, row: AttentionRow): Promise<Dispute> {
  const dispute = await readDispute(ctx.db.read, chainId, row.subjectId);
  if (!dispute) throw new Problem('not_found', 404, 'There is nothing of this kind to be decided.');
  if (isDecided(dispute.state)) throw decidedAlready();
  return dispute;
}
