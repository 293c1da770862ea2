import type { ProviderSubject } from '../contract-suite/provider-subject.ts';
import type { Credentials, PaymentProvider, ProviderEndpoint } from '../payment-provider.ts';

interface Note {
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payableUntil: Date;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
}

/** A provider with nobody to ask, for the contract suite: its "sandbox" is the salon's notebook, and each question carries what stands in it. */
export function notebookSubject(
  create: (endpoint: ProviderEndpoint) => PaymentProvider,
  merchants: Readonly<Record<'credentials' | 'otherMerchant' | 'nobody', Credentials>>,
): ProviderSubject {
  let now = new Date('2026-11-21T10:00:00.250Z');
  const notes = new Map<string, Note>();
  const real = create({ now: () => now });
  const provider: PaymentProvider = {
    ...real,
    async createPayment(credentials, order) {
      const opened = await real.createPayment(credentials, order);
      const { reference, amountMinor, currency, payableUntil } = order;
      if (opened.kind === 'done' && !notes.has(reference))
        notes.set(opened.value.providerPaymentId, { reference, amountMinor, currency, payableUntil, capturedMinor: 0n, refundedMinor: 0n });
      return opened;
    },
    readPayment: (credentials, key) => real.readPayment(credentials, { ...key, noted: notes.get(key.providerPaymentId ?? key.reference) }),
  };
  const note = (id: string, change: (known: Note) => Partial<Note>): boolean => {
    const known = notes.get(id);
    if (!known || known.capturedMinor > 0n || now >= known.payableUntil) return false;
    notes.set(id, { ...known, ...change(known) });
    return true;
  };
  const nothing = () => {};
  return {
    provider,
    ...merchants,
    addressSecrets: { ours: 'ours', others: 'others' },
    webhookUrl: 'http://127.0.0.1:9/',
    sandbox: {
      now: () => now,
      moveClock: async (minutes) => {
        now = new Date(now.getTime() + minutes * 60_000);
      },
      pay: async (id) => note(id, ({ amountMinor }) => ({ capturedMinor: amountMinor })),
      // whoever notes money notes it in the currency that was asked for
      payAmiss: async (id, { amountMinor, currency }) =>
        currency === undefined && note(id, (known) => ({ capturedMinor: amountMinor ?? known.amountMinor })),
      decline: async () => {},
      processing: { start: async () => false, settle: async () => {} },
      loseAnswer: nothing,
      breakLine: nothing,
      down: nothing,
      up: nothing,
      webhooks: async () => [],
      priceShown: (id) => written(notes.get(id)),
      answerRefunds: nothing,
      settleRefund: nothing,
      refundInDashboard: async () => {},
      countPayments: () => 0,
    },
    stop: async () => {},
  };
}

/** As a person would write it in the notebook. */
function written(note: Note | undefined): string {
  if (!note) throw new Error('there is no such payment');
  const { amountMinor, currency } = note;
  const digits = { JPY: 0, ISK: 0, UGX: 0, KWD: 3 }[currency] ?? 2;
  return (Number(amountMinor) / 10 ** digits).toFixed(digits);
}
