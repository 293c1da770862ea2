import type { BookingContext } from '../booking/context.ts';
import type { Deletions } from '../finance/deletions.ts';
import { reverseAtDesk } from './reverse-at-desk.ts';

/** How transactions that began at the desk are deleted from Financial Transactions: by the same deeds as from the booking window. */
export function deskDeletions(ctx: BookingContext): Deletions {
  return {
    desk_payment: {
      asksRegister: false,
      delete: async ({ who, place, causeId, because }) => void (await reverseAtDesk(ctx, { who, place }, causeId, because)),
    },
  };
}
