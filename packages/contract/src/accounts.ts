import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { instantShape } from './time.ts';

/*
 * All of it lives under `/api/v1/admin/locations/:location`; the right a route needs stands behind it.
 *   GET  account-types                                        checkout.see          → AccountTypes
 *   POST account-types, PUT account-types/:type               finance.edit          → AccountTypes
 *   GET  client-accounts, client-accounts/:account            checkout.see          → ClientAccounts, AccountPage
 *   GET  client-accounts/:account/statement(.csv)             checkout.see          → AccountStatement
 *   GET  clients/:client/accounts; POST the same              checkout.see; accounts.top_up → AccountsOfClient
 *   POST client-accounts/:account/top-ups                     accounts.top_up       → AccountPage
 *   POST client-accounts/:account/top-up-links                accounts.top_up       → AccountPage
 *   POST top-ups/:topUp/cancellation                  accounts.top_up              → AccountPage
 *   POST top-ups/:topUp/reversal                              transactions.delete   → AccountPage
 *   POST client-accounts/:account/payouts                     refunds.make          → AccountPage
 *   POST appointments/:appointment/account-payments           accounts.pay          → Checkout
 *   POST appointments/:appointment/account-holds              accounts.pay          → Checkout
 *   POST account-payments/:payment/reversal                   transactions.delete   → Checkout
 *   POST account-holds/:hold/release                          accounts.pay          → Checkout
 */

const keyShape = z.string().min(16).max(64).describe('The screen’s name for this try: repeating it has one effect');
const balanceShape = z.int().describe('What the salon owes the client, minor units; below zero: the client owes it');

/** `GET …/locations/:location/account-types`. The ordinary account, which every client has, is no type and is not among them. */
export const accountTypeShape = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  currency: currencyShape,
  locationIds: z.array(z.string()).describe('Where it may be filled and spent; all of this currency'),
  creditLimitMinor: amountMinorShape.describe('How far below zero an account of this type may go'),
  accounts: z.int().describe('How many clients have one'),
  owing: z.int().describe('How many of them owe something'),
  archivedAt: instantShape.nullable().describe('What is on them can still be spent; nobody opens or fills one any more'),
});
export type AccountType = z.infer<typeof accountTypeShape>;
export const accountTypesShape = z
  .object({
    types: z.array(accountTypeShape).describe('By name, archived ones last'),
    locations: z
      .array(z.object({ id: z.string(), name: z.string(), currency: currencyShape, mayChoose: z.boolean() }))
      .describe('Of the whole chain; may the user let a type be valid there?'),
  })
  .meta({ id: 'AccountTypes' });
export type AccountTypes = z.infer<typeof accountTypesShape>;

const typeFields = {
  name: z.string().trim().min(1).max(60),
  locationIds: z.array(z.string().max(60)).min(1).max(1000),
  creditLimitMinor: z.int().min(0),
};
/** `POST …/account-types`: already_there (the name), invalid_request (a location of another currency), right_missing (at one of the locations). */
export const newAccountTypeShape = z.strictObject({ ...typeFields, currency: currencyShape });
export type NewAccountType = z.infer<typeof newAccountTypeShape>;
/** `PUT …/account-types/:type`: its currency stays. still_used: a lower limit than `detail.accounts` clients owe (`detail.mostMinor`: the highest debt). */
export const accountTypeWishShape = z.strictObject({ version: z.int().min(1), ...typeFields, archived: z.boolean() });
export type AccountTypeWish = z.infer<typeof accountTypeWishShape>;

/** One account of a client. Its id says whose, of which type and currency it is, also before anything was ever on it. */
export const clientAccountShape = z
  .object({
    id: z.string(),
    clientId: z.string(),
    clientName: z.string().nullable().describe('Null: without the right to see clients'),
    typeId: z.string().nullable().describe('Null: the ordinary account'),
    typeName: z.string().nullable(),
    currency: currencyShape,
    balanceMinor: balanceShape,
    heldMinor: amountMinorShape.describe('Kept for payments and refunds that are under way'),
    creditLimitMinor: amountMinorShape,
    spendableMinor: amountMinorShape,
    lies: z
      .array(z.object({ locationId: z.string(), locationName: z.string(), balanceMinor: balanceShape }))
      .describe('Where in the chain the money lies'),
    openedAt: instantShape.nullable().describe('Null: nothing was ever on it; the first use opens it'),
    mayTopUp: z.boolean().describe('It is valid here and its type is not archived'),
    mayPay: z.boolean(),
  })
  .meta({ id: 'ClientAccount' });
export type ClientAccount = z.infer<typeof clientAccountShape>;

