import { createHash } from 'node:crypto';
import type { AccountKeys, PayAnswer, Sandbox, SandboxOptions, SandboxPayment } from '../../sandbox-kit/sandbox.ts';
import { priceOf, toMinor, toUnits } from './amounts.ts';
import { startStripeSandbox } from './start-sandbox.ts';

const answers: Readonly<Record<string, PayAnswer>> = { finished: 'captured', declined: 'declined', insufficient_funds: 'declined', gone: 'closed' };

/** The Stripe sandbox as every sandbox is steered. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host, now, statePath, publicOrigin, tickEveryMs } = options;
  const stripe = await startStripeSandbox({
    now,
    accounts: [],
    statePath,
    publicOrigin,
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(tickEveryMs === undefined ? {} : { tickEveryMs }),
  });
  const known = new Set<string>();
  const payments = (): SandboxPayment[] =>
    stripe.payments().map((one) => ({
      id: one.id,
      reference: one.client_reference_id ?? undefined,
      state: stateOf(one, stripe.isProcessing(one.id)),
      currency: one.currency.toUpperCase(),
      amountMinor: toMinor(one.amount, one.currency),
      capturedMinor: toMinor(one.captured, one.currency),
      refundedMinor: toMinor(one.refunded, one.currency),
      priceShown: priceOf(one.amount, one.currency),
    }));
  return {
    provider: 'stripe',
    origin: stripe.origin,
    pagesOrigin: stripe.origin,
    faults: stripe.faults,
    webhooks: {
      get mode() {
        return stripe.events.mode;
      },
      setMode: (mode) => stripe.events.setMode(mode),
      waiting: () => stripe.events.pending().length,
      release: (wish) => stripe.events.release(wish),
      settled: () => stripe.events.settled(),
    },
    async inventKeys(name): Promise<AccountKeys> {
      const secret = (kind: string) => createHash('sha256').update(`${kind} ${name}`).digest('hex').slice(0, 24);
      return { publishableKey: `pk_test_${secret('pk')}`, secretKey: `sk_test_${secret('sk')}`, signingSecret: `whsec_${secret('whsec')}` };
    },
    setAccount({ secretKey = '', publishableKey = '', signingSecret = '' }, webhookUrl) {
      known.add(secretKey);
      stripe.setAccount({ secretKey, publishableKey, webhookSecret: signingSecret, webhookUrl });
    },
    payments,
    pay(id, how = {}) {
      const { amountMinor, currency } = how;
      const before = stripe.payments().find((one) => one.id === id);
      if (before?.status !== 'open') return 'closed';
      if (amountMinor !== undefined || currency !== undefined) {
        const taken = (currency ?? before.currency).toLowerCase();
        const amount = amountMinor ?? toMinor(before.amount, before.currency);
        stripe.askInstead(id, { amount: toUnits(amount, taken), currency: taken });
      }
      if (how.processing) return stripe.takesDelayed(id) && stripe.pay(id, { delayed: true }) === 'finished' ? 'processing' : 'not_offered';
      return answers[stripe.pay(id, how.declined ? { card: '4000000000000002' } : {})] ?? 'declined';
    },
    settleProcessing: (id, paid) => stripe.settleDelayed(id, paid),
    giveBack: (id, amountMinor) => stripe.giveBack(id, amountMinor),
    answerRefunds: (how) => stripe.answerRefunds(how === 'later' ? 'pending' : 'succeeded'),
    settleRefund: (id, done) => stripe.settleRefund(id, done),
    disputes: {
      open: (id, how) => stripe.dispute(id, how),
      answer: (id) => stripe.answerDispute(id),
      escalate: (id) => stripe.escalateDispute(id),
      decide: (id, won) => stripe.decideDispute(id, won),
    },
    tick: () => stripe.tick(),
    close: () => stripe.close(),
  };
}

function stateOf({ status, payment_status }: { status: string; payment_status: string }, processing: boolean): SandboxPayment['state'] {
  if (status === 'open') return 'open';
  if (status === 'expired') return 'closed';
  return payment_status === 'paid' ? 'captured' : processing ? 'processing' : 'failed';
}
