import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { onlinePaymentStatusShape, policyShape, precedences } from './online-payment.ts';
import { instantShape } from './time.ts';

/** The two ways to pay online, each with its own switch and its own connection (A4). */
export const onlineMethods = ['online_registration', 'visit_link'] as const;
export const onlineMethodShape = z.enum(onlineMethods);

/** What has to be there before a method can be switched on. */
export const methodNeeds = ['provider', 'company_details'] as const;
export type MethodNeed = (typeof methodNeeds)[number];

const inLanguagesShape = z.object({ en: z.string(), uk: z.string(), pt: z.string() });

/** One field of a provider's credentials, derived from its adapter's own schema: a screen draws it without knowing the provider. */
export const credentialFieldShape = z
  .object({
    name: z.string(),
    title: z.string().describe('As the provider’s own pages call it'),
    ownTitle: inLanguagesShape.nullable().describe('Ours, where the provider’s own pages have no word for it'),
    where: inLanguagesShape.describe('Where to find it'),
    secret: z.boolean().describe('Never shown again once saved'),
    pattern: z.string().nullable().describe('A regular expression of what it looks like'),
    placeholder: z.string(),
    kind: z.enum(['line', 'lines', 'file', 'choice']).describe('file: its bytes in base64'),
    optional: z.boolean().describe('May be left empty'),
    choices: z.array(z.object({ value: z.string(), title: inLanguagesShape })).describe('Of a choice; the first one is what most need'),
    broughtBySetUp: z.boolean().describe('Need not be typed where webhooks are set up by a call'),
  })
  .meta({ id: 'CredentialField' });
export type CredentialFieldShown = z.infer<typeof credentialFieldShape>;

export const availableProviderShape = z
  .object({
    name: z.string(),
    title: z.string(),
    fields: z.array(credentialFieldShape),
    steps: z.array(inLanguagesShape).describe('How to connect it'),
    webhookSetup: z.enum(['by_hand', 'by_call', 'with_each_payment', 'none']).describe('How the provider gets to know the webhook’s address'),
    webhookEvents: z.array(z.string()).describe('What to tick where webhooks are set up at the provider'),
    refunds: z.enum(['partial', 'full_only', 'none']).describe('What it gives back by a call'),
    takesCurrency: z.boolean().describe('Whether it takes this location’s currency'),
    minimumChargeMinor: amountMinorShape.describe('The least it charges in this currency'),
    sandboxPage: z.string().nullable().describe('In the demo: where its sandbox shows keys to type. Null: this is the real provider'),
  })
  .meta({ id: 'AvailableProvider' });
export type AvailableProvider = z.infer<typeof availableProviderShape>;

/** A payment of the smallest amount that somebody of the salon makes to see a connection work. */
export const connectionTestStateShape = z
  .object({
    id: z.string(),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    startedAt: instantShape,
    startedBy: z.string(),
    payableUntil: instantShape,
    state: z
      .enum(['opening', 'open', 'closing', 'processing', 'captured', 'failed', 'closed'])
      .describe('opening: the provider has not answered yet; closing: its time is over, the provider is being asked'),
    pageUrl: z.string().nullable().describe('The provider’s page, while it can be paid'),
    trouble: z.string().nullable().describe('What the provider last had against it'),
    capturedAt: instantShape.nullable(),
    capturedMinor: amountMinorShape,
    noticedBy: z.enum(['webhook', 'asking']).nullable().describe('How the money was noticed'),
    webhooks: z.array(z.object({ type: z.string(), at: instantShape })).describe('What has arrived because of it'),
    refundedMinor: amountMinorShape,
    leftMinor: amountMinorShape.describe('What is still to be given back'),
    refund: z
      .object({
        status: z.enum(['intended', 'pending', 'refunded', 'failed']),
        madeAt: instantShape,
        doneAt: instantShape.nullable(),
        trouble: z.string().nullable(),
      })
      .nullable()
      .describe('The last refund that was asked for from here'),
  })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTest = z.infer<typeof connectionTestStateShape>;

