import { type StandardItem, standardItems } from '@holdfast/contract/operations';
import type { MoneyPlace, Transaction } from '@holdfast/contract/transactions';
import { useWords } from '../words.tsx';

/** What money things are called: the standard ones in the language of whoever looks, own ones as they were named. */
export function useMoneyNames() {
  const { say } = useWords();
  const register = (name: string) => (name === 'main' || name === 'card' ? say(`transactions.register.${name}`) : name);
  const item = (id: string | null, name: string | null) =>
    id === null ? '' : Object.hasOwn(standardItems, id) ? say(`transactions.item.${id as StandardItem}`) : (name ?? id);
  const place = ({ kind, name }: MoneyPlace) => {
    if (name === '') return say(`transactions.place.${kind}`);
    if (kind === 'disputed') return `${say('transactions.place.disputed')} · ${name}`;
    return kind === 'register' ? register(name) : name;
  };
  return {
    register,
    item,
    place,
    /** "Written by hand · Rent": an item says more than how it came there. */
    what: (one: Transaction) => {
      const named = item(one.itemId, one.itemName);
      const operation = say(`transactions.operation.${one.operation}`);
      return named === '' ? operation : one.operation === 'manual' ? named : `${operation} · ${named}`;
    },
    /** Which registers it is about. */
    where: ({ direction, from, to }: Transaction) => {
      if (direction === 'in') return place(to);
      if (direction === 'out') return place(from);
      return `${place(from)} → ${place(to)}`;
    },
  };
}
