import type { Transaction } from '@holdfast/contract/transactions';
import { Badge } from '@mantine/core';
import { useWords } from '../words.tsx';

export function StateBadge({ transaction: { reversedBy, reverses } }: { transaction: Transaction }) {
  const { say } = useWords();
  if (!reversedBy && !reverses) return null;
  return (
    <Badge variant="light" color={reversedBy ? 'red' : 'gray'} size="sm">
      {say(reversedBy ? 'transactions.state.deleted' : 'transactions.state.reversal')}
    </Badge>
  );
}
