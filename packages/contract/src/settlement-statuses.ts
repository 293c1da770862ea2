/** What a line of a provider’s books may be here that somebody has to decide about. Without zod, for screens. */
export const openStatuses = [
  'fee_differs',
  'amount_differs',
  'currency_differs',
  'unknown',
  'adjustment',
  'missing',
  'refund_missing',
  'payout_open',
] as const;
