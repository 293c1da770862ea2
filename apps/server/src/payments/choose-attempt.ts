import type { AttemptStatus } from '@holdfast/contract/steps';
import type { Due, DueLine } from './purposes.ts';

/** An attempt of the order, as far as choosing goes. */
export interface Candidate {
  readonly attemptId: string;
  readonly status: AttemptStatus;
  readonly payableUntil: Date;
  readonly supersededAt: Date | undefined;
  readonly pageUrl: string | undefined;
  readonly currency: string;
  readonly lines: readonly DueLine[];
}

export type Choice =
  /** The live page, again. */
  | { readonly kind: 'page'; readonly attemptId: string; readonly pageUrl: string }
  /** Its row is there, its page is not (or we never learned its address): ask the provider. */
  | { readonly kind: 'open'; readonly attemptId: string }
  /** The client has done their part in one of them: nothing more may be paid until that is decided. */
  | { readonly kind: 'in_progress'; readonly attemptId: string }
  /** These may still be payable, or paid a moment ago: close them and look what they say, then choose again. */
  | { readonly kind: 'look_first'; readonly attemptIds: readonly string[] }
  | { readonly kind: 'nothing_due'; readonly because: 'nothing_to_pay' | 'hold_run_out' }
  | { readonly kind: 'new' };

/**
 * Where does a client who wants to pay go? The live page if it still asks for what is due; a new one only when no earlier one can bring money
 * unseen. `looked`: attempts that were looked at just now and could not be closed (their provider can't): what they bring is placed as late money.
 */
export function chooseAttempt(attempts: readonly Candidate[], due: Due, at: Date, looked: ReadonlySet<string>): Choice {
  const underWay = attempts.filter(({ status }) => status === 'intended' || status === 'open' || status === 'processing');
  const checking = underWay.find(({ status }) => status === 'processing');
  if (checking) return { kind: 'in_progress', attemptId: checking.attemptId };
  const live = underWay.find((one) => one.supersededAt === undefined && at < one.payableUntil && asksFor(one, due));
  if (live) {
    if (live.status === 'open' && live.pageUrl) return { kind: 'page', attemptId: live.attemptId, pageUrl: live.pageUrl };
    return { kind: 'open', attemptId: live.attemptId };
  }
  // a page whose address never reached us was shown to nobody, so nobody can pay it
  const unseen = underWay.filter(({ attemptId, pageUrl }) => pageUrl && !looked.has(attemptId)).map(({ attemptId }) => attemptId);
  if (unseen.length > 0) return { kind: 'look_first', attemptIds: unseen };
  if (due.lines.length === 0) {
    const paid = attempts.some(({ status }) => status === 'captured');
    return { kind: 'nothing_due', because: !paid && attempts.some((one) => one.payableUntil <= at) ? 'hold_run_out' : 'nothing_to_pay' };
  }
  return at < due.payableUntil ? { kind: 'new' } : { kind: 'nothing_due', because: 'hold_run_out' };
}

/** Does the attempt ask for exactly what is due? The order of lines does not matter. */
function asksFor(attempt: Candidate, due: Due): boolean {
  if (attempt.currency !== due.currency || attempt.lines.length !== due.lines.length) return false;
  return attempt.lines.every((line) =>
    due.lines.some((one) => one.purpose.kind === line.purpose.kind && one.purpose.id === line.purpose.id && one.amountMinor === line.amountMinor),
  );
}
