import { topUpByAttempt } from '../accounts/top-up-rows.ts';
import { topUpState } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Deletion, Deletions } from '../finance/deletions.ts';
import { Problem } from '../kit/problem.ts';
import { membershipByAttempt } from '../memberships/membership-rows.ts';
import { refundMembership, versionOf } from './refund-membership.ts';
import { reverseAccountPayment } from './reverse-account-payment.ts';
import { reverseAtDesk } from './reverse-at-desk.ts';
import { reverseTopUp } from './reverse-top-up.ts';
import type { AtDesk } from './take-for-visit.ts';

/** How transactions that began at the desk or on a client's account are deleted from Financial Transactions: by the same deeds as from their own screens. */
export function deskDeletions(ctx: BookingContext): Deletions {
  return {
    desk_payment: {
      asksRegister: false,
      delete: async ({ who, place, causeId, because }) => void (await reverseAtDesk(ctx, { who, place }, causeId, because)),
    },
    account_payment: {
      asksRegister: false,
      delete: async ({ who, place, causeId, because }) => void (await reverseAccountPayment(ctx, { who, place }, causeId, because)),
    },
    account_top_up: {
      asksRegister: true,
      delete: async ({ who, place, causeId, because, registerId }) =>
        void (await reverseTopUp(ctx, { who, place }, causeId, { because, ...(registerId ? { registerId } : {}) })),
    },
    membership_sale: {
      asksRegister: false,
      delete: async ({ who, place, causeId, because }) => refundNow(ctx, { who, place }, causeId, because),
    },
    payment_captured: topUpThroughProvider(ctx),
  };
}

/** What of a membership is not earned goes back the way it came. */
async function refundNow(ctx: BookingContext, desk: AtDesk, id: string, because: string): Promise<void> {
  const { version } = await versionOf(ctx, desk, id);
  const { waits } = await refundMembership(ctx, desk, id, { version, because });
  if (waits) throw new Problem('second_person_needed', 409, 'It is written down that this is to go back: somebody else has to do the same.');
}

/** What came through a provider is refunded there. A top-up is asked back by deleting it, and undone when the provider confirms (B3). */
function topUpThroughProvider(ctx: BookingContext): Deletion {
  return {
    asksRegister: false,
    async delete({ who, place, causeId, because }) {
      const membership = await membershipByAttempt(ctx.db.read, place.scope, causeId);
      if (membership) return refundNow(ctx, { who, place }, membership.id, because);
      const topUp = await topUpByAttempt(ctx.db.read, place.scope, causeId);
      if (!topUp)
        throw new Problem('step_not_allowed', 409, 'Money that came through a provider is refunded there.', { because: 'through_provider' });
      await reverseTopUp(ctx, { who, place }, topUp.id, { because });
    },
    async whyNot(q, { scope }, causeId) {
      const membership = await membershipByAttempt(q, scope, causeId);
      if (membership) return membership.endedAt || membership.refundingSince ? 'deleted_before' : undefined;
      const topUp = await topUpByAttempt(q, scope, causeId);
      if (!topUp) return 'through_provider';
      const state = topUpState(topUp);
      return state === 'done' || state === 'refund_failed' ? undefined : 'deleted_before';
    },
  };
}
