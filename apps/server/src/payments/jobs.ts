import type { Chore } from '../kit/background.ts';
import type { PaymentsContext } from './context.ts';
import { sweepPayments } from './sweep-payments.ts';

/** What payments does again and again. */
export function paymentChores(ctx: PaymentsContext): readonly Chore[] {
  return [{ name: 'sweep payments', run: () => sweepPayments(ctx, { limit: 50 }) }];
}
