/** What a posting is called where people look at money. No zod here: the admin app reads these lists too. */
export const operations = [
  'payment', // for services: at the desk, online, by a link
  'refund', // money goes back
  'top_up', // a client's account is filled
  'credit', // money that came late or too much: on the client's account
  'spend', // a visit is paid from a client's account
  'unplaced', // nobody's money
  'transfer', // from one register to another
  'manual', // what somebody wrote down under a payment item
  'opening', // what was in a register before
  'payout', // a provider paid out into a register
  'fee', // a provider's or bank's fee
  'correction', // a difference that was found and accepted
  'settlement', // between two locations of the chain
  'income', // a visit took place: what was prepaid is earned
  'tax', // what of it is owed as tax
  'merge', // one client was written down twice
  'dispute', // a client's bank takes money back, brings it back, or keeps it
] as const;
export type Operation = (typeof operations)[number];

/** What only moves within the books, and is no financial transaction that anybody looks for. */
export const inwardOperations = ['income', 'tax', 'merge'] as const satisfies readonly Operation[];

/** The payment items every location has from its first day, by their ids; own ones have ids that begin with `itm_`. */
export const standardItems = {
  services: 'in',
  goods: 'in',
  memberships: 'in',
  gift_cards: 'in',
  top_ups: 'in',
  other_income: 'in',
  wages: 'out',
  materials: 'out',
  rent: 'out',
  taxes: 'out',
  acquiring: 'out',
  other_expense: 'out',
} as const satisfies Record<string, 'in' | 'out'>;
export type StandardItem = keyof typeof standardItems;
