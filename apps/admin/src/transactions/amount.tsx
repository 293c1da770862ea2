import type { Transaction } from '@holdfast/contract/transactions';
import { Text, type TextProps } from '@mantine/core';
import { useWords } from '../words.tsx';

/** An amount with its direction: a sign and a colour, never a colour alone. What was deleted is struck through. */
export function Amount({ transaction, ...props }: TextProps & { transaction: Transaction }) {
  const { money } = useWords();
  const { direction, amountMinor, currency, reversedBy } = transaction;
  const sign = direction === 'in' ? '+' : direction === 'out' ? '−' : '';
  return (
    <Text
      component="span"
      fw={600}
      {...props}
      c={direction === 'in' ? 'var(--hf-good)' : undefined}
      td={reversedBy ? 'line-through' : undefined}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
    >
      {sign}
      {money(amountMinor, currency)}
    </Text>
  );
}
