import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words.tsx';
import { currencySign, readAmount, writeAmount } from './read-amount.ts';

/**
 * A field for money: minor units in and out. `value` null: nothing. What is no amount is kept as typed, said beside the field once it is left, and given
 * out as null with `wrong`.
 */
export function MoneyInput({
  value,
  onChange,
  currency,
  error,
  onBlur,
  ...props
}: Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue' | 'type'> & {
  value: number | null;
  onChange: (amountMinor: number | null, wrong: boolean) => void;
  currency: string;
}) {
  const { say, locale } = useWords();
  const written = (amount: number | null) => (amount === null ? '' : writeAmount(amount, currency, locale));
  const [typed, setTyped] = useState({ text: written(value), value, left: false });
  const read = readAmount(typed.text, currency, locale);
  // the amount was set from outside: what was typed before counts no longer
  if (value !== typed.value) setTyped({ text: written(value), value, left: false });
  return (
    <TextInput
      {...props}
      inputMode="decimal"
      autoComplete="off"
      value={typed.text}
      onChange={({ currentTarget: { value: text } }) => {
        const now = readAmount(text, currency, locale);
        const amount = typeof now === 'object' ? now.amountMinor : null;
        setTyped({ text, value: amount, left: false });
        onChange(amount, now === 'wrong');
      }}
      onBlur={(event) => {
        setTyped({ ...typed, text: typeof read === 'object' ? written(read.amountMinor) : typed.text, left: true });
        onBlur?.(event);
      }}
      error={error ?? (typed.left && read === 'wrong' ? say('frame.not_an_amount') : undefined)}
      rightSection={
        <Text size="sm" c="dimmed" aria-hidden>
          {currencySign(currency, locale)}
        </Text>
      }
      rightSectionPointerEvents="none"
      rightSectionWidth={44}
    />
  );
}
