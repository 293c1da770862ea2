import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/** Money of payments that lies on an account that was replaced lies on the new one: a later refund of it is taken from there. */
export async function adoptCredit(tx: Tx, chainId: string, replaced: ReadonlyMap<string, string>): Promise<void> {
  for (const [old, account] of replaced)
    await sql`update payment_lines set account_id = ${account} where chain_id = ${chainId} and account_id = ${old}`.execute(tx);
}

/** What providers sent about these orders, word for word, may name the client: it goes once it has been worked off. What it said is in attempts and books. A page
 * of ours that was kept leads to the client's own page, and goes too. */
export async function forgetWebhooks(tx: Tx, chainId: string, clientsOrders: readonly { kind: string; id: string }[]): Promise<void> {
  const ids = clientsOrders.map(({ id }) => id);
  await sql`
    update webhook_inbox w set raw = ''::bytea from payment_attempts a
     where a.chain_id = ${chainId} and a.order_id = any(${ids}) and w.chain_id = a.chain_id and w.connection_id = a.connection_id
       and (w.reference = a.reference or w.provider_payment_id = a.provider_payment_id) and w.status = 'done'`.execute(tx);
  await sql`update payment_attempts set request = null, page = null where chain_id = ${chainId} and order_id = any(${ids}) and status in ('captured', 'failed', 'closed')`.execute(
    tx,
  );
}
