import { z } from 'zod';
import { address, metadata, text } from './read-shape.ts';
import { noSuch, Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';
import { API_VERSION, type EndpointRow, type SandboxAccount, seconds, type Work } from './work.ts';

/** Stripe: "You can register up to 16 webhook endpoints" in each mode. */
const MOST = 16;

const names = z.array(text(255)).min(1, 'parameter_invalid_empty|You must provide at least one event type.');

export const createEndpointShape = z.strictObject({
  url: address,
  enabled_events: names.refine(
    (list) => list.every((name) => name === '*' || /^[a-z_0-9]+(\.[a-z_0-9]+)+$/.test(name)),
    'invalid|Unknown event type',
  ),
  api_version: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/, 'invalid|Invalid Stripe API version')
    .optional(),
  description: z.string().max(5000).optional(),
  metadata: metadata.optional(),
});
export const endpointElsewhere: ReadonlySet<string> = new Set(['connect', 'expand']);

/** Where an account's events go: endpoints made by calls, and the one that was entered by hand unless one with its address has been made since. */
export function endpointsOf({ journal }: Pick<SandboxState, 'journal'>, account: SandboxAccount): readonly EndpointRow[] {
  const made = journal.list('endpoint').filter((row) => row.account === account.id);
  const byHand = handMade(account);
  return byHand && !made.some(({ url }) => url === byHand.url) ? [byHand, ...made] : made;
}

function handMade({ id, webhookUrl, webhookSecret }: SandboxAccount): EndpointRow | undefined {
  if (webhookUrl === undefined) return undefined;
  return {
    account: id,
    id: handId(id),
    url: webhookUrl,
    secret: webhookSecret,
    enabled_events: ['*'],
    api_version: null,
    description: null,
    metadata: {},
    created: 0,
  };
}

function handId(account: string): string {
  return `we_hand_${account}`;
}

/** What the API shows of one; its secret only when it is made. */
export function shownEndpoint({ account: _account, secret: _secret, ...row }: EndpointRow) {
  return { ...row, object: 'webhook_endpoint' as const, application: null, livemode: false, status: 'enabled' as const };
}

export function makeEndpoint(work: Work, existing: readonly EndpointRow[], wish: z.output<typeof createEndpointShape>): object {
  if (existing.length >= MOST)
    throw new Refusal(
      400,
      `You have reached the maximum of ${MOST} test webhook endpoints. To add another webhook endpoint, delete an existing one.`,
    );
  const row: EndpointRow = {
    account: work.account.id,
    id: work.newId('we'),
    url: wish.url,
    secret: `whsec_${work.newId('x').slice(2)}`,
    enabled_events: wish.enabled_events,
    api_version: wish.api_version ?? API_VERSION,
    description: wish.description ?? null,
    metadata: wish.metadata ?? {},
    created: seconds(work.now),
  };
  work.tx.put('endpoint', row.id, row);
  return { ...shownEndpoint(row), secret: row.secret };
}

export function readEndpoint(existing: readonly EndpointRow[], id: string): EndpointRow {
  const row = existing.find((one) => one.id === id);
  if (!row) throw noSuch('webhook endpoint', id, 'webhook_endpoint');
  return row;
}

export function dropEndpoint(state: SandboxState, work: Work, existing: readonly EndpointRow[], id: string): object {
  const row = readEndpoint(existing, id);
  if (row.id === handId(work.account.id)) forgetHandMade(state, work);
  else work.tx.drop('endpoint', row.id);
  return { id: row.id, object: 'webhook_endpoint', deleted: true };
}

function forgetHandMade(state: SandboxState, { tx, account }: Work): void {
  const without: SandboxAccount = { ...account, webhookUrl: undefined };
  if (tx.get('account', account.id)) tx.put('account', account.id, without);
  state.accounts.set(account.id, without);
}
