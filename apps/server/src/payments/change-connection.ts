import type { Credentials } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { keepCredentials } from './keep-credentials.ts';
import { openConnection } from './read-credentials.ts';
import { mergedCredentials } from './shape-credentials.ts';
import { type ConnectionState, connectionHere, factsOfPlace, lockConnection, methodsHere, paymentsOf, registersHere } from './store-connections.ts';
import { testCredentials } from './test-connection.ts';
import { closeEndNotice } from './watch-credentials.ts';

/** Another name, another register. What was paid before stays where it went. */
export async function changeConnection(
  ctx: PaymentsContext,
  who: Who,
  place: Place,
  connectionId: string,
  wish: { version: number; label?: string | undefined; registerId?: string | undefined },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const known = await lockedAt(tx, place, connectionId, wish.version);
    const is = { label: wish.label ?? known.label, registerId: wish.registerId ?? known.registerId };
    if (is.registerId !== known.registerId) {
      const facts = await factsOfPlace(tx, place.scope);
      invariant(facts, 'the location of a connection is there');
      await checkRegister(tx, place, facts.currency, is.registerId);
    }
    const differs = differences({ label: known.label, registerId: known.registerId }, is);
    if (Object.keys(differs.after).length === 0) return;
    await sql`
      update provider_connections set label = ${is.label}, register_account_id = ${is.registerId}, version = version + 1
       where chain_id = ${place.scope.chainId} and connection_id = ${connectionId}`.execute(tx);
    await note(tx, ctx, who, known, 'payment_connection.changed', differs);
  });
}

/**
 * New credentials of the same account; what is not among them stays, so that a setting can be changed alone. The old ones are forgotten at once, because what was replaced may have leaked. What is under way can be
 * asked about with the new ones; events still signed with an old secret are refused, and their payments are noticed by asking.
 *
 * Payments can only be asked about and given back at the account they were made on. So once there are payments, credentials of another account (or of
 * its other mode) are refused with `still_used`: that is another connection, beside this one. Tested first, like a new connection.
 */
export async function replaceCredentials(
  ctx: PaymentsContext,
  who: Who,
  place: Place,
  connectionId: string,
  wish: { version: number; credentials: Credentials },
): Promise<void> {
  const seen = await connectionHere(ctx.db.read, place.scope, connectionId);
  if (!seen || seen.archived) throw notThere();
  if (seen.version !== wish.version) throw changedMeanwhile();
  const { provider, credentials: old } = openConnection(ctx, seen);
  const tested = await testCredentials(provider, mergedCredentials(provider, old, wish.credentials));
  // connected before accounts were noted: the old credentials may still tell whose they are
  const oldAccount = seen.accountId ?? (await accountOf(provider, old));
  await ctx.db.transaction(async (tx) => {
    const known = await lockedAt(tx, place, connectionId, wish.version);
    if (oldAccount !== tested.accountId && (await paymentsOf(tx, known)).ever)
      throw new Problem(
        'still_used',
        409,
        'These credentials belong to another account: payments were made on the old one. Connect it beside this one.',
        {
          why: 'other_account',
        },
      );
    const hints = await keepCredentials(tx, ctx, known, provider, tested.credentials);
    await sql`
      update provider_connections set account_id = ${tested.accountId}, account = ${tested.account}, tested_at = ${ctx.now()}
       where chain_id = ${known.chainId} and connection_id = ${connectionId}`.execute(tx);
    await note(tx, ctx, who, known, 'payment_connection.credentials_replaced', {
      before: { hints: known.hints },
      after: { hints, account: tested.account },
    });
  });
}

/**
 * Puts a connection away. Refuses with `still_used` while a method pays through it or a payment is under way. What still arrives for its old
 * payments is received and settled as before.
 */
export async function archiveConnection(
  ctx: PaymentsContext,
  who: Who,
  place: Place,
  connectionId: string,
  wish: { version: number },
): Promise<void> {
  const { chainId, locationId } = place.scope;
  await ctx.db.transaction(async (tx) => {
    const known = await lockedAt(tx, place, connectionId, wish.version);
    const methods = (await methodsHere(tx, place.scope))
      .filter((one) => one.connectionId === connectionId && one.enabled)
      .map(({ method }) => method);
    if (methods.length > 0) throw new Problem('still_used', 409, 'A payment method is switched on and pays through it.', { why: 'method', methods });
    const { underWay } = await paymentsOf(tx, known);
    if (underWay > 0) throw new Problem('still_used', 409, 'Payments are still under way on it.', { why: 'payments', underWay });
    await sql`
      update payment_methods set connection_id = null, version = version + 1
       where chain_id = ${chainId} and location_id = ${locationId} and connection_id = ${connectionId}`.execute(tx);
    await sql`
      update provider_connections set archived_at = ${ctx.now()}, end_notice_at = null, version = version + 1
       where chain_id = ${chainId} and connection_id = ${connectionId}`.execute(tx);
    await closeEndNotice(tx, known, 'archived', ctx.now());
    await note(tx, ctx, who, known, 'payment_connection.archived', { before: { label: known.label }, after: {} });
  });
}

/** A register of this location and currency that the role may choose; any other one is not there. */
export async function checkRegister(tx: Tx, place: Place, currency: string, registerId: string): Promise<void> {
  const registers = await registersHere(tx, place.scope, currency);
  if (!registers.some(({ id }) => id === registerId) || !mayTouchRegister(place, registerId))
    throw new Problem('not_found', 404, 'There is no such register.');
}

/** The connection as who changes it saw it; archived ones are not changed any more. */
async function lockedAt(tx: Tx, { scope }: Place, connectionId: string, version: number): Promise<ConnectionState> {
  const known = await lockConnection(tx, scope, connectionId);
  if (!known || known.archived) throw notThere();
  if (known.version !== version) throw changedMeanwhile();
  return known;
}

function changedMeanwhile(): Problem {
  return new Problem('changed_meanwhile', 409, 'Somebody else has changed this connection meanwhile.');
}

async function accountOf(provider: ReturnType<typeof openConnection>['provider'], credentials: Credentials): Promise<string | undefined> {
  const said = await provider.testConnection(credentials);
  return said.kind === 'done' ? said.value.accountId : undefined;
}

function notThere(): Problem {
  return new Problem('not_found', 404, 'There is no such payment connection.');
}

async function note(
  tx: Tx,
  ctx: PaymentsContext,
  who: Who,
  { connectionId, locationId }: ConnectionState,
  action: string,
  change: { before: Record<string, unknown>; after: Record<string, unknown> },
): Promise<void> {
  await noteAudit(tx, ctx, who, { action, subject: { kind: 'payment_connection', id: connectionId }, locationId, ...change });
}
