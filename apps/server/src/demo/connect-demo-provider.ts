import { randomBytes } from 'node:crypto';
import type { Credentials } from '@holdfast/providers/payment-provider';
import { isProviderName } from '@holdfast/providers/provider-registry';
import type { Sandbox } from '@holdfast/providers/sandbox-kit/sandbox';
import { sandboxNames } from '@holdfast/providers/sandbox-registry';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { connectProvider, switchOnlinePayment } from '../payments/connect-provider.ts';
import type { PaymentsContext } from '../payments/context.ts';
import type { PaymentMethod } from '../payments/purposes.ts';
import { openConnectionById } from '../payments/read-credentials.ts';
import { returnAddress } from '../payments/return-address.ts';
import { webhookAddress } from '../payments/webhook-address.ts';
import { type DemoLocation, demoChain, locationId } from './demo-location.ts';
import type { Sandboxes } from './run-sandboxes.ts';
import { demoLocations } from './seed-demo.ts';

/** One location's account at one sandbox: what the sandbox has to be told, because nobody registers there by hand. */
export interface DemoConnection {
  readonly location: string;
  readonly provider: string;
  readonly connectionId: string;
  readonly credentials: Credentials;
}

interface Wished {
  readonly provider: string;
  /** The ways of paying online that go through it. */
  readonly methods: readonly PaymentMethod[];
}

const both: readonly PaymentMethod[] = ['online_registration', 'visit_link'];

/** Who pays how at which location. One location has two providers at work: one for bookings, another for links. */
const wished: Readonly<Record<string, readonly Wished[]>> = {
  kyiv: [
    { provider: 'stripe', methods: both },
    { provider: 'mono', methods: [] },
    { provider: 'liqpay', methods: [] },
  ],
  lisbon: [
    { provider: 'stripe', methods: both },
    { provider: 'viva', methods: [] },
  ],
  saopaulo: [
    { provider: 'pix', methods: ['online_registration'] },
    { provider: 'stripe', methods: ['visit_link'] },
  ],
};

/** The providers that the demo connects at this location. */
export function connectedProviders(location: string): readonly string[] {
  return (wished[location] ?? []).map(({ provider }) => provider);
}

/**
 * Gives each demo location accounts of its own at the sandboxes and switches online payment on; once. Later starts find the same accounts, with the keys
 * that were sealed then. A location whose payment was switched off stays off. Run it after `seedDemo`.
 */
export async function connectDemoProvider(ctx: PaymentsContext, sandboxes: Pick<Sandboxes, 'of'>): Promise<readonly DemoConnection[]> {
  const connections: DemoConnection[] = [];
  for (const location of demoLocations) {
    for (const wish of wished[location.key] ?? []) {
      if (!isProviderName(wish.provider) || !sandboxNames.some((name) => name === wish.provider)) continue;
      const connectionId = await connectOnce(ctx, location, wish, sandboxes.of(wish.provider));
      const { credentials } = await openConnectionById(ctx, demoChain.chainId, connectionId);
      connections.push({ location: location.key, provider: wish.provider, connectionId, credentials });
    }
  }
  return connections;
}

/** Tells the sandboxes of the accounts, and where their merchants live: at `origin`. */
export function tellSandboxes(ctx: PaymentsContext, sandboxes: Pick<Sandboxes, 'of'>, connections: readonly DemoConnection[], origin: string): void {
  for (const { location, provider, connectionId, credentials } of connections) {
    const connection = { chainId: demoChain.chainId, locationId: `loc_${location}`, connectionId };
    const { capabilities } = ctx.providerOf({ ...connection, provider, sandbox: true });
    const webhookUrl = webhookAddress({ ...ctx, publicUrl: origin }, connection, capabilities);
    sandboxes.of(provider).setAccount(credentials, webhookUrl, returnAddress(ctx, connection));
  }
}

/** Which connections are the demo's own is a fact of this installation; the owner may make others. */
async function connectOnce(ctx: PaymentsContext, location: DemoLocation, { provider, methods }: Wished, sandbox: Sandbox): Promise<string> {
  const at = `demo_connection/${locationId(location)}`;
  const key = provider === 'stripe' ? at : `${at}/${provider}`;
  const { rows: known } = await sql<{ value: string }>`select value from installation where key = ${key}`.execute(ctx.db.read);
  if (known[0]) return known[0].value;
  // random, so that two demos on one machine do not take each other's events
  const credentials = await sandbox.inventKeys(`${location.key} ${randomBytes(18).toString('hex')}`);
  return ctx.db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('seed-demo', 0))`.execute(tx);
    const { rows } = await sql<{ value: string }>`select value from installation where key = ${key}`.execute(tx);
    if (rows[0]) return rows[0].value;
    const scope = mintScope(demoChain.chainId, locationId(location));
    const label = `${ctx.providerOf({ chainId: demoChain.chainId, connectionId: '', provider, sandbox: true }).title} sandbox`;
    const connectionId = await connectProvider(tx, ctx, scope, { provider, label, credentials, sandbox: true, currency: location.currency });
    for (const method of methods) await switchOnlinePayment(tx, scope, { method, enabled: true, connectionId });
    await sql`insert into installation (key, value) values (${key}, ${connectionId})`.execute(tx);
    return connectionId;
  });
}
