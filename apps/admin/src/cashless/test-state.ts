import type { ConnectionTest } from '@holdfast/contract/cashless';

/** Is it still to be looked at: something of it may happen, or has only just happened? */
export function isWorthShowing(test: ConnectionTest, now: number): boolean {
  return isUnderWay(test) || test.leftMinor > 0 || now - new Date(test.startedAt).getTime() < 3_600_000;
}

/** Will it change by itself? */
export function isUnderWay({ state, refund }: ConnectionTest): boolean {
  const paying = state === 'opening' || state === 'open' || state === 'processing' || state === 'closing';
  return paying || refund?.status === 'intended' || refund?.status === 'pending';
}
