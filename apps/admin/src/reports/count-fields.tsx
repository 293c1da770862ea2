import type { MoneyPlace } from '@holdfast/contract/reports';
import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { MoneyInput } from '../frame/money-input.tsx';
import { useWords } from '../words.tsx';
import { placeName } from './item-name.ts';

export interface Counted {
  readonly amountMinor: number | null;
  readonly wrong: boolean;
  /** Post the difference. */
  readonly post: boolean;
}

/** What is in each register, as counted; beside it what the books say, and what becomes of a difference. A register that is left empty was not counted. */
export function CountFields({
  registers,
  counted,
  onCounted,
}: {
  registers: readonly (MoneyPlace & { currency: string })[];
  counted: Readonly<Record<string, Counted>>;
  onCounted: (counted: Readonly<Record<string, Counted>>) => void;
}) {
  const { say, money } = useWords();
  return (
    <Stack gap="sm">
      {registers.map((register) => {
        const one = counted[register.id] ?? { amountMinor: null, wrong: false, post: true };
        const difference = one.amountMinor === null ? 0 : one.amountMinor - register.endMinor;
        const set = (part: Partial<Counted>) => onCounted({ ...counted, [register.id]: { ...one, ...part } });
        return (
          <Group key={register.id} gap="md" align="flex-end">
            <MoneyInput
              label={say('reports.counted_in', { register: placeName(say, register) })}
              description={say('reports.books_say_amount', { amount: money(register.endMinor, register.currency) })}
              value={one.amountMinor}
              onChange={(amountMinor, wrong) => set({ amountMinor, wrong })}
              currency={register.currency}
              w={{ base: '100%', xs: 260 }}
            />
            {difference !== 0 && (
              <Stack gap={4} role="status">
                <Text size="sm" fw={600}>
                  {say(difference > 0 ? 'reports.too_much' : 'reports.missing', { amount: money(Math.abs(difference), register.currency) })}
                </Text>
                <Checkbox
                  label={say(difference > 0 ? 'reports.post_income' : 'reports.post_expense')}
                  checked={one.post}
                  onChange={(event) => set({ post: event.currentTarget.checked })}
                />
              </Stack>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
