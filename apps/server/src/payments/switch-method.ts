import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import { switchOnlinePayment } from './connect-provider.ts';
import type { PaymentsContext } from './context.ts';
import type { PaymentMethod } from './purposes.ts';
import { methodsHere } from './store-connections.ts';

/** Switches one of the two methods, or lets it pay through another connection. Refuses like {@link switchOnlinePayment}, a stale wish with `changed_meanwhile`. */
export async function switchMethod(
  ctx: PaymentsContext,
  who: Who,
  { scope }: Place,
  method: PaymentMethod,
  wish: { version: number; enabled: boolean; connectionId: string | null },
): Promise<void> {
  const { chainId, locationId } = scope;
  await ctx.db.transaction(async (tx) => {
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for update`.execute(tx);
    const known = (await methodsHere(tx, scope)).find((one) => one.method === method);
    if ((known?.version ?? 0) !== wish.version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this method meanwhile.');
    const connectionId = wish.connectionId ?? known?.connectionId ?? undefined;
    await switchOnlinePayment(tx, scope, { method, enabled: wish.enabled, connectionId });
    const before = { enabled: known?.enabled ?? false, connectionId: known?.connectionId ?? null };
    const differs = differences(before, { enabled: wish.enabled, connectionId: connectionId ?? null });
    if (Object.keys(differs.after).length === 0) return;
    await noteAudit(tx, ctx, who, { action: 'payment_method.switched', subject: { kind: 'payment_method', id: method }, locationId, ...differs });
  });
}