/** `GET …/locations/:location/clients/:client/accounts`; `POST` there `{ typeId }` opens one by hand and answers the same. */
export const accountsOfClientShape = z
  .object({
    clientId: z.string(),
    clientName: z.string().nullable(),
    accounts: z.array(clientAccountShape).describe('The ordinary one of this location’s currency first, opened or not'),
    mayOpen: z
      .array(z.object({ typeId: z.string(), name: z.string(), currency: currencyShape }))
      .describe('Types valid here that this client has no account of'),
    registers: z
      .array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['cash', 'cashless']), currency: currencyShape }))
      .describe('Into which the user may take a top-up'),
    link: z.object({
      state: z.enum(['ready', 'off']).describe('off: payment by link is switched off here'),
      mayBeSentBy: z.array(z.enum(['sms', 'email'])),
    }),
  })
  .meta({ id: 'AccountsOfClient' });
export type AccountsOfClient = z.infer<typeof accountsOfClientShape>;
export const openAccountWishShape = z.strictObject({ typeId: z.string().max(60) });

/** `GET …/locations/:location/client-accounts?search=&only=&after=`: accounts of the chain on which something is, the largest first. */
export const clientAccountsAskedShape = z.object({
  search: z.string().max(100).default('').describe('Any part of the client’s name or phone'),
  type: z.string().max(60).optional().describe('A type’s id, or `ordinary`'),
  only: z.enum(['all', 'with_money', 'owing', 'held']).default('with_money'),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  after: z.string().max(200).optional(),
});
export const clientAccountsShape = z
  .object({
    accounts: z.array(clientAccountShape),
    next: z.string().nullable(),
    totals: z
      .array(z.object({ currency: currencyShape, owedMinor: amountMinorShape, owingMinor: amountMinorShape, heldMinor: amountMinorShape }))
      .describe('Of the whole chain: what the salon owes clients, what clients owe, what is held'),
  })
  .meta({ id: 'ClientAccounts' });
export type ClientAccounts = z.infer<typeof clientAccountsShape>;

/** `POST …/client-accounts/:account/top-ups`: cash or a card into a register. */
export const topUpWishShape = z.strictObject({ key: keyShape, registerId: z.string().min(3).max(60), amountMinor: z.int().min(1) });
export type TopUpWish = z.infer<typeof topUpWishShape>;
/** `POST …/client-accounts/:account/top-up-links`: the client pays it themself, on the provider’s page. */
export const topUpLinkWishShape = z.strictObject({ key: keyShape, amountMinor: z.int().min(1) });
export type TopUpLinkWish = z.infer<typeof topUpLinkWishShape>;

/**
 * `POST …/top-ups/:topUp/reversal`. Cash or card: it is handed back from `registerId` (left out: the one it went into). Through a provider: it goes back
 * there, is held on the account until the provider confirms, and `registerId` is refused. not_enough_on_account: `detail.leftMinor`, and what it was spent on
 * (`detail.spentOn`: appointmentId, locationId, at, amountMinor).
 */
export const topUpReversalWishShape = z.strictObject({ because: z.string().trim().min(1).max(300), registerId: z.string().max(60).optional() });
export type TopUpReversalWish = z.infer<typeof topUpReversalWishShape>;

export const topUpStates = ['waiting', 'checking', 'done', 'cancelled', 'refund_under_way', 'refund_failed', 'reversed'] as const;
export const topUpShape = z
  .object({
    id: z.string(),
    accountId: z.string(),
    kind: z.enum(['cash', 'card', 'link']),
    state: z
      .enum(topUpStates)
      .describe('waiting: a link nobody has paid yet; refund_under_way: held until the provider confirms; refund_failed: it is on the account again'),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    locationId: z.string(),
    madeAt: instantShape,
    doneAt: instantShape.nullable(),
    by: z.string(),
    register: z.object({ id: z.string(), name: z.string() }).nullable(),
    url: z.string().nullable().describe('The link, while it can be paid'),
    mayReverse: z.boolean(),
    mayCancel: z.boolean(),
    reversal: z
      .object({
        at: instantShape,
        by: z.string(),
        because: z.string(),
        registerName: z.string().nullable(),
        amountMinor: amountMinorShape.describe('Through a provider it may be a part'),
      })
      .nullable(),
  })
  .meta({ id: 'TopUp' });
export type TopUp = z.infer<typeof topUpShape>;
/** A part of an account that is kept for something under way. */
export const accountHoldShape = z.object({
  id: z.string(),
  accountId: z.string(),
  clientName: z.string().nullable(),
  typeName: z.string().nullable(),
  for: z.enum(['visit', 'refund']).describe('refund: money on its way back through the provider, until it confirms'),
  appointmentId: z.string().nullable(),
  locationId: z.string(),
  heldMinor: amountMinorShape,
  currency: currencyShape,
  since: instantShape,
  by: z.string(),
  mayRelease: z.boolean(),
});
export type AccountHold = z.infer<typeof accountHoldShape>;

/** Somebody has asked for it, and somebody else has to agree. */
export const secondLookShape = z.object({
  at: instantShape,
  by: z.string(),
  byYou: z.boolean(),
  amountMinor: amountMinorShape,
  because: z.string(),
});

