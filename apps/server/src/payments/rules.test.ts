import { type AttemptStatus, attemptStatuses } from '@holdfast/contract/steps';
import type { PaymentFact } from '@holdfast/providers/payment-provider';
import { describe, expect, test } from 'vitest';
import {
  amountAgrees,
  type Change,
  CREATE_MAY_TAKE_MS,
  isOver,
  type KnownAttempt,
  type LookedAt,
  nextLook,
  unknownMeansClosed,
  whatChanged,
} from './rules.ts';

function known(status: AttemptStatus, more: Partial<KnownAttempt> = {}): KnownAttempt {
  const captured = status === 'captured';
  return {
    reference: 'hf_m_pay_1',
    status,
    amountMinor: 4_500n,
    currency: 'EUR',
    providerPaymentId: status === 'intended' ? undefined : 'cs_1',
    capturedMinor: captured ? 4_500n : 0n,
    capturedCurrency: captured ? 'EUR' : undefined,
    refundedMinor: 0n,
    ...more,
  };
}

function fact(state: PaymentFact['state'], more: Partial<PaymentFact> = {}): PaymentFact {
  return {
    reference: 'hf_m_pay_1',
    providerPaymentId: 'cs_1',
    state,
    capturedMinor: state === 'captured' ? 4_500n : 0n,
    currency: 'EUR',
    refundedMinor: 0n,
    ...more,
  };
}

describe('every fact for every attempt has an answer', () => {
  const states = ['open', 'processing', 'captured', 'failed', 'closed'] as const;
  const table: Record<AttemptStatus, Record<(typeof states)[number], Change>> = {
    intended: { open: 'opened', processing: 'processing', captured: 'captured', failed: 'failed', closed: 'closed' },
    open: { open: 'nothing_new', processing: 'processing', captured: 'captured', failed: 'failed', closed: 'closed' },
    processing: { open: 'nothing_new', processing: 'nothing_new', captured: 'captured', failed: 'failed', closed: 'closed' },
    captured: { open: 'nothing_new', processing: 'nothing_new', captured: 'nothing_new', failed: 'disagreement', closed: 'disagreement' },
    failed: { open: 'nothing_new', processing: 'disagreement', captured: 'captured', failed: 'nothing_new', closed: 'nothing_new' },
    closed: { open: 'nothing_new', processing: 'disagreement', captured: 'captured', failed: 'nothing_new', closed: 'nothing_new' },
  };
  test.each(attemptStatuses.flatMap((status) => states.map((state) => [status, state, table[status][state]] as const)))(
    'we know it as %s, the provider says %s: %s',
    (status, state, change) => {
      expect(whatChanged(known(status), fact(state))).toBe(change);
    },
  );
});

describe('money that is already there', () => {
  test.each<[string, Partial<KnownAttempt>, Partial<PaymentFact>, Change]>([
    ['the same again', {}, {}, 'nothing_new'],
    ['a part went back', {}, { refundedMinor: 1n }, 'refunded'],
    ['all of it went back', {}, { refundedMinor: 4_500n }, 'refunded'],
    ['the same refund again', { refundedMinor: 500n }, { refundedMinor: 500n }, 'nothing_new'],
    ['a second refund', { refundedMinor: 500n }, { refundedMinor: 501n }, 'refunded'],
    ['an older answer, from before the refund', { refundedMinor: 500n }, {}, 'disagreement'],
    ['more went back than came', {}, { refundedMinor: 4_501n }, 'disagreement'],
    ['more came', {}, { capturedMinor: 9_000n }, 'captured'],
    ['more came and some went back', {}, { capturedMinor: 9_000n, refundedMinor: 10n }, 'captured'],
    ['less came than we saw', {}, { capturedMinor: 4_499n }, 'disagreement'],
    ['it came in another currency than we saw', {}, { currency: 'USD' }, 'disagreement'],
    ['it came in another currency than asked, and we know', { capturedCurrency: 'USD' }, { currency: 'USD' }, 'nothing_new'],
  ])('%s', (_, we, they, change) => {
    expect(whatChanged(known('captured', we), fact('captured', they))).toBe(change);
  });
});

