import type { Credentials, Outcome, PaymentFact, PaymentKey } from '../payment-provider.ts';
import type { Viva } from './ask-viva.ts';
import { readFact } from './read-order.ts';
import { cancelledOrderShape } from './wire.ts';

/**
 * Cancels an order nobody has paid. Viva answers "done" also for one that was just paid (VivaPayments/API #2360), so what it says counts for nothing: how the order
 * stands afterwards does.
 */
export async function closeOrder(
  viva: Viva,
  credentials: Credentials,
  key: PaymentKey & { readonly providerPaymentId: string },
): Promise<Outcome<PaymentFact>> {
  const before = await readStanding(viva, credentials, key);
  if (before.kind !== 'done' || before.value.state !== 'open') return before;
  const path = `/api/orders/${encodeURIComponent(key.providerPaymentId)}`;
  const cancelled = await viva.askOlder(credentials, { method: 'DELETE', path }, cancelledOrderShape);
  if (cancelled.kind === 'unknown') return cancelled;
  const after = await readStanding(viva, credentials, key);
  if (after.kind !== 'done' || after.value.state !== 'open') return after;
  return cancelled.kind === 'declined' ? cancelled : { kind: 'unknown', message: 'Viva: an order was cancelled and can still be paid.' };
}

async function readStanding(
  viva: Viva,
  credentials: Credentials,
  key: PaymentKey & { readonly providerPaymentId: string },
): Promise<Outcome<PaymentFact>> {
  const fact = await readFact(viva, credentials, key);
  if (fact.kind !== 'done') return fact;
  return fact.value ? { kind: 'done', value: fact.value } : { kind: 'declined', code: 'not_found', message: 'Viva knows no such order.' };
}
