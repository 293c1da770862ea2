import { z } from 'zod';
import { currencyShape } from './money.ts';
import { openStatuses } from './settlement-statuses.ts';
import { instantShape } from './time.ts';

/** An amount that may be below zero: money that leaves. */
const signedShape = z.int();
const id = z.string().max(60);

export const settlementKindShape = z.enum(['payment', 'refund', 'fee', 'adjustment', 'payout', 'missing', 'refund_missing']);
export const settlementStatusShape = z.enum(['matched', ...openStatuses, 'accepted', 'dismissed', 'gone']);
export type SettlementStatus = z.infer<typeof settlementStatusShape>;

const appointmentShape = z.object({
  appointmentId: z.string(),
  startsAt: instantShape,
  clientName: z.string().nullable().describe('null: there is none, or it may not be seen'),
  services: z.string(),
});

/** A line of the provider's books, and what it is here. */
export const settlementItemShape = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    lineId: z.string(),
    kind: settlementKindShape,
    status: settlementStatusShape,
    source: z.enum(['api', 'file', 'hand', 'own']),
    amountMinor: signedShape.describe('Before the fee; below zero when it leaves'),
    feeMinor: signedShape,
    netMinor: signedShape,
    currency: currencyShape,
    at: instantShape,
    reference: z.string().nullable(),
    providerPaymentId: z.string().nullable(),
    payoutId: z.string().nullable(),
    note: z.string(),
    differenceMinor: signedShape.describe('What the provider says less what the books say'),
    attemptId: z.string().nullable(),
    appointments: z.array(appointmentShape),
    versions: z.int().describe('More than 1: the provider has changed its mind'),
    revision: z.int(),
  })
  .meta({ id: 'SettlementItem' });
export type SettlementItem = z.infer<typeof settlementItemShape>;

const accountShape = z.object({
  kind: z.enum(['clearing', 'fees', 'register', 'unplaced', 'item']),
  name: z.string().describe('A register’s name, a connection’s label or a payment item'),
  balanceMinor: signedShape,
  afterMinor: signedShape,
});
export const proposedPostingShape = z
  .object({ operation: z.string(), amountMinor: z.int(), currency: currencyShape, from: accountShape, to: accountShape })
  .meta({ id: 'ProposedPosting' });
export type ProposedPosting = z.infer<typeof proposedPostingShape>;

export const differenceShape = z
  .object({
    item: settlementItemShape,
    postings: z.array(proposedPostingShape),
    suggestions: z.array(
      z.object({
        attemptId: z.string(),
        amountMinor: z.int(),
        currency: currencyShape,
        capturedAt: instantShape,
        appointments: z.array(appointmentShape),
      }),
    ),
  })
  .meta({ id: 'SettlementDifference' });
export type SettlementDifference = z.infer<typeof differenceShape>;

export const differencesShape = z
  .object({ differences: z.array(differenceShape), next: z.string().nullable(), total: z.int() })
  .meta({ id: 'SettlementDifferences' });
export type SettlementDifferences = z.infer<typeof differencesShape>;

