import { topUpByAttempt } from '../accounts/top-up-rows.ts';
import { isReversible } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Deletions } from '../finance/deletions.ts';
import { Problem } from '../kit/problem.ts';
import { reverseAccountPayment } from './reverse-account-payment.ts';
import { reverseAtDesk } from './reverse-at-desk.ts';
import { reverseTopUp } from './reverse-top-up.ts';

/** How transactions that began at the desk are deleted from Financial Transactions: by the same deeds as from the booking window. */
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
    // a top-up that the client paid by its link; whatever else a provider brought goes back by a refund
    payment_captured: {
      asksRegister: false,
      async delete({ who, place, causeId, because }) {
        const topUp = await topUpByAttempt(ctx.db.read, place.scope, causeId);
        if (!topUp) throw new Problem('step_not_allowed', 409, 'It came through a provider: give it back as a refund.');
        await reverseTopUp(ctx, { who, place }, topUp.id, { because });
      },
      async whyNot(q, place, causeId) {
        const topUp = await topUpByAttempt(q, place.scope, causeId);
        return topUp && isReversible(topUp) ? undefined : 'through_provider';
      },
    },
  };
}
