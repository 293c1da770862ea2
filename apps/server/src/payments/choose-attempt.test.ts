import { describe, expect, test } from 'vitest';
import { type Candidate, chooseAttempt } from './choose-attempt.ts';
import type { Due } from './purposes.ts';

const now = new Date('2026-03-02T09:00:00Z');
const minutes = (n: number) => new Date(now.getTime() + n * 60_000);
const line = (id: string, amountMinor: bigint) => ({ purpose: { kind: 'thing', id }, amountMinor });
const due: Due = { lines: [line('a', 3_000n), line('b', 2_000n)], currency: 'EUR', payableUntil: minutes(15), instantMethodsOnly: true };
const nothing: Due = { ...due, lines: [] };
const none = new Set<string>();

function attempt(more: Partial<Candidate> = {}): Candidate {
  return {
    attemptId: 'pay_1',
    status: 'open',
    payableUntil: minutes(15),
    supersededAt: undefined,
    pageUrl: 'https://pay.test/1',
    currency: 'EUR',
    lines: [line('b', 2_000n), line('a', 3_000n)],
    ...more,
  };
}

describe('where a client who wants to pay is sent', () => {
  test('to the live page again while it asks for what is due', () => {
    expect(chooseAttempt([attempt()], due, now, none)).toEqual({ kind: 'page', attemptId: 'pay_1', pageUrl: 'https://pay.test/1' });
  });

  test('to a page that is still to be opened', () => {
    expect(chooseAttempt([attempt({ status: 'intended', pageUrl: undefined })], due, now, none)).toEqual({ kind: 'open', attemptId: 'pay_1' });
    expect(chooseAttempt([attempt({ pageUrl: undefined })], due, now, none)).toEqual({ kind: 'open', attemptId: 'pay_1' });
  });

  test('to a new page when there was none, or the old ones are final', () => {
    expect(chooseAttempt([], due, now, none)).toEqual({ kind: 'new' });
    expect(chooseAttempt([attempt({ status: 'closed' }), attempt({ status: 'failed' })], due, now, none)).toEqual({ kind: 'new' });
  });

  test.each([
    ['the amount is another one', attempt({ lines: [line('a', 3_000n), line('b', 2_001n)] })],
    ['it is the same sum for other things', attempt({ lines: [line('a', 2_000n), line('b', 3_000n)] })],
    ['a line is missing', attempt({ lines: [line('a', 5_000n)] })],
    ['the currency is another one', attempt({ currency: 'USD' })],
    ['its time is over, to the second', attempt({ payableUntil: now })],
    ['another took its place', attempt({ supersededAt: minutes(-1) })],
  ])('first the old page is closed and looked at when %s', (_, old) => {
    expect(chooseAttempt([old], due, now, none)).toEqual({ kind: 'look_first', attemptIds: ['pay_1'] });
    expect(chooseAttempt([old], nothing, now, none)).toEqual({ kind: 'look_first', attemptIds: ['pay_1'] });
  });

  test('an old page that cannot be closed does not keep the client from paying: its money is placed as late money', () => {
    expect(chooseAttempt([attempt({ supersededAt: minutes(-1) })], due, now, new Set(['pay_1']))).toEqual({ kind: 'new' });
  });

  test('a page whose address never reached us was shown to nobody: it keeps nobody from another one', () => {
    expect(chooseAttempt([attempt({ supersededAt: minutes(-1), pageUrl: undefined })], due, now, none)).toEqual({ kind: 'new' });
  });

  test('nowhere while a payment is being checked, even an old one', () => {
    const checking = attempt({ attemptId: 'pay_0', status: 'processing', supersededAt: minutes(-1) });
    expect(chooseAttempt([checking, attempt()], due, now, none)).toEqual({ kind: 'in_progress', attemptId: 'pay_0' });
  });

  test('nowhere when nothing is due, with the reason', () => {
    expect(chooseAttempt([], nothing, now, none)).toEqual({ kind: 'nothing_due', because: 'nothing_to_pay' });
    expect(chooseAttempt([attempt({ status: 'captured' })], nothing, minutes(16), none)).toEqual({ kind: 'nothing_due', because: 'nothing_to_pay' });
    expect(chooseAttempt([attempt({ status: 'closed' })], nothing, minutes(16), none)).toEqual({ kind: 'nothing_due', because: 'hold_run_out' });
    expect(chooseAttempt([], due, minutes(15), none)).toEqual({ kind: 'nothing_due', because: 'hold_run_out' });
  });
});