export const differencesQueryShape = z.object({
  connection: id.optional(),
  status: settlementStatusShape.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const decidedShape = z
  .object({
    id: z.string(),
    item: settlementItemShape,
    what: z.enum(['accepted', 'dismissed', 'matched', 'undone']),
    about: settlementStatusShape,
    reason: z.string(),
    byName: z.string(),
    at: instantShape,
    mayBeUndone: z.boolean(),
  })
  .meta({ id: 'SettlementDecision' });
export const decisionsShape = z.object({ decisions: z.array(decidedShape), next: z.string().nullable() }).meta({ id: 'SettlementDecisions' });
export type SettlementDecisions = z.infer<typeof decisionsShape>;

export const acceptanceShape = z
  .object({
    items: z
      .array(z.object({ id, revision: z.int() }))
      .min(1)
      .max(200),
  })
  .meta({ id: 'SettlementAcceptance' });
export const acceptedShape = z
  .object({
    outcomes: z.array(z.object({ id: z.string(), outcome: z.enum(['accepted', 'choice_already_made', 'changed_meanwhile', 'not_found']) })),
  })
  .meta({ id: 'SettlementAccepted' });
export type SettlementAccepted = z.infer<typeof acceptedShape>;
export const dismissalShape = z.object({ revision: z.int(), reason: z.string().trim().min(1).max(500) }).meta({ id: 'SettlementDismissal' });
export const matchShape = z.object({ revision: z.int(), attemptId: id }).meta({ id: 'SettlementMatch' });
export const doneShape = z.object({ done: z.literal(true) }).meta({ id: 'SettlementDone' });

export const reconciliationConnectionShape = z
  .object({
    id: z.string(),
    label: z.string(),
    provider: z.string(),
    providerTitle: z.string(),
    archived: z.boolean(),
    registerName: z.string(),
    reads: z.enum(['payouts', 'statement', 'none']),
    autoAccept: z.boolean(),
    missingAfterDays: z.int(),
    assumedFeeBp: z.int().nullable(),
    version: z.int(),
    readAt: instantShape.nullable(),
    dueAt: instantShape.nullable(),
    lastError: z.string().nullable(),
    onItsWay: z.array(z.object({ currency: currencyShape, amountMinor: signedShape })),
    lastPayout: z.object({ id: z.string(), amountMinor: z.int(), currency: currencyShape, at: instantShape }).nullable(),
    feesMinor: z.array(z.object({ currency: currencyShape, amountMinor: signedShape })).describe('Posted in the last 30 days'),
    open: z.array(z.object({ status: settlementStatusShape, count: z.int() })),
  })
  .meta({ id: 'ReconciliationConnection' });
export type ReconciliationConnection = z.infer<typeof reconciliationConnectionShape>;

export const payoutRowShape = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    connectionLabel: z.string(),
    payoutId: z.string(),
    amountMinor: z.int(),
    currency: currencyShape,
    at: instantShape,
    status: settlementStatusShape,
    differenceMinor: signedShape,
    lines: z.int(),
  })
  .meta({ id: 'PayoutRow' });
export type PayoutRow = z.infer<typeof payoutRowShape>;

export const importStatusShape = z.enum(['uploading', 'mapping', 'reading', 'done', 'unreadable', 'discarded']);
export const importRowShape = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    connectionLabel: z.string(),
    fileName: z.string(),
    bytes: z.int(),
    status: importStatusShape,
    readBytes: z.int(),
    readRows: z.int(),
    counts: z.object({
      fresh: z.int(),
      changed: z.int(),
      known: z.int(),
      totals: z.int().describe('Rows of totals, skipped'),
      skipped: z.int(),
      otherCurrency: z.int(),
      unreadable: z.int(),
    }),
    madeBy: z.string(),
    madeAt: instantShape,
    doneAt: instantShape.nullable(),
    trouble: z.object({ line: z.int().nullable(), says: z.string() }).nullable(),
  })
  .meta({ id: 'SettlementImport' });
export type SettlementImport = z.infer<typeof importRowShape>;

export const reconciliationShape = z
  .object({
    connections: z.array(reconciliationConnectionShape),
    payouts: z.array(payoutRowShape).describe('The newest 50'),
    imports: z.array(importRowShape).describe('The newest 20'),
    registers: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'Reconciliation' });
export type Reconciliation = z.infer<typeof reconciliationShape>;

export const reconciliationSettingsShape = z
  .object({
    version: z.int(),
    autoAccept: z.boolean(),
    missingAfterDays: z.int().min(1).max(90),
    assumedFeeBp: z.int().min(0).max(2000).nullable(),
  })
  .meta({ id: 'ReconciliationSettings' });
export type ReconciliationSettings = z.infer<typeof reconciliationSettingsShape>;

/** An id that a screen makes by itself: a name that nothing else here has. */
const madeByScreenShape = (kind: string) => z.string().regex(new RegExp(`^${kind}_[0-9a-f]{32}$`));

export const handPayoutShape = z
  .object({
    id: madeByScreenShape('hpo').describe('Made by the screen: the same one twice is one payout'),
    amountMinor: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
    currency: currencyShape,
    at: instantShape,
    note: z.string().trim().max(200),
  })
  .meta({ id: 'HandPayout' });

export const onItsWayShape = z
  .object({
    currency: currencyShape,
    clearingMinor: signedShape.describe('The clearing account’s balance'),
    listedMinor: signedShape.describe('The sum of all that is listed: the same'),
    rows: z.array(
      z.object({
        kind: z.enum(['payment', 'line', 'payout']),
        id: z.string(),
        at: instantShape,
        amountMinor: signedShape,
        feeMinor: signedShape,
        netMinor: signedShape.describe('What is still to come of it'),
        feeAssumed: z.boolean(),
        appointments: z.array(appointmentShape),
        note: z.string(),
      }),
    ),
    more: z.int().describe('So many more rows'),
    moreMinor: signedShape,
  })
  .meta({ id: 'OnItsWay' });
