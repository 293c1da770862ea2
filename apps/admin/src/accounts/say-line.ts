import type { AccountStatement, TopUp } from '@holdfast/contract/accounts';
import { useWords } from '../words.tsx';

type Row = AccountStatement['rows'][number];

/** A line of a statement, as one would say it to the client whose account it is. */
export function useSayLine(owner: string | null): (row: Row, topUpKind: TopUp['kind'] | undefined) => string {
  const { say, when } = useWords();
  return ({ operation, appointment, reversal, amountMinor, topUpId }, topUpKind) => {
    const visit = appointment && when(appointment.startsAt, appointment.timeZone);
    switch (operation) {
      case 'top_up':
        if (reversal) return say('accounts.line.top_up.deleted');
        return topUpKind ? say(`accounts.line.top_up.${topUpKind}`) : say('accounts.line.top_up');
      case 'spend':
      case 'payment':
        if (reversal) return visit ? say('accounts.line.spend.back.visit', { when: visit }) : say('accounts.line.spend.back');
        if (!visit) return say('accounts.line.spend');
        return appointment.clientName && appointment.clientName !== owner
          ? say('accounts.line.spend.other', { client: appointment.clientName, when: visit })
          : say('accounts.line.spend.visit', { when: visit });
      case 'credit':
        return say('accounts.line.credit');
      case 'refund':
        if (topUpId && amountMinor < 0) return say('accounts.line.top_up.went_back');
        return say(amountMinor > 0 ? 'accounts.line.refund.in' : 'accounts.line.refund.out');
      case 'settlement':
        return say('accounts.line.settlement');
      case 'merge':
        return say('accounts.line.merge');
      case 'correction':
        return say('accounts.line.correction');
      default:
        return say('accounts.line.other');
    }
  };
}
