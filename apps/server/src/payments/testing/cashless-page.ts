import type { CashlessPayment, PaymentConnection } from '@holdfast/contract/cashless';
import { type Answer, clientOf } from '../../testing/call.ts';
import { type StaffUser, signInAs } from '../../testing/sign-in-as.ts';
import type { KEYS, TestApp } from '../../testing/test-app.ts';
import { wishFor } from '../../testing/wishes.ts';

export type Refused = { readonly code: string; readonly detail: Readonly<Record<string, unknown>> };
type Body = CashlessPayment & Refused;

/** In every secret that is typed here: it must be found nowhere. */
export const SECRET = 'veryverysecret';

/** A salon with one service that must be prepaid. */
export const SALON = { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } } as const;

/** `page`: the provider's name of the page. */
type Booked = { readonly client: ReturnType<typeof clientOf>; readonly token: string; readonly page: string };

export type Page = Awaited<ReturnType<typeof cashlessPage>>;

/** An owner at Finance → Cashless payment. */
export async function cashlessPage(app: TestApp) {
  const owner: StaffUser = await signInAs(app, 'owner');
  let count = 0;
  let hour = 8;
  const page = {
    owner,
    /** Of an account of its own at the sandbox, as an owner would copy them. */
    freshKeys(known = true): typeof KEYS {
      count += 1;
      const keys = {
        publishableKey: `pk_test_hand_${count}_abcd`,
        secretKey: `sk_test_${SECRET}_${count}_9876`,
        signingSecret: `whsec_${SECRET}_${count}_4321`,
      };
      if (known) app.sandbox.setAccount({ secretKey: keys.secretKey, publishableKey: keys.publishableKey, webhookSecret: keys.signingSecret });
      return keys;
    },
    seen: async (): Promise<CashlessPayment> => (await owner.here<CashlessPayment>('GET', 'cashless-payment')).body,
    async connection(id: string): Promise<PaymentConnection> {
      const found = (await page.seen()).connections.find((one) => one.id === id);
      if (!found) throw new Error('not there');
      return found;
    },
    change: (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object): Promise<Answer<Body>> =>
      owner.here<Body>(method, `cashless-payment/${path}`, body),
    async connect(keys: typeof KEYS = page.freshKeys(), more: object = {}): Promise<Answer<Body>> {
      const { newConnectionId } = await page.seen();
      return page.change('POST', 'connections', {
        connectionId: newConnectionId,
        provider: 'stripe',
        label: 'Second till',
        credentials: keys,
        ...more,
      });
    },
    async connected(keys: typeof KEYS = page.freshKeys()): Promise<PaymentConnection> {
      const { newConnectionId: connectionId } = await page.seen();
      await page.connect(keys, { connectionId });
      return page.connection(connectionId);
    },
    async switchTo(enabled: boolean, connectionId: string | null = null): Promise<Answer<Body>> {
      const [method] = (await page.seen()).methods;
      return page.change('PUT', 'methods/online_registration', { version: method?.version, enabled, connectionId });
    },
    /** A client who was sent to the provider's page. */
    async booked(): Promise<Booked> {
      const client = clientOf(app);
      hour += 1;
      const wish = await wishFor(app, { staffId: 'anna', serviceIds: ['cut'], startsAt: `2026-03-09T${String(hour).padStart(2, '0')}:00:00.000Z` });
      const { body: made } = await client.book(wish(hour));
      const { body: started } = await client.startPayment(made.token);
      return { client, token: made.token, page: client.sessionOf(started) };
    },
    /** A connection of its own that a client is just paying through; afterwards the first one is used again. */
    async withPayment(deed: (story: { connection: PaymentConnection; keys: typeof KEYS } & Booked) => Promise<void>): Promise<void> {
      const keys = page.freshKeys();
      const connection = await page.connected(keys);
      app.sandbox.setAccount({
        secretKey: keys.secretKey,
        publishableKey: keys.publishableKey,
        webhookSecret: keys.signingSecret,
        webhookUrl: `${app.origin}${new URL(connection.webhookUrl ?? '').pathname}`,
      });
      await page.switchTo(true, connection.id);
      try {
        await deed({ connection, keys, ...(await page.booked()) });
      } finally {
        await page.switchTo(true, app.connectionId);
      }
    },
  };
  return page;
}