export const connectionShape = z
  .object({
    id: z.string(),
    version: z.int().describe('Hand it in with a change: if somebody else was faster, the answer is changed_meanwhile'),
    provider: z.string(),
    label: z.string(),
    sandbox: z.boolean(),
    usable: z.boolean().describe('False: a sandbox’s connection where sandboxes are refused'),
    hints: z
      .array(
        z.object({
          name: z.string(),
          title: z.string(),
          saved: z.boolean().describe('False: left empty'),
          lastFour: z.string().describe('The last four characters; empty for files, longer texts and what is too short'),
          value: z.string().nullable().describe('A setting or a choice as it is'),
        }),
      )
      .describe('What may be seen of each credential'),
    account: z.string().nullable().describe('Whose account answered the last test'),
    madeAt: instantShape,
    testedAt: instantShape.nullable().describe('When the provider last said that the credentials are good'),
    archivedAt: instantShape.nullable(),
    registerId: z.string().describe('The register it pays out to'),
    endsAt: instantShape.nullable().describe('When its credentials stop working by themselves: a certificate’s end'),
    webhookUrl: z.string().nullable().describe('Where the provider reports; null: a part of it is secret, and only who may edit sees it'),
    returnUrl: z.string().nullable().describe('Where clients come back to, to be set at a provider that knows one such address for all payments'),
    webhooksReachUs: z.boolean().describe('False: this server’s address cannot be reached from outside; payments are noticed by asking the provider'),
    events: z
      .array(z.object({ type: z.string(), asked: z.boolean(), arrivedAt: instantShape.nullable() }))
      .describe('What has really arrived, and when last; `asked`: one of the types to tick'),
    refusedWebhook: z
      .object({ at: instantShape, why: z.string() })
      .nullable()
      .describe('The last message that did not prove to come from the provider, if no good one came after it'),
    test: connectionTestStateShape.nullable().describe('The last test payment'),
    usedBy: z.array(onlineMethodShape).describe('Methods that are switched on and pay through it'),
    paymentsUnderWay: z.int(),
  })
  .meta({ id: 'PaymentConnection' });
export type PaymentConnection = z.infer<typeof connectionShape>;

export const methodStateShape = z
  .object({
    method: onlineMethodShape,
    enabled: z.boolean(),
    connectionId: z.string().nullable(),
    version: z.int(),
    missing: z.array(z.enum(methodNeeds)).describe('What keeps it from being switched on'),
  })
  .meta({ id: 'PaymentMethodState' });
export type MethodState = z.infer<typeof methodStateShape>;

/** `GET …/cashless-payment`: all of Finance → Cashless payment but the statuses. */
export const cashlessPaymentShape = z
  .object({
    currency: currencyShape,
    timeZone: z.string(),
    companyDetails: z.boolean().describe('Whether the company details are filled: clients see whom they pay'),
    methods: z.array(methodStateShape),
    connections: z.array(connectionShape),
    registers: z.array(z.object({ id: z.string(), name: z.string().describe('"main" and "card" are the two every location has') })),
    providers: z.array(availableProviderShape),
    webhooksReachUs: z.boolean(),
    newConnectionId: z.string().describe('For the next connection: its webhook address can be pasted at the provider before anything is saved here'),
  })
  .meta({ id: 'CashlessPayment' });
export type CashlessPayment = z.infer<typeof cashlessPaymentShape>;

/** `GET …/cashless-payment/connections/:id/webhooks` */
export const arrivalsShape = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        type: z.string().nullable().describe('Null: refused before it was read'),
        at: instantShape,
        what: z
          .enum(['ours', 'waiting', 'not_ours', 'parked', 'refused'])
          .describe('not_ours: another sale of this merchant; parked: it carries our mark and nobody knows it yet; refused: no good proof'),
        why: z.string().nullable(),
        reference: z.string().nullable(),
        payment: z.object({ id: z.string(), status: z.string(), orderKind: z.string(), appointmentId: z.string().nullable() }).nullable(),
      }),
    ),
    next: z.string().nullable().describe('Hand it in as `after` for the next page'),
  })
  .meta({ id: 'WebhookArrivals' });
export type Arrivals = z.infer<typeof arrivalsShape>;

const connectionIdShape = z.string().regex(/^con_[0-9a-hjkmnp-tv-z]{26}$/);
const labelShape = z.string().trim().min(1).max(80);
const versionShape = z.int();
const credentialsShape = z.record(z.string().max(60), z.string().max(45_000)).describe('As the provider’s fields name them; files in base64');

