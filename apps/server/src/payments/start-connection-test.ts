import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { connectionTestOrder } from './connection-test-room.ts';
import type { PaymentsContext } from './context.ts';
import { startPayment } from './start-payment.ts';
import { connectionHere, factsOfPlace, lockConnection } from './store-connections.ts';

/** How long its page may be paid. */
const PAGE_MINUTES = 30;

/**
 * A real payment of the provider's smallest amount through this very connection: one at a time, a second click gets the same page. Refuses like
 * {@link startPayment}; what the provider refuses to open has ended.
 */
export async function startConnectionTest(ctx: PaymentsContext, who: Who, { scope }: Place, connectionId: string): Promise<void> {
  const connection = await connectionHere(ctx.db.read, scope, connectionId);
  if (!connection || connection.archived) throw notThere();
  const facts = await factsOfPlace(ctx.db.read, scope);
  invariant(facts, 'the location of a connection is there');
  const { currency } = facts;
  const least = ctx.providerOf(connection).minimumChargeMinor(currency);
  const amountMinor = least > 0n ? least : 1n;
  const at = ctx.now();
  const testId = await ctx.db.transaction(async (tx) => {
    if ((await lockConnection(tx, scope, connectionId))?.archived !== false) throw notThere();
    const live = await liveTest(tx, scope, connectionId, at);
    if (live) return live;
    const id = ctx.newId('tst');
    await sql`
      insert into connection_tests (chain_id, test_id, location_id, connection_id, amount_minor, currency, started_at, started_by, payable_until)
      values (${scope.chainId}, ${id}, ${scope.locationId}, ${connectionId}, ${amountMinor}, ${currency}, ${at}, ${who.name},
              ${new Date(at.getTime() + PAGE_MINUTES * 60_000)})`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'payment_connection.test_started',
      subject: { kind: 'payment_connection', id: connectionId },
      locationId: scope.locationId,
      after: { test: id, amountMinor, currency },
    });
    return id;
  });
  try {
    await startPayment(ctx, scope, connectionTestOrder(testId));
  } catch (error) {
    if (error instanceof Problem && error.code === 'payment_unavailable') await endTest(ctx, scope, testId);
    throw error;
  }
}

/** The one that still asks for money; one whose time is over is ended here, the sweep closes its page. */
async function liveTest(tx: Tx, { chainId }: Scope, connectionId: string, at: Date): Promise<string | undefined> {
  const { rows } = await sql<{ test_id: string; payable_until: Date }>`
    select test_id, payable_until from connection_tests
     where chain_id = ${chainId} and connection_id = ${connectionId} and ended_at is null for update`.execute(tx);
  const [live] = rows;
  if (!live || at < live.payable_until) return live?.test_id;
  await sql`update connection_tests set ended_at = ${at} where chain_id = ${chainId} and test_id = ${live.test_id}`.execute(tx);
  return undefined;
}

async function endTest({ db, now }: PaymentsContext, { chainId }: Scope, testId: string): Promise<void> {
  await sql`update connection_tests set ended_at = ${now()} where chain_id = ${chainId} and test_id = ${testId} and ended_at is null`.execute(
    db.read,
  );
}

function notThere(): Problem {
  return new Problem('not_found', 404, 'There is no such payment connection.');
}
