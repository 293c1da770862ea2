import { z } from 'zod';
import { currencyShape } from './money.ts';
import { dayShape, instantShape } from './time.ts';

const balanceMinor = z.int().describe('What came less what went, minor units: what is owed or earned stands below zero');

const lineShape = z.object({
  accountId: z.string(),
  ownerId: z.string().describe('Whose: a register, a provider connection, a payment item, a tax rate, the other location'),
  balanceMinor,
});

/** All accounts of a location in one currency, on some day, as they were known at some moment. */
const booksOfCurrencyShape = z.object({
  currency: currencyShape,
  registers: z.array(lineShape),
  clearing: z.array(lineShape).describe('What providers owe'),
  disputed: z.array(lineShape).describe('Withdrawn at providers because clients dispute it'),
  between: z.array(lineShape).describe('What other locations of the chain owe, or below zero are owed'),
  items: z.array(lineShape).describe('Spent or earned by hand'),
  income: z.array(lineShape),
  tax: z.array(lineShape).describe('Owed of the income'),
  fees: z.array(lineShape),
  prepayments: z.array(lineShape).describe('Below zero: visits that clients have paid for'),
  unplaced: z.array(lineShape).describe('Below zero: money that nobody could be found for'),
  opening: z.array(lineShape).describe('From before the books'),
  clients: z
    .object({ accounts: z.int().describe('How many are not at zero'), balanceMinor })
    .describe('All client accounts together; below zero the location owes its clients'),
  sumMinor: z.int().describe('All of the above together. Anything but 0 means that the books are wrong'),
});

export const booksShape = z
  .object({
    on: dayShape.describe('Everything that happened until the end of this day'),
    knownAt: instantShape.describe('As far as it had been written down by this moment'),
    currencies: z.array(booksOfCurrencyShape),
  })
  .meta({ id: 'Books' });
export type Books = z.infer<typeof booksShape>;

export const booksQueryShape = z.object({
  on: dayShape.optional().describe('Today, if left out'),
  knownAt: instantShape.optional().describe('Now, if left out'),
});
