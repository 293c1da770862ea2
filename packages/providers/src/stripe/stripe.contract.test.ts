import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import type { Outage, ProviderCall, ProviderSubject, RawWebhook } from '../contract-suite/provider-subject.ts';
import { startStripeSandbox } from './sandbox/start-sandbox.ts';
import { createStripeProvider } from './stripe.ts';

const merchant = (name: string) => ({ publishableKey: `pk_test_${name}`, secretKey: `sk_test_${name}`, signingSecret: `whsec_${name}` });
const salon = merchant('Salon7f3a');
const otherMerchant = merchant('Other19bc');

const match = { create: 'create', read: 'read', close: 'expire', refund: 'refund' } as const satisfies Record<ProviderCall, string>;
const fault = {
  silence: 'timeout',
  server_error: 'status500',
  too_many_requests: 'status429',
  proxy_page: 'html',
} as const satisfies Record<Outage, string>;

keepsTheContract('stripe', async (): Promise<ProviderSubject> => {
  let now = new Date('2026-11-21T10:00:00.250Z');
  const webhooks = await receiveWebhooks();
  const account = ({ publishableKey, secretKey, signingSecret }: typeof salon, webhookUrl?: string) => ({
    publishableKey,
    secretKey,
    webhookSecret: signingSecret,
    webhookUrl,
  });
  const sandbox = await startStripeSandbox({ now: () => now, accounts: [account(salon, webhooks.url), account(otherMerchant)], tickEveryMs: 0 });
  return {
    provider: createStripeProvider({ origin: sandbox.origin, timeoutMs: 1000 }),
    credentials: salon,
    otherMerchant,
    nobody: merchant('Nobody0d4e'),
    sandbox: {
      now: () => now,
      moveClock: async (minutes) => {
        now = new Date(now.getTime() + minutes * 60_000);
        await sandbox.tick();
      },
      pay: async (id) => sandbox.pay(id) === 'finished',
      decline: async (id) => {
        sandbox.pay(id, { card: '4000000000000002' });
      },
      processing: {
        start: async (id) => {
          sandbox.pay(id, { delayed: true });
        },
        settle: async (id, paid) => sandbox.settleDelayed(id, paid),
      },
      loseAnswer: (call) => void sandbox.faults.add({ match: match[call], kind: 'status500_after' }),
      breakLine: (call) => void sandbox.faults.add({ match: match[call], kind: 'drop_after' }),
      down: (call, outage) => void sandbox.faults.add({ match: match[call], kind: fault[outage], times: 1000 }),
      up: () => sandbox.faults.clear(),
      webhooks: async () => {
        await sandbox.tick();
        return [...webhooks.received];
      },
      priceShown: (id) => price(sandbox.payments().find((payment) => payment.id === id)),
      refundInDashboard: async (id) => {
        const intent = sandbox.payments().find((payment) => payment.id === id)?.payment_intent ?? '';
        const headers = { authorization: `Bearer ${salon.secretKey}` };
        const answer = await fetch(`${sandbox.origin}/v1/refunds`, {
          method: 'POST',
          headers,
          body: new URLSearchParams({ payment_intent: intent }),
        });
        if (!answer.ok) throw new Error(await answer.text());
      },
      countPayments: (reference) => sandbox.payments().filter((payment) => payment.client_reference_id === reference).length,
    },
    stop: async () => {
      await sandbox.close();
      webhooks.stop();
    },
  };
});

/** By docs.stripe.com/currencies, apart from the adapter's table: yen as they are, krónur and shillings in hundredths, dinars in thousandths. */
function price(payment: { amount: number; currency: string } | undefined): string {
  if (!payment) throw new Error('the sandbox has no such payment');
  const { amount, currency } = payment;
  if (currency === 'jpy') return String(amount);
  if (currency === 'isk' || currency === 'ugx') return (amount / 100).toFixed(0);
  if (currency === 'kwd') return (amount / 1000).toFixed(3);
  return (amount / 100).toFixed(2);
}

/** The salon's end: keeps every webhook as it came. */
async function receiveWebhooks() {
  const received: RawWebhook[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
      );
      received.push({ headers, rawBody: new Uint8Array(Buffer.concat(parts)) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`, stop };
}
