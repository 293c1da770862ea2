import type { Chore } from '../kit/background.ts';
import type { PaymentsContext } from './context.ts';
import { sweepRefunds } from './give-back.ts';
import { sweepDisputes, sweepPayments } from './sweep-payments.ts';
import { watchCredentials } from './watch-credentials.ts';

/** What payments does again and again. */
export function paymentChores(ctx: PaymentsContext): readonly Chore[] {
  return [
    { name: 'sweep payments', run: () => sweepPayments(ctx, { limit: 50 }) },
    { name: 'disputes', run: () => sweepDisputes(ctx, { limit: 50 }) },
    { name: 'refunds', run: () => sweepRefunds(ctx, { limit: 50 }) },
    { name: 'credentials that end', run: () => watchCredentials(ctx, { limit: 50 }) },
  ];
}
