import type { PayAnswer } from '../../sandbox-kit/sandbox.ts';
import { changePayment } from './change-payment.ts';
import type { Payment, Work } from './kinds.ts';
import { statusAt } from './show-payment.ts';

/** What the client presses on the page. */
export type Card = 'pays' | 'declines' | 'later';

/** The client pays. A refused card ends it: the order_id is used up. */
export function payCheckout(work: Work, payment: Payment, card: Card): PayAnswer {
  if (statusAt(payment, work.now).status !== 'prepared') return 'closed';
  switch (card) {
    case 'pays':
      changePayment(work, payment, { status: 'success' });
      return 'captured';
    case 'declines':
      changePayment(work, payment, { status: 'failure', errCode: 'limit' });
      return 'declined';
    case 'later':
      changePayment(work, payment, { status: 'wait_secure' });
      return 'processing';
    default:
      return card satisfies never;
  }
}

/** A payment under review is decided. */
export function settleCheckout(work: Work, payment: Payment, paid: boolean): void {
  if (payment.status === 'wait_secure') changePayment(work, payment, paid ? { status: 'success' } : { status: 'failure', errCode: 'limit' });
}
