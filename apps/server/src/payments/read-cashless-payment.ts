import {
  type CashlessPayment,
  type ConnectionTest,
  type MethodNeed,
  onlineMethods,
  type PaymentConnection,
  type WebhookAddresses,
} from '@holdfast/contract/cashless';
import type { PaymentProvider } from '@holdfast/providers/payment-provider';
import { providerNames } from '@holdfast/providers/provider-registry';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import type { Scope } from '../access/scope.ts';
import type { Place } from '../access/who.ts';
import { invariant } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { describeProvider } from './describe-provider.ts';
import { reachesUs } from './reaches-us.ts';
import { readConnectionTests } from './read-connection-tests.ts';
import { returnAddress } from './return-address.ts';
import { fieldsOf, isShown } from './shape-credentials.ts';
import { type ConnectionFacts, connectionsHere, factsOfPlace, type MethodFacts, methodsHere, registersHere } from './store-connections.ts';
import { adapterFor } from './test-connection.ts';
import { hasSecretAddress, webhookAddress } from './webhook-address.ts';

/** Finance → Cashless payment as it stands; nothing in it is a secret. */
export async function readCashlessPayment(ctx: PaymentsContext, place: Place): Promise<CashlessPayment> {
  const { scope } = place;
  const facts = await factsOfPlace(ctx.db.read, scope);
  invariant(facts, 'the location in the address is there');
  const adapters = new Map(providerNames.map((name) => [name as string, adapterFor(ctx, scope, name).adapter]));
  const providers = [...adapters].map(([name, adapter]) => describeProvider(adapter, facts.currency, ctx.sandboxEndpoint(name)?.pagesOrigin));
  const connections = await connectionsHere(ctx.db.read, scope);
  const methods = await methodsHere(ctx.db.read, scope);
  const registers = await registersHere(ctx.db.read, scope, facts.currency);
  const fromOutside = reachesUs(ctx.publicUrl);
  const tests = await readConnectionTests(ctx, scope);
  const mayEdit = place.rights.has('online_payment.edit');
  const missing: MethodNeed[] = [
    ...(connections.some(({ archivedAt }) => archivedAt === null) ? [] : ['provider' as const]),
    ...(facts.companyDetails ? [] : ['company_details' as const]),
  ];
  return {
    currency: facts.currency,
    timeZone: facts.timeZone,
    companyDetails: facts.companyDetails,
    methods: onlineMethods.map((method) => {
      const known = methods.find((one) => one.method === method);
      return { method, enabled: known?.enabled ?? false, connectionId: known?.connectionId ?? null, version: known?.version ?? 0, missing };
    }),
    connections: connections.map((one) => {
      const adapter = adapters.get(one.provider);
      const usable = !one.sandbox || ctx.sandboxEndpoint(one.provider) !== undefined;
      return {
        ...shown(one, methods),
        usable,
        hints: adapter ? hintsOf(adapter, one) : [],
        webhookUrl: adapter && (mayEdit || !hasSecretAddress(adapter.capabilities)) ? addressOf(ctx, scope, one.connectionId, adapter) : null,
        returnUrl: adapter ? returnOf(ctx, scope, one.connectionId, adapter) : null,
        // a sandbox runs beside us
        webhooksReachUs: one.sandbox ? usable : fromOutside,
        test: testShown(tests.get(one.connectionId), mayEdit),
        events: eventsOf(one, adapter?.webhookEvents ?? []),
      };
    }),
    registers: registers.filter(({ id }) => mayTouchRegister(place, id)),
    providers,
    webhooksReachUs: fromOutside,
    newConnectionId: ctx.newId('con'),
  };
}

function shown(one: ConnectionFacts, methods: readonly MethodFacts[]) {
  const lastGood = Math.max(0, ...[...one.arrivedAt.values()].map((at) => at.getTime()));
  const refused = one.refusedAt && one.refusedAt.getTime() > lastGood ? { at: one.refusedAt.toISOString(), why: one.refusedWhy ?? '' } : null;
  return {
    id: one.connectionId,
    version: one.version,
    provider: one.provider,
    label: one.label,
    sandbox: one.sandbox,
    account: one.account,
    madeAt: one.madeAt.toISOString(),
    testedAt: one.testedAt?.toISOString() ?? null,
    archivedAt: one.archivedAt?.toISOString() ?? null,
    endsAt: one.endsAt?.toISOString() ?? null,
    registerId: one.registerId,
    refusedWebhook: refused,
    usedBy: methods.filter(({ enabled, connectionId }) => enabled && connectionId === one.connectionId).map(({ method }) => method),
    paymentsUnderWay: one.underWay,
  };
}

function hintsOf(adapter: PaymentProvider, { hints }: ConnectionFacts): PaymentConnection['hints'] {
  return fieldsOf(adapter).map(({ name, field }) => {
    const hint = hints[name];
    const whole = isShown(field);
    return { name, title: field.title, saved: hint !== undefined, lastFour: whole ? '' : (hint ?? ''), value: whole ? (hint ?? '') : null };
  });
}

/** Where a connection that is yet to be made will be reported to, through each provider: its address can be pasted there first. */
export function webhookAddresses(ctx: PaymentsContext, { scope }: Place, connectionId: string): WebhookAddresses {
  const adapters = providerNames.map((name) => adapterFor(ctx, scope, name).adapter);
  return {
    addresses: Object.fromEntries(adapters.map((adapter) => [adapter.name, addressOf(ctx, scope, connectionId, adapter)])),
    returns: Object.fromEntries(adapters.map((adapter) => [adapter.name, returnOf(ctx, scope, connectionId, adapter)])),
  };
}

function addressOf(ctx: PaymentsContext, { chainId, locationId }: Scope, connectionId: string, { capabilities }: PaymentProvider): string {
  return webhookAddress(ctx, { chainId, locationId, connectionId }, capabilities);
}

/** Where clients come back to, where the provider has one such address for all payments. */
function returnOf(ctx: PaymentsContext, { chainId }: Scope, connectionId: string, { returnedPayment }: PaymentProvider): string | null {
  return returnedPayment ? returnAddress(ctx, { chainId, connectionId }) : null;
}

/** Whoever may not make such a payment is not sent to pay it. */
function testShown(test: ConnectionTest | undefined, mayEdit: boolean): ConnectionTest | null {
  return test ? { ...test, pageUrl: mayEdit ? test.pageUrl : null } : null;
}

/** The types to tick, in the provider's order, then whatever else has come. */
function eventsOf({ arrivedAt }: ConnectionFacts, asked: readonly string[]): PaymentConnection['events'] {
  const others = [...arrivedAt.keys()].filter((type) => !asked.includes(type)).slice(0, 20);
  return [...asked, ...others].map((type) => ({ type, asked: asked.includes(type), arrivedAt: arrivedAt.get(type)?.toISOString() ?? null }));
}
