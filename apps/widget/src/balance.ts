import type { BookingWish, Quote } from '@holdfast/contract/booking';
import type { Balance } from '@holdfast/contract/deposits';
import { type BookingDraft, phoneAsked } from './booking-draft.ts';

/** What the client has with the salon, and how much of it they would like to pay with. */
export interface PickedBalance {
  /** Of the phone that was confirmed when it was asked. */
  proof: string;
  accounts: Balance['accounts'];
  /** Which of them. */
  account: number;
  /** Minor units; as much as goes; nothing. */
  use: number | 'all' | 'none';
}

/** What was said of another phone does not count. */
export function balanceOf(draft: BookingDraft): PickedBalance | null {
  return draft.balance && draft.balance.proof === phoneAsked(draft)?.proof ? draft.balance : null;
}

/** How much of what is to be paid now comes from the account: never more than is there or due, and what is left can be charged. */
export function partOf({ leastOnlineMinor }: Pick<Quote, 'leastOnlineMinor'>, draft: BookingDraft, dueMinor: number): number {
  const { accounts = [], account = 0, use = 'none' } = balanceOf(draft) ?? {};
  const there = accounts[account]?.spendableMinor ?? 0;
  const wanted = Math.min(dueMinor, there, use === 'none' ? 0 : use === 'all' ? there : use);
  const rest = dueMinor - wanted;
  return rest > 0 && rest < leastOnlineMinor ? Math.max(0, dueMinor - leastOnlineMinor) : wanted;
}

export function accountPartOf(quote: Quote, draft: BookingDraft, dueMinor: number): Pick<BookingWish, 'accountPart'> {
  const amountMinor = partOf(quote, draft, dueMinor);
  const { accounts = [], account = 0 } = balanceOf(draft) ?? {};
  return amountMinor > 0 ? { accountPart: { typeId: accounts[account]?.typeId ?? null, amountMinor } } : {};
}
