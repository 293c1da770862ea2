import type { CashRegister, CashRegisters } from '@holdfast/contract/registers';
import type { ManualWish, TransactionDetail, TransactionPage, TransactionTotals, Written } from '@holdfast/contract/transactions';
import { invariant } from '../../kit/problem.ts';
import type { StaffUser } from '../../testing/sign-in-as.ts';

export interface Refusal {
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

let keys = 0;
export const newKey = () => `a_key_of_a_screen_${keys++}`;

/** Somebody at the pages of Finance. */
export function financeOf(user: StaffUser) {
  const query = (filter: Readonly<Record<string, string | number>>) =>
    new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)])).toString();
  return {
    async register(name: string): Promise<CashRegister> {
      const found = (await user.here<CashRegisters>('GET', 'registers')).body.registers.find((one) => one.name === name);
      invariant(found, `there is a register ${name}`);
      return found;
    },
    write: (wish: Partial<ManualWish> & Pick<ManualWish, 'registerId' | 'amountMinor'>) =>
      user.here<Written & Refusal>('POST', 'transactions', { key: newKey(), itemId: 'rent', happenedAt: '2026-03-02T08:30:00.000Z', ...wish }),
    change: (entryId: string, wish: Partial<ManualWish> & Pick<ManualWish, 'registerId' | 'amountMinor'>) =>
      user.here<Written & Refusal>('POST', `transactions/${entryId}/replacement`, {
        key: newKey(),
        itemId: 'rent',
        happenedAt: '2026-03-02T08:30:00.000Z',
        ...wish,
      }),
    remove: (entryId: string, because = 'a mistake') =>
      user.here<TransactionDetail & Refusal>('POST', `transactions/${entryId}/deletion`, { because }),
    see: (entryId: string) => user.here<TransactionDetail & Refusal>('GET', `transactions/${entryId}`),
    page: (filter: Readonly<Record<string, string | number>> = {}) => user.here<TransactionPage & Refusal>('GET', `transactions?${query(filter)}`),
    totals: async (filter: Readonly<Record<string, string | number>> = {}) =>
      (await user.here<TransactionTotals>('GET', `transaction-totals?${query(filter)}`)).body,
  };
}
