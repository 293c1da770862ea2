import { mintScope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { openConnection } from './read-credentials.ts';
import { attemptOfEvent, connectionById } from './store.ts';

interface Connection {
  readonly chainId: string;
  readonly connectionId: string;
}

/** Where clients come back to from a provider that knows one such address for all of a merchant's payments. */
export function returnAddress({ publicUrl }: Pick<PaymentsContext, 'publicUrl'>, { chainId, connectionId }: Connection): string {
  return `${publicUrl}/pay/return/${chainId}/${connectionId}`;
}

/**
 * Where this client goes on to: what the order's own room says. Coming back says nothing about the payment. Refuses with `not_found` what names no
 * payment of ours.
 */
export async function findReturn(
  ctx: PaymentsContext,
  { chainId, connectionId }: Connection,
  query: Readonly<Record<string, string>>,
): Promise<string> {
  const nowhere = new Problem('not_found', 404, 'There is no such payment.');
  const connection = await connectionById(ctx.db.read, chainId, connectionId);
  if (!connection) throw nowhere;
  const providerPaymentId = openConnection(ctx, connection).provider.returnedPayment?.(query);
  const attempt = providerPaymentId
    ? await attemptOfEvent(ctx.db.read, { chainId, connectionId, reference: undefined, providerPaymentId })
    : undefined;
  if (!attempt || attempt.connectionId !== connectionId) throw nowhere;
  const words = await ctx.roomOf(attempt.order.kind).describe(ctx.db.read, mintScope(chainId, attempt.locationId), attempt.order);
  return words.returnUrl;
}
