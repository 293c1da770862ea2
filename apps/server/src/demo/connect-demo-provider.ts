import { randomBytes } from 'node:crypto';
import type { Credentials } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { connectProvider, switchOnlinePayment } from '../payments/connect-provider.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { openConnectionById } from '../payments/read-credentials.ts';
import { type DemoLocation, demoChain, locationId } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';

/** One location's account at the Stripe sandbox: what the sandbox has to be told, because nobody registers there by hand. */
export interface DemoConnection {
  readonly location: string;
  readonly connectionId: string;
  /** `publishableKey`, `secretKey`, `signingSecret`. */
  readonly credentials: Credentials;
  /** Where the sandbox sends its events: a path of this server. */
  readonly webhookPath: string;
}

/**
 * Gives each demo location a Stripe sandbox account of its own and switches both ways of online payment on; once. Later starts find the same accounts, with
 * the keys that were sealed then. A location whose payment was switched off stays off. Run it after `seedDemo`.
 */
export async function connectDemoProvider(ctx: PaymentsContext): Promise<readonly DemoConnection[]> {
  const connections: DemoConnection[] = [];
  for (const location of demoLocations) {
    const connectionId = await connectOnce(ctx, location);
    const { credentials } = await openConnectionById(ctx, demoChain.chainId, connectionId);
    connections.push({ location: location.key, connectionId, credentials, webhookPath: `/api/v1/webhooks/${demoChain.chainId}/${connectionId}` });
  }
  return connections;
}

/** Which connection is the demo's own is a fact of this installation; the owner may make others. */
async function connectOnce(ctx: PaymentsContext, location: DemoLocation): Promise<string> {
  const key = `demo_connection/${locationId(location)}`;
  return ctx.db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('seed-demo', 0))`.execute(tx);
    const { rows } = await sql<{ value: string }>`select value from installation where key = ${key}`.execute(tx);
    if (rows[0]) return rows[0].value;
    const scope = mintScope(demoChain.chainId, locationId(location));
    const connectionId = await connectProvider(tx, ctx, scope, {
      provider: 'stripe',
      label: 'Stripe sandbox',
      credentials: freshCredentials(location),
      sandbox: true,
      currency: location.currency,
    });
    await switchOnlinePayment(tx, scope, { enabled: true, connectionId });
    await switchOnlinePayment(tx, scope, { method: 'visit_link', enabled: true, connectionId });
    await sql`insert into installation (key, value) values (${key}, ${connectionId})`.execute(tx);
    return connectionId;
  });
}

/** In the form of Stripe's test keys; random, so that two demos on one machine do not take each other's events. */
function freshCredentials(location: DemoLocation): Credentials {
  const random = () => randomBytes(18).toString('hex');
  return {
    publishableKey: `pk_test_demo_${location.key}_${random()}`,
    secretKey: `sk_test_demo_${location.key}_${random()}`,
    signingSecret: `whsec_${random()}`,
  };
}
