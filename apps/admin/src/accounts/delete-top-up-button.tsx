import type { ClientAccount, TopUp } from '@holdfast/contract/accounts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Delete, or why not: no right, or the money is no longer there. */
export function DeleteTopUpButton({ topUp, account, onDelete }: { topUp: TopUp; account: ClientAccount; onDelete: () => void }) {
  const { say, money } = useWords();
  const may = useMay();
  const { amountMinor, currency, mayReverse } = topUp;
  const reason = () => {
    if (!may('transactions.delete')) return say('frame.no_right');
    if (account.spendableMinor < amountMinor) return say('accounts.delete.spent', { amount: money(account.spendableMinor, currency) });
    return mayReverse ? undefined : say('accounts.delete.not_yours');
  };
  return (
    <ReasonButton
      size="compact-xs"
      variant="default"
      mt={4}
      reason={reason()}
      aria-label={say('accounts.delete.of', { amount: money(amountMinor, currency) })}
      onClick={onDelete}
    >
      {say('frame.delete')}
    </ReasonButton>
  );
}
