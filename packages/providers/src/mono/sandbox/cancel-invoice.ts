import { changeInvoice } from './change-invoice.ts';
import type { Cancel, Invoice, Work } from './kinds.ts';
import { digits } from './pay-invoice.ts';
import { Refusal } from './refusal.ts';
import { givenBack } from './show-invoice.ts';

/**
 * Gives money back: all that is left when no amount is given. The same `extRef` twice is two of them: the bank promises nothing else.
 *
 * @param later the bank says `processing` and decides by `settleCancel`
 */
export function cancelInvoice(
  work: Work,
  invoice: Invoice,
  wish: { amount?: number | undefined; extRef?: string | undefined; later?: boolean },
): Cancel {
  if (invoice.status !== 'success' && invoice.status !== 'reversed') throw new Refusal(500, 'CANCEL_NOT_AVAILABLE', 'invoice is not paid');
  const { done, pending } = givenBack(invoice);
  const left = invoice.amount - done - pending;
  const amount = wish.amount ?? left;
  if (amount <= 0 || amount > left) throw new Refusal(400, 'WRONG_CANCEL_AMOUNT', `wrong cancel amount, ${left} is left`);
  const at = work.now.getTime();
  const asked: Cancel = {
    status: 'processing',
    amount,
    createdAt: at,
    modifiedAt: at,
    approvalCode: digits(6),
    rrn: digits(12),
    extRef: wish.extRef,
  };
  const cancels = [...invoice.cancels, asked];
  if (!wish.later) return decide(work, { ...invoice, cancels }, cancels.length - 1, true);
  work.tx.put('invoice', invoice.id, { ...invoice, cancels });
  return asked;
}

/** The bank has decided about one that was `processing`. */
export function settleCancel(work: Work, extRef: string, done: boolean): void {
  for (const invoice of work.tx.list('invoice')) {
    const which = invoice.cancels.findIndex((one) => one.status === 'processing' && one.extRef === extRef);
    if (which >= 0) {
      decide(work, invoice, which, done);
      return;
    }
  }
  throw new RangeError(`no refund ${extRef} is waiting to be decided`);
}

function decide(work: Work, invoice: Invoice, which: number, done: boolean): Cancel {
  const cancels = invoice.cancels.map(
    (one, at): Cancel => (at === which ? { ...one, status: done ? 'success' : 'failure', modifiedAt: work.now.getTime() } : one),
  );
  const allBack = givenBack({ cancels }).done === invoice.amount;
  changeInvoice(work, invoice, { cancels, status: allBack ? 'reversed' : invoice.status });
  const decided = cancels[which];
  if (!decided) throw new RangeError(`invoice ${invoice.id} has no cancel ${which}`);
  return decided;
}
