import { z } from 'zod';
import type {
  CredentialField,
  Credentials,
  InLanguages,
  Outcome,
  OwnPage,
  PaymentFact,
  PaymentKey,
  PaymentOrder,
  PaymentProvider,
  ProviderEndpoint,
} from '../payment-provider.ts';
import { ibanIsGood } from './iban.ts';

const field = (shape: z.ZodType<string>, about: CredentialField) => shape.meta({ ...about });
const here: InLanguages = {
  en: 'Clients see it on the page to pay',
  uk: 'Клієнти бачать це на сторінці оплати',
  pt: 'Os clientes veem-no na página de pagamento',
};

const account: InLanguages = {
  en: 'Needed for a bank transfer. Clients see it on the page to pay',
  uk: 'Потрібен для банківського переказу. Клієнти бачать його на сторінці оплати',
  pt: 'Necessário para a transferência bancária. Os clientes veem-no na página de pagamento',
};

const credentialsShape = z.object({
  way: field(z.enum(['transfer', 'on_arrival']), {
    secret: false,
    title: 'Way of paying',
    ownTitle: { en: 'Way of paying', uk: 'Спосіб оплати', pt: 'Forma de pagamento' },
    where: { en: 'What you offer', uk: 'Що ви пропонуєте', pt: 'O que oferece' },
    placeholder: '',
    kind: 'choice',
    choices: [
      {
        value: 'transfer',
        title: { en: 'Bank transfer by invoice', uk: 'Банківський переказ за рахунком', pt: 'Transferência bancária por fatura' },
      },
      {
        value: 'on_arrival',
        title: { en: 'On arrival, by cash or card', uk: 'Під час візиту, готівкою або карткою', pt: 'À chegada, em dinheiro ou cartão' },
      },
    ],
  }),
  payee: field(z.string().min(1).max(70), {
    secret: false,
    shown: true,
    title: 'Payee',
    ownTitle: { en: 'Payee', uk: 'Отримувач', pt: 'Beneficiário' },
    where: here,
    placeholder: 'Linden & Salt Ltd',
  }),
  iban: field(
    z
      .string()
      .max(42)
      .refine((text) => text === '' || ibanIsGood(text), 'this is no IBAN'),
    { secret: false, shown: true, title: 'IBAN', where: account, placeholder: 'PT50 0002 0123 1234 5678 9015 4', optional: true },
  ),
});

const say = {
  transfer: {
    en: 'Please transfer the amount with exactly this reference. Your booking shows it as soon as the salon has noted it.',
    uk: 'Перекажіть суму саме з цим призначенням. Запис покаже оплату, щойно салон її відмітить.',
    pt: 'Transfira o valor com exatamente esta referência. A marcação mostra-o assim que o salão o registar.',
  },
  on_arrival: {
    en: 'You pay when you come, by cash or card. There is nothing to do now.',
    uk: 'Ви платите під час візиту, готівкою або карткою. Зараз нічого робити не потрібно.',
    pt: 'Paga à chegada, em dinheiro ou cartão. Agora não precisa de fazer nada.',
  },
} as const satisfies Record<string, InLanguages>;

/**
 * Paying without anybody in between: by bank transfer, or on arrival. There is nobody to ask, so a person of the salon notes what has come in
 * (`PaymentKey.noted`). See README.md beside this file.
 */
export function createInvoiceProvider({ now = () => new Date() }: ProviderEndpoint = {}): PaymentProvider {
  return {
    name: 'invoice',
    title: 'Invoice',
    capabilities: {
      currencies: 'any',
      closesPages: false,
      shortestPageMinutes: 0,
      refunds: 'none',
      tellsExpiry: false,
      createIsIdempotent: true,
      refundIsIdempotent: false,
      knowsUnpaid: false,
      findsByReference: false,
      triesAgainOnPage: true,
      tellsFees: false,
      webhookProof: 'none',
      webhooksAreDated: false,
      webhookSetup: 'none',
      settlements: 'none',
      notedByHand: true,
    },
    credentialsShape,
    webhookEvents: [],
    minimumChargeMinor: () => 1n,

    async testConnection(credentials) {
      const { way = '', payee = '', iban = '' } = credentials;
      if (way === 'transfer' && iban === '') return { kind: 'declined', code: 'iban_missing', message: 'A transfer needs an IBAN to go to.' };
      return {
        kind: 'done',
        value: {
          account: iban === '' ? payee : `${payee} (…${iban.replaceAll(' ', '').slice(-4)})`,
          accountId: `${way}/${payee}/${iban.replaceAll(' ', '')}`,
        },
      };
    },

    async createPayment(credentials, order) {
      if (order.amountMinor < 1n)
        return { kind: 'declined', code: 'amount_not_chargeable', message: 'There is nothing to pay in an amount of nothing.' };
      const page = pageOf(credentials, order);
      return { kind: 'done', value: { providerPaymentId: order.reference, pageUrl: order.ownPageUrl, closesAt: order.payableUntil, page } };
    },

    async readPayment(_credentials, key) {
      return { kind: 'done', value: key.providerPaymentId === undefined && !key.noted ? undefined : factOf(key, now()) };
    },

    closePayment: async () => ({ kind: 'declined', code: 'cannot_close', message: 'Nobody can be told that it is over.' }),
    readRefund: async () => ({ kind: 'done', value: undefined }),
    refundPayment: async (): Promise<Outcome<never>> => ({ kind: 'declined', code: 'cannot_refund', message: 'This money goes back by hand.' }),
    verifyWebhook: async () => ({ kind: 'refused', why: 'missing_signature' }),
  };
}

function factOf({ reference, currency, payableUntil, noted }: PaymentKey, now: Date): PaymentFact {
  const about = { reference, providerPaymentId: reference, currency };
  if (noted && noted.capturedMinor > 0n) return { ...about, state: 'captured', ...noted };
  return { ...about, state: now < payableUntil ? 'open' : 'closed', capturedMinor: 0n, refundedMinor: 0n };
}

function pageOf({ way, payee = '', iban = '' }: Credentials, { reference }: PaymentOrder): OwnPage {
  if (way !== 'transfer') return { kind: 'instructions', say: say.on_arrival, values: [] };
  return {
    kind: 'instructions',
    say: say.transfer,
    values: [
      { title: { en: 'Payee', uk: 'Отримувач', pt: 'Beneficiário' }, value: payee },
      { title: { en: 'IBAN', uk: 'IBAN', pt: 'IBAN' }, value: iban },
      { title: { en: 'Reference', uk: 'Призначення платежу', pt: 'Referência' }, value: reference },
    ],
  };
}