/** `POST …/cashless-payment/connection-tests`: are these good? Asks the provider, keeps nothing. */
export const connectionTestShape = z.strictObject({
  provider: z.string().max(40),
  credentials: credentialsShape,
  beforeSetUp: z.boolean().default(false).describe('What the set-up of the webhook is going to bring may be missing'),
});
export const connectionTestedShape = z.object({ account: z.string() }).meta({ id: 'ConnectionTested' });
export type ConnectionTested = z.infer<typeof connectionTestedShape>;

/** `POST …/cashless-payment/connections` */
export const connectionWishShape = z.strictObject({
  connectionId: connectionIdShape.describe('The newConnectionId that was shown: connecting twice by accident makes one connection'),
  provider: z.string().max(40),
  label: labelShape,
  credentials: credentialsShape,
  registerId: z.string().max(60).optional().describe('Left out: the Card payment account'),
  webhook: z
    .enum(['by_hand', 'set_up', 'replace'])
    .default('by_hand')
    .describe('set_up: tell the provider our address by a call; replace: even where it has another one'),
});
export type ConnectionWish = z.input<typeof connectionWishShape>;

export const connectionChangeShape = z.strictObject({
  version: versionShape,
  label: labelShape.optional(),
  registerId: z.string().max(60).optional(),
});
export const credentialsChangeShape = z.strictObject({
  version: versionShape,
  credentials: credentialsShape.describe('What is left out stays as it is'),
});

/** `GET …/cashless-payment/webhook-addresses/:connection`: of a connection that is yet to be made, through each provider. */
export const webhookAddressesShape = z
  .object({
    addresses: z.record(z.string(), z.string()),
    returns: z.record(z.string(), z.string().nullable()).describe('Where clients come back to; null: each payment tells the provider'),
  })
  .meta({ id: 'WebhookAddresses' });
export type WebhookAddresses = z.infer<typeof webhookAddressesShape>;

/** `POST …/cashless-payment/connections/:id/webhook` */
export const webhookWishShape = z.strictObject({
  version: versionShape,
  replace: z.boolean().describe('Also where the provider’s only address is another one'),
});
export const webhookSetUpShape = z
  .object({
    outcome: z.enum(['set', 'taken']),
    otherUrl: z.string().nullable().describe('The address in use, where the only one is taken: nothing was changed'),
    page: cashlessPaymentShape,
  })
  .meta({ id: 'WebhookSetUp' });
export type WebhookSetUpAnswer = z.infer<typeof webhookSetUpShape>;
export const connectionArchivalShape = z.strictObject({ version: versionShape });
export const methodWishShape = z.strictObject({ version: versionShape, enabled: z.boolean(), connectionId: z.string().max(60).nullable() });

/** Why what was set cannot work for a pair as it is (A3). */
export const statusWarningCodes = ['below_provider_minimum', 'price_is_zero'] as const;

/** `GET …/online-payment-statuses`: services × team members (A2). */
export const statusMatrixShape = z
  .object({
    version: z.string().describe('Hand it in with a change'),
    precedence: z.enum(precedences),
    currency: currencyShape,
    methodOn: z.boolean().describe('Whether paying for online registration is switched on; while it is not, nobody is asked to pay'),
    minimumChargeMinor: amountMinorShape.describe('The least the provider charges; 0 while none is connected'),
    categories: z.array(z.object({ id: z.string(), name: z.string() })),
    staff: z.array(z.object({ id: z.string(), name: z.string(), position: z.string(), status: onlinePaymentStatusShape, online: z.boolean() })),
    services: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        categoryId: z.string(),
        status: onlinePaymentStatusShape,
        online: z.boolean(),
        cells: z
          .array(policyShape.extend({ prepayMinor: amountMinorShape }).nullable())
          .describe('One for each team member, in their order: what clients meet; null: they do not do this service'),
      }),
    ),
    warnings: z.array(z.object({ code: z.enum(statusWarningCodes), serviceId: z.string(), staffIds: z.array(z.string()) })),
  })
  .meta({ id: 'OnlinePaymentStatuses' });
export type StatusMatrix = z.infer<typeof statusMatrixShape>;

/** `PATCH …/online-payment-statuses`: all of it or nothing. */
export const statusChangeShape = z.strictObject({
  version: z.string().max(40),
  services: z.record(z.string().max(60), onlinePaymentStatusShape).default({}),
  staff: z.record(z.string().max(60), onlinePaymentStatusShape).default({}),
  precedence: z.enum(precedences).optional().describe('Needs the right online_payment.edit as well'),
});
export type StatusChange = z.infer<typeof statusChangeShape>;
