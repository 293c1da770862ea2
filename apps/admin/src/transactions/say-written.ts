import type { TransactionChoices, Written } from '@holdfast/contract/transactions';
import { toast } from '../frame/toast.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMoneyNames } from './names.ts';

/** After something was written down: that it was, that it stands later than was asked for, that a register holds less than nothing. */
export function useSayWritten(choices: TransactionChoices | undefined): (written: Written, asked: string, amount: string) => void {
  const { say, money, when } = useWords();
  const { timeZone } = useLocationHere();
  const names = useMoneyNames();
  return ({ happenedAt, belowZero }, asked, amount) => {
    toast(say('transactions.form.saved', { amount }));
    // the server may have read a moment of the next minute as now
    if (Date.parse(happenedAt) > Date.parse(asked) + 60_000) toast(say('transactions.form.later', { when: when(happenedAt, timeZone) }), 'bad');
    for (const { registerId, balanceMinor } of belowZero) {
      const register = choices?.registers.find(({ id }) => id === registerId);
      if (register)
        toast(
          say('transactions.form.below_zero', { register: names.register(register.name), amount: money(balanceMinor, register.currency) }),
          'bad',
        );
    }
  };
}
