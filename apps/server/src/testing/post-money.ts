import type { Operation } from '@holdfast/contract/operations';
import type { AccountName } from '../ledger/open-account.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { TestApp } from './test-app.ts';

type Side = { readonly kind: AccountName['kind']; readonly ownerId?: string };

/** One line in the books, as some deed would write it. */
export interface MoneyWish {
  readonly from: Side;
  readonly to: Side;
  readonly amountMinor: number;
  readonly operation: Operation;
  readonly at: string | Date;
  readonly itemId?: string;
  readonly appointmentId?: string;
  readonly currency?: string;
}

export const main = { kind: 'register', ownerId: 'main' } as const;
export const card = { kind: 'register', ownerId: 'card' } as const;
export const owed = { kind: 'prepayments' } as const;
export const account = (clientId: string) => ({ kind: 'client', ownerId: clientId }) as const;
export const item = (itemId: string) => ({ kind: 'item', ownerId: itemId }) as const;

/** Posts straight into the books of the test salon. */
export async function postMoney(app: Pick<TestApp, 'database' | 'salon' | 'scope'>, wish: MoneyWish): Promise<void> {
  const { from, to, amountMinor, operation, at, itemId, appointmentId, currency = 'EUR' } = wish;
  await app.database.transaction(async (tx) => {
    const open = ({ kind, ownerId = '' }: Side) => openAccount(tx, app.salon, app.scope, { kind, ownerId, currency });
    const sides = { from: await open(from), to: await open(to) };
    await postEntry(tx, app.salon, {
      scope: app.scope,
      cause: { kind: 'test', id: app.salon.newId('tst') },
      happenedAt: new Date(at),
      memo: '',
      postings: [
        {
          ...sides,
          amountMinor: BigInt(amountMinor),
          currency,
          operation,
          ...(itemId ? { itemId } : {}),
          ...(appointmentId ? { purpose: { kind: 'appointment', id: appointmentId } } : {}),
        },
      ],
    });
  });
}
