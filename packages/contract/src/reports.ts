import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { operations } from './operations.ts';
import { reportNames } from './report-names.ts';
import { appointmentStatuses } from './steps.ts';
import { dayShape, instantShape } from './time.ts';

/** Minor units, below zero where more went than came. */
export const balanceMinorShape = z.int().describe('Minor units; below zero: more went than came');

/** The same sum, divided by how the money moved. */
const byMethodShape = z.object({
  totalMinor: balanceMinorShape,
  cashMinor: balanceMinorShape.describe('In cash registers'),
  cardMinor: balanceMinorShape.describe('In cashless registers'),
  onlineMinor: balanceMinorShape.describe('At payment providers'),
});

/** What the salon owes its clients: at the start of the day, what moved it, at the end. The parts add up. */
const owedShape = z.object({
  startMinor: balanceMinorShape,
  receivedMinor: balanceMinorShape,
  usedMinor: balanceMinorShape,
  returnedMinor: balanceMinorShape,
  otherMinor: balanceMinorShape,
  endMinor: balanceMinorShape,
});

export const moneyPlaceShape = z.object({
  id: z.string().describe('A register, or a connection’s clearing account'),
  kind: z
    .enum(['cash', 'cashless', 'clearing', 'disputed'])
    .describe('clearing: at a provider, on its way to us; disputed: withdrawn there until the client’s bank has decided'),
  name: z.string().describe('main and card are the registers every location has'),
  startMinor: balanceMinorShape,
  inMinor: amountMinorShape,
  outMinor: amountMinorShape,
  endMinor: balanceMinorShape,
});
export type MoneyPlace = z.infer<typeof moneyPlaceShape>;

/** What the books say of a day, in one currency. */
export const moneyFiguresShape = z
  .object({
    currency: currencyShape,
    receipts: byMethodShape.describe('What came in from clients and by hand, less what was deleted of it'),
    refunds: byMethodShape.describe('What went back to clients'),
    expenses: byMethodShape.describe('What was paid out by hand under a payment item'),
    feesMinor: balanceMinorShape,
    correctionsMinor: balanceMinorShape.describe('Differences that were found by counting'),
    disputesMinor: balanceMinorShape.describe('Below zero: what clients’ banks have taken back for good'),
    openingsMinor: balanceMinorShape.describe('What was in a register before the books began'),
    servicesPaidMinor: balanceMinorShape.describe('What was paid for services: money, and from client accounts'),
    prepayments: owedShape.describe('Paid for visits that are not over'),
    deposits: owedShape.describe('On client accounts'),
    unplacedMinor: balanceMinorShape.describe('Nobody’s money at the end of the day'),
    items: z.array(
      z.object({
        itemId: z.string(),
        name: z.string().describe('Of an own one; empty for a standard one, which screens have words for'),
        inMinor: balanceMinorShape,
        outMinor: balanceMinorShape,
      }),
    ),
    places: z.array(moneyPlaceShape),
  })
  .meta({ id: 'MoneyFigures' });
export type MoneyFigures = z.infer<typeof moneyFiguresShape>;

/** What was in a register when the day was closed. */
const countShape = z.object({
  registerId: z.string().min(3).max(60),
  booksMinor: balanceMinorShape.describe('What the books said, as shown to whoever counted'),
  countedMinor: balanceMinorShape,
});

export const dayClosingShape = z
  .object({
    id: z.string(),
    day: dayShape.describe('All days up to this one are closed'),
    closedAt: instantShape,
    by: z.string(),
    note: z.string(),
    counts: z.array(
      countShape.extend({ name: z.string(), currency: currencyShape, posted: z.boolean().describe('The difference stands in the books') }),
    ),
    reopened: z.object({ at: instantShape, by: z.string(), because: z.string() }).nullable(),
  })
  .meta({ id: 'DayClosing' });
export type DayClosing = z.infer<typeof dayClosingShape>;

