import { z } from 'zod';
import { draftIdShape } from './booking.ts';
import { amountMinorShape, currencyShape } from './money.ts';

/** `POST /api/v1/locations/:chain/:location/balance`: what lies on the accounts of whoever has this telephone. */
export const balanceAskedShape = z.strictObject({
  draftId: draftIdShape,
  phone: z.string().trim().min(5).max(40),
  proof: z.string().max(200).describe('What confirming the telephone answered'),
});
export type BalanceAsked = z.infer<typeof balanceAskedShape>;

export const spendableAccountShape = z.object({
  typeId: z.string().nullable().describe('null: the ordinary account'),
  typeName: z.string().nullable(),
  currency: currencyShape,
  spendableMinor: amountMinorShape.describe(
    'What of the client’s own money is there and not kept for something else; a credit limit is no money they have',
  ),
});
export const balanceShape = z
  .object({
    accounts: z.array(spendableAccountShape).describe('On which something is that can be spent here; none for a telephone that nobody knows'),
  })
  .meta({ id: 'Balance' });
export type Balance = z.infer<typeof balanceShape>;

/** `GET /api/v1/bookings/:token/accounts`: on the client’s own page. */
export const ownAccountsShape = z
  .object({
    accounts: z.array(spendableAccountShape.extend({ mayTopUp: z.boolean() })).describe('None before the booking’s telephone was confirmed'),
    leastOnlineMinor: amountMinorShape.describe('So much can be charged online at least'),
    lastTopUp: z
      .object({
        amountMinor: amountMinorShape,
        currency: currencyShape,
        state: z.enum(['paid', 'checking', 'open']).describe('checking: the provider has not decided; open: nobody has paid'),
      })
      .nullable()
      .describe('The latest of the last day that was begun from this page'),
  })
  .meta({ id: 'OwnAccounts' });
export type OwnAccounts = z.infer<typeof ownAccountsShape>;

const keyShape = z.string().min(8).max(64).describe('The screen’s name for this try: repeated, it has one effect');

/** `POST /api/v1/bookings/:token/account-parts`: so much of what is due is paid from an account. */
export const ownPartShape = z.strictObject({ key: keyShape, typeId: z.string().max(60).nullable(), amountMinor: z.int().min(1) });
export type OwnPart = z.infer<typeof ownPartShape>;

/** `POST /api/v1/bookings/:token/top-ups`: where to go and fill an account; the way back leads to the booking’s page. */
export const ownTopUpShape = z.strictObject({ key: keyShape, typeId: z.string().max(60).nullable(), amountMinor: z.int().min(1).max(100_000_000) });
export type OwnTopUp = z.infer<typeof ownTopUpShape>;
