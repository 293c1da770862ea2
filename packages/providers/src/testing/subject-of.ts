import type { Outage, ProviderCall, ProviderSubject } from '../contract-suite/provider-subject.ts';
import type { OwnPage, PaymentProvider, ProviderEndpoint } from '../payment-provider.ts';
import type { StartSandbox } from '../sandbox-kit/sandbox.ts';
import { receiveWebhooks } from './receive-webhooks.ts';

const fault = {
  silence: 'timeout',
  server_error: 'status500',
  too_many_requests: 'status429',
  proxy_page: 'html',
} as const satisfies Record<Outage, string>;

const SECRETS = { ours: 'address-secret-of-the-salon', others: 'address-secret-of-another-merchant' };

/** A provider beside its sandbox, both from scratch, for the contract suite. */
export async function subjectOf(create: (endpoint: ProviderEndpoint) => PaymentProvider, start: StartSandbox): Promise<ProviderSubject> {
  let now = new Date('2026-11-21T10:00:00.250Z');
  const webhooks = await receiveWebhooks();
  const sandbox = await start({ now: () => now, tickEveryMs: 0 });
  const [credentials, otherMerchant, nobody] = await Promise.all(['salon', 'other', 'nobody'].map((name) => sandbox.inventKeys(name)));
  if (!credentials || !otherMerchant || !nobody) throw new Error('the sandbox makes up keys');
  sandbox.setAccount(credentials, webhooks.urlWith(SECRETS.ours));
  sandbox.setAccount(otherMerchant, webhooks.urlWith(SECRETS.others));
  const real = create({ origin: sandbox.origin, ca: sandbox.ca, timeoutMs: 1000, now: () => now });
  const pages = new Map<string, OwnPage>();
  const provider: PaymentProvider = {
    ...real,
    async createPayment(keys, order) {
      const opened = await real.createPayment(keys, order);
      if (opened.kind === 'done' && opened.value.page) pages.set(opened.value.providerPaymentId, opened.value.page);
      return opened;
    },
  };
  const payment = (id: string) => {
    const found = sandbox.payments().find((one) => one.id === id);
    if (!found) throw new Error(`the sandbox has no payment ${id}`);
    return found;
  };
  /** What the client's browser does with a page of ours that posts itself to the provider. */
  const goToPage = async (id: string) => {
    const page = pages.get(id);
    if (page?.kind === 'form') await fetch(page.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(page.fields) });
  };
  const pay = async (id: string, how: Parameters<typeof sandbox.pay>[1] = {}) => {
    await goToPage(id);
    return sandbox.payments().some((one) => one.id === id) ? sandbox.pay(id, how) : ('closed' as const);
  };
  const order = (match: ProviderCall, kind: 'status500_after' | 'drop_after') => void sandbox.faults.add({ match, kind });
  return {
    provider,
    credentials,
    otherMerchant,
    nobody,
    addressSecrets: SECRETS,
    webhookUrl: webhooks.urlWith(SECRETS.ours),
    sandbox: {
      now: () => now,
      moveClock: async (minutes) => {
        now = new Date(now.getTime() + minutes * 60_000);
        await sandbox.tick();
      },
      pay: async (id) => (await pay(id)) === 'captured',
      payAmiss: async (id, how) => (await pay(id, how)) === 'captured',
      decline: async (id) => void (await pay(id, { declined: true })),
      processing: {
        start: async (id) => (await pay(id, { processing: true })) === 'processing',
        settle: async (id, paid) => sandbox.settleProcessing(id, paid),
      },
      loseAnswer: (call) => order(call, 'status500_after'),
      breakLine: (call) => order(call, 'drop_after'),
      down: (call, outage) => void sandbox.faults.add({ match: call, kind: fault[outage], times: 1000 }),
      up: () => sandbox.faults.clear(),
      webhooks: async () => {
        await sandbox.tick();
        return [...webhooks.received];
      },
      priceShown: (id) => payment(id).priceShown,
      answerRefunds: (how) => sandbox.answerRefunds(how),
      settleRefund: (id, done) => sandbox.settleRefund(id, done),
      refundInDashboard: async (id) => sandbox.giveBack(id),
      disputes: sandbox.disputes,
      countPayments: (reference) => sandbox.payments().filter((one) => one.reference === reference).length,
    },
    stop: async () => {
      await sandbox.close();
      webhooks.stop();
    },
  };
}