describe('an answer that cannot be about this payment moves nothing', () => {
  test.each<[string, AttemptStatus, PaymentFact]>([
    ['another reference', 'open', fact('captured', { reference: 'hf_m_pay_2' })],
    ['another payment of the provider', 'open', fact('captured', { providerPaymentId: 'cs_2' })],
    ['captured nothing', 'open', fact('captured', { capturedMinor: 0n })],
    ['captured less than nothing', 'open', fact('captured', { capturedMinor: -1n })],
    ['gave back less than nothing', 'open', fact('captured', { refundedMinor: -1n })],
    ['gave back what never came', 'open', fact('open', { refundedMinor: 1n })],
  ])('%s', (_, status, said) => {
    expect(whatChanged(known(status), said)).toBe('disagreement');
  });

  test('a provider that does not repeat our reference is believed by its own id', () => {
    expect(whatChanged(known('open'), fact('captured', { reference: undefined }))).toBe('captured');
  });
});

test.each([
  [4_500n, 'EUR', 'agrees'],
  [4_499n, 'EUR', 'amount_mismatch'],
  [4_501n, 'EUR', 'amount_mismatch'],
  [4_500n, 'USD', 'currency_mismatch'],
  [1n, 'USD', 'currency_mismatch'],
] as const)('asked for 45.00 EUR and got %s %s: %s', (capturedMinor, currency, answer) => {
  expect(amountAgrees({ amountMinor: 4_500n, currency: 'EUR' }, { capturedMinor, currency })).toBe(answer);
});

describe('when the provider is asked next', () => {
  const made = new Date('2026-03-02T09:00:00Z');
  const after = (seconds: number) => new Date(made.getTime() + seconds * 1000);
  const open: LookedAt = { status: 'open', createdAt: made, payableUntil: after(900), supersededAt: undefined, askedAt: made };
  const looks = (attempt: LookedAt, from: Date, until: Date) => {
    const seconds: number[] = [];
    for (let at = nextLook(attempt, from); at && at <= until; at = nextLook(attempt, at)) seconds.push((at.getTime() - made.getTime()) / 1000);
    return seconds;
  };

  test('twice as late each time, exactly when the time to pay is over, and soon after that again', () => {
    expect(looks(open, made, after(1_100))).toEqual([20, 40, 80, 160, 320, 620, 900, 920, 940, 980, 1_060]);
  });

  test('never later than 5 minutes while it can be paid, and hourly once it has been over for an hour', () => {
    const hour: LookedAt = { ...open, status: 'processing', payableUntil: after(3_600) };
    const seconds = looks(hour, made, after(20_000));
    const gaps = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
    expect(Math.max(...gaps.slice(0, seconds.filter((at) => at < 7_200).length))).toBe(300);
    expect(gaps.slice(-2)).toEqual([3_600, 3_600]);
    expect(seconds).toContain(3_600);
  });

  test('a page that was superseded is asked about from that moment on', () => {
    const superseded = { ...open, supersededAt: after(100) };
    expect(looks(superseded, after(100), after(300))).toEqual([120, 140, 180, 260]);
  });

  test('a wish that the provider was never told of is not asked about before its time is over', () => {
    expect(nextLook({ ...open, status: 'intended', askedAt: undefined }, after(5))).toEqual(after(900));
  });

  test.each(['captured', 'failed', 'closed'] as const)('never again once it is %s', (status) => {
    expect(nextLook({ ...open, status }, after(5))).toBeUndefined();
  });

  test('the time to pay is over exactly then, not a millisecond before', () => {
    expect(isOver(open, new Date(after(900).getTime() - 1))).toBe(false);
    expect(isOver(open, after(900))).toBe(true);
    expect(isOver({ ...open, supersededAt: after(1) }, after(1))).toBe(true);
  });

  test('"never heard of it" is an answer only when the time is over and no call can be under way', () => {
    const asked = { ...open, status: 'intended' as const, askedAt: after(890) };
    const wait = CREATE_MAY_TAKE_MS / 1000;
    expect(unknownMeansClosed(asked, after(899))).toBe(false);
    expect(unknownMeansClosed(asked, after(900))).toBe(false);
    expect(unknownMeansClosed(asked, after(890 + wait - 1))).toBe(false);
    expect(unknownMeansClosed(asked, after(890 + wait))).toBe(true);
    expect(unknownMeansClosed({ ...asked, askedAt: undefined }, after(900))).toBe(true);
  });
});