/**
 * `POST …/client-accounts/:account/payouts`: what is left of the client’s own money goes back. register: all of it, out of `registerId`; provider: of the top-up
 * `topUpId`, as much as is left of it there and on the account. `amountMinor` is what the screen showed (changed_meanwhile: `detail.leftMinor`). Above the
 * location’s limit the first who asks is written down (`payout.asked`), and somebody else who asks the same carries it out (second_person_needed: not oneself).
 */
const payoutFields = { key: keyShape, amountMinor: z.int().min(1), because: z.string().trim().min(1).max(300) };
export const payoutWishShape = z.discriminatedUnion('way', [
  z.strictObject({ ...payoutFields, way: z.literal('register'), registerId: z.string().max(60) }),
  z.strictObject({ ...payoutFields, way: z.literal('provider'), topUpId: z.string().max(60) }),
]);
export type PayoutWish = z.infer<typeof payoutWishShape>;

/** `GET …/client-accounts/:account`, and what every deed on an account answers: the account and its top-ups, newest first. */
export const accountPageShape = z
  .object({
    account: clientAccountShape,
    topUps: z.array(topUpShape).describe('Newest first, at most 50'),
    holds: z.array(accountHoldShape).describe('Live ones'),
    payout: z
      .object({
        restMinor: amountMinorShape.describe('What is there of the client’s own money, and free'),
        whyNot: z.enum(['right_missing', 'over_limit', 'second_person']).nullable().describe('Why the user cannot give it back'),
        registers: z.array(z.object({ id: z.string(), name: z.string() })).describe('Out of which the user may pay it'),
        providers: z
          .array(z.object({ topUpId: z.string(), doneAt: instantShape, amountMinor: amountMinorShape }))
          .describe('Top-ups of which something can go back where it came from'),
        asked: secondLookShape.nullable(),
      })
      .describe('What is left of it, and how it could go back'),
  })
  .meta({ id: 'AccountPage' });
export type AccountPage = z.infer<typeof accountPageShape>;

/** `POST …/appointments/:appointment/account-payments`: a visit is paid from an account, also another client’s. Answers the checkout. */
export const accountPaymentWishShape = z.strictObject({
  key: keyShape,
  accountId: z.string().max(140),
  amountMinor: z.int().min(1),
  version: z.int().min(1),
});
export type AccountPaymentWish = z.infer<typeof accountPaymentWishShape>;
/** `POST …/appointments/:appointment/account-holds`: the same shape; less than is due, as the rest is paid by the link (or taken at the desk). */
/** `POST …/account-payments/:payment/reversal`, `POST …/account-holds/:hold/release`. Both answer the checkout. */
export const accountReasonShape = z.strictObject({ because: z.string().trim().min(1).max(300) });

/** `GET …/client-accounts/:account/statement?before=`, newest first; `…/statement.csv` the whole of it, oldest first. */
export const statementAskedShape = z.object({ before: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
export const statementRowShape = z.object({
  id: z.string(),
  at: instantShape,
  operation: z.string().describe('As in operations.ts: top_up, spend, credit, refund, settlement (spent at another location), merge …'),
  amountMinor: z.int().describe('Above zero: came onto the account'),
  balanceMinor: balanceShape.describe('After it'),
  locationId: z.string(),
  locationName: z.string(),
  appointment: z
    .object({
      id: z.string(),
      locationId: z.string(),
      locationSlug: z.string(),
      startsAt: instantShape,
      timeZone: z.string(),
      clientName: z.string().nullable(),
    })
    .nullable()
    .describe('What it was for'),
  topUpId: z.string().nullable(),
  by: z.string().nullable().describe('Null: nobody; it followed from something else'),
  memo: z.string(),
  reversal: z.boolean().describe('It undoes an earlier one'),
  reversed: z.boolean().describe('A later one undoes it'),
});
export const statementShape = z
  .object({ accountId: z.string(), currency: currencyShape, rows: z.array(statementRowShape), next: z.string().nullable() })
  .meta({ id: 'AccountStatement' });
export type AccountStatement = z.infer<typeof statementShape>;

/** `GET /api/v1/top-up-links/:token`: what the page of a top-up link shows to whoever has it. Changes nothing, and says nothing about the client. */
export const topUpLinkShape = z
  .object({
    state: z
      .enum(['ready', 'checking', 'paid', 'returned', 'cancelled', 'off', 'unavailable'])
      .describe('ready: a POST leads to the provider’s page; returned: it was paid and has gone back'),
    chainName: z.string(),
    locationName: z.string(),
    address: z.string(),
    phone: z.string(),
    language: z.string(),
    typeName: z.string().nullable().describe('Null: the ordinary account'),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    company: z.object({ legalName: z.string(), registrationNumber: z.string(), legalAddress: z.string() }).nullable(),
    now: instantShape,
  })
  .meta({ id: 'TopUpLink' });
export type TopUpLink = z.infer<typeof topUpLinkShape>;