/** `GET …/days/:day`: Daily financial data and the day-end report. */
export const dayFiguresShape = z
  .object({
    day: dayShape,
    today: dayShape,
    from: instantShape,
    until: instantShape.describe('The first moment of the next day; a day may have 23 or 25 hours'),
    timeZone: z.string(),
    currency: currencyShape.describe('The location’s own; it stands first in `money`'),
    money: z.array(moneyFiguresShape).min(1),
    visits: z.object({
      byStatus: z.record(z.enum(appointmentStatuses), z.int()),
      bookedMinor: amountMinorShape.describe('What the visits of the day cost: waiting, confirmed and arrived'),
      arrivedMinor: amountMinorShape,
      averageMinor: amountMinorShape.nullable().describe('Of the visits that took place; null: none has'),
    }),
    closedThrough: dayShape.nullable().describe('The last day that is closed'),
    closing: dayClosingShape.nullable().describe('The closing by which this very day was closed'),
    differs: z.boolean().describe('The closed day is not what it was when it was closed: must never be'),
    countedOtherwise: z.boolean().describe('It was closed when some figures meant something else; by what they meant then it is what it was'),
    mayClose: z.enum(['yes', 'right_missing', 'closed', 'not_yet']),
    mayReopen: z.boolean(),
  })
  .meta({ id: 'DayFigures' });
export type DayFigures = z.infer<typeof dayFiguresShape>;

/** `POST …/days/:day/closing`: closes all days up to this one. What happens on them afterwards is dated later. */
export const closeDayWishShape = z.strictObject({
  counts: z.array(countShape.extend({ post: z.boolean().describe('Post the difference between what was counted and the books') }).strict()).max(50),
  note: z.string().trim().max(500),
});
export type CloseDayWish = z.infer<typeof closeDayWishShape>;

/** `POST …/days/:day/reopening`: only the last closing, only the owner. */
export const reopenDayWishShape = z.strictObject({ because: z.string().trim().min(1).max(300) });

/** Where the list is that a figure is made of. */
export const figureLinkShape = z.discriminatedUnion('page', [
  z.object({
    page: z.literal('transactions'),
    from: dayShape.optional(),
    to: dayShape.optional().describe('The last day, included'),
    operation: z.enum(operations).optional(),
    item: z.string().optional(),
    direction: z.enum(['in', 'out']).optional(),
    staff: z.string().optional(),
    register: z.string().optional(),
  }),
  z.object({ page: z.literal('visit'), id: z.string(), day: dayShape }),
  z.object({ page: z.literal('client'), id: z.string() }),
]);
export type FigureLink = z.infer<typeof figureLinkShape>;

/** `GET …/reports/:report?from&to`: a table, with the sums of it and of the period before. */
export const reportShape = z
  .object({
    report: z.enum(reportNames),
    from: dayShape,
    to: dayShape.describe('The last day, included'),
    before: z
      .object({ from: dayShape, to: dayShape })
      .nullable()
      .describe('The period it is compared with; null: this report shows how things stand'),
    columns: z.array(z.object({ key: z.string(), kind: z.enum(['money', 'count', 'text', 'when']) })),
    groups: z
      .array(
        z.object({
          currency: currencyShape,
          rows: z.array(
            z.object({
              key: z.string(),
              name: z.string().describe('Empty: screens have words for the key'),
              values: z.array(z.union([z.number(), z.string(), z.null()])).describe('One for each column'),
              before: z.number().nullable().describe('The first column of money in the period before'),
              link: figureLinkShape.nullable(),
            }),
          ),
          totals: z.array(z.number().nullable()),
          totalsBefore: z.array(z.number().nullable()),
          ties: z.array(z.object({ account: z.enum(['prepayments', 'client', 'income']), listedMinor: z.int(), booksMinor: z.int() })),
        }),
      )
      .describe('One for each currency, the location’s own first; empty: nothing has happened'),
    course: z
      .array(z.object({ day: dayShape, currency: currencyShape, valueMinor: z.int() }))
      .describe('The first column of money day by day, for a line; days without anything are left out'),
    leftOut: z.int().describe('Rows beyond the first thousand: they are in the sums and in the file'),
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof reportShape>;

export const reportPeriodShape = z.object({ from: dayShape, to: dayShape });
