import type { BookingContext } from '../booking/context.ts';
import type { AtWork } from '../finance/context.ts';
import { Problem } from '../kit/problem.ts';
import { lookAtPayment } from '../payments/look-at-payment.ts';
import { lookAtParked } from '../payments/process-inbox.ts';
import { endAttention } from './end-attention.ts';
import type { AttentionRow } from './store.ts';

/**
 * Asks the provider now. When it is clear by what it says, it is over. Refuses with `provider_unreachable`, and with `step_not_allowed` when it says what it
 * said before.
 */
export async function lookAgain(ctx: BookingContext, by: AtWork, row: AttentionRow): Promise<void> {
  const { chainId } = by.place.scope;
  if (row.attemptId === null) {
    const left = await lookAtParked(ctx.payments, chainId, row.subjectId);
    if (left > 0) throw unchanged();
  } else {
    const look = await lookAtPayment(ctx.payments, { chainId, attemptId: row.attemptId }, 'poll');
    if (look.kind === 'trouble') throw new Problem('provider_unreachable', 502, 'The provider could not be asked, or gave no clear answer.');
    if (look.change === 'disagreement') throw unchanged();
  }
  await ctx.db.transaction((tx) => endAttention(tx, ctx, by, row, { resolution: 'cleared_up', because: '' }));
}

/** Asks the provider how a dispute stands. It ends by itself when that is decided, and stays where it is otherwise. */
export async function lookAtDispute(ctx: BookingContext, { place }: AtWork, row: AttentionRow): Promise<void> {
  const look = await lookAtPayment(ctx.payments, { chainId: place.scope.chainId, attemptId: row.attemptId ?? '' }, 'poll');
  if (look.kind === 'trouble') throw new Problem('provider_unreachable', 502, 'The provider could not be asked, or gave no clear answer.');
}

const unchanged = () => new Problem('step_not_allowed', 409, 'The provider says what it said before.', { action: 'look_again' });