export type OnItsWay = z.infer<typeof onItsWayShape>;

export const explainedPayoutShape = z
  .object({
    payout: settlementItemShape,
    connection: z.object({ id: z.string(), label: z.string() }),
    registerName: z.string(),
    postedMinor: z.int().nullable().describe('What came to the register; null: not posted yet'),
    paymentsMinor: signedShape,
    refundsMinor: signedShape,
    feesMinor: signedShape,
    adjustmentsMinor: signedShape,
    expectedMinor: signedShape,
    differenceMinor: signedShape,
    counts: z.object({ payments: z.int(), refunds: z.int(), fees: z.int(), adjustments: z.int() }),
    lines: z.array(settlementItemShape),
    more: z.int(),
    postings: z.array(proposedPostingShape),
    decision: z.object({ id: z.string(), byName: z.string(), at: instantShape }).nullable(),
  })
  .meta({ id: 'ExplainedPayout' });
export type ExplainedPayout = z.infer<typeof explainedPayoutShape>;

// files

export const fieldNames = ['id', 'kind', 'reference', 'payment', 'amount', 'fee', 'net', 'currency', 'date', 'payout', 'note'] as const;
export const columnFieldShape = z.enum(fieldNames);
export type ColumnField = z.infer<typeof columnFieldShape>;
export const importMappingShape = z
  .object({
    columns: z.array(columnFieldShape.nullable()).max(200).describe('For each column what it is; null: nothing'),
    decimal: z.enum(['.', ',']),
    dates: z.enum(['ymd', 'dmy', 'mdy']),
    headingRow: z.int().min(0).max(20).describe('1 is the first row; 0: there is none'),
    rowsAre: z.enum(['lines', 'payouts']).describe('payouts: a bank’s statement, every row is money that came'),
    onlyWith: z.string().max(100).describe('Only rows that hold this text; empty: all'),
    feeSign: z.enum(['positive', 'negative']).describe('How the file writes a fee that is kept'),
  })
  .meta({ id: 'ImportMapping' });
export type ImportMapping = z.infer<typeof importMappingShape>;

export const newImportShape = z
  .object({
    id: madeByScreenShape('imp').describe('Made by the screen: the same one twice is one import'),
    connectionId: id,
    fileName: z.string().trim().min(1).max(200),
    bytes: z.int().min(1).max(500_000_000),
    parts: z.int().min(1).max(2000),
  })
  .meta({ id: 'NewImport' });
export type NewImport = z.infer<typeof newImportShape>;
/** At most this many bytes of the file at once. */
export const importPartBytes = 512 * 1024;
export const importPartShape = z.object({ base64: z.base64().max(720_000) }).meta({ id: 'ImportPart' });

export const previewRowShape = z.object({
  row: z.int(),
  cells: z.array(z.string()),
  becomes: z
    .object({
      kind: z.string(),
      amountMinor: signedShape,
      feeMinor: signedShape,
      currency: z.string(),
      at: instantShape,
      reference: z.string().nullable(),
      payoutId: z.string().nullable(),
    })
    .nullable(),
  why: z.string().nullable().describe('Why it becomes nothing: totals, empty, other_currency, no_amount, no_date, not_chosen …'),
});
export const importPreviewShape = z
  .object({
    import: importRowShape,
    encoding: z.string(),
    separator: z.string(),
    heading: z.array(z.string()),
    mapping: importMappingShape,
    remembered: z.boolean().describe('The mapping is the one that was used for such a file before'),
    missing: z.array(columnFieldShape).describe('Without these it cannot be read'),
    rows: z.array(previewRowShape),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewShape>;
export const importStartShape = z.object({ mapping: importMappingShape, registerId: id.nullable() }).meta({ id: 'ImportStart' });
export type ImportStart = z.infer<typeof importStartShape>;

export const importDetailShape = z
  .object({ import: importRowShape, rows: z.array(z.object({ row: z.int(), why: z.string(), content: z.string() })), next: z.int().nullable() })
  .meta({ id: 'ImportDetail' });
export type ImportDetail = z.infer<typeof importDetailShape>;
