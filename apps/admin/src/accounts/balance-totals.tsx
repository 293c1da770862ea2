import type { ClientAccounts } from '@holdfast/contract/accounts';
import { Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { useWords } from '../words.tsx';

/** What lies on all accounts of the chain: what the salon owes its clients first. */
export function BalanceTotals({ totals }: { totals: ClientAccounts['totals'] }) {
  const { say, money } = useWords();
  const figures = totals.flatMap(({ currency, owedMinor, owingMinor, heldMinor }) => [
    { label: say('accounts.total.owed'), currency, amount: owedMinor, always: true },
    { label: say('accounts.total.owing'), currency, amount: owingMinor, always: false },
    { label: say('accounts.total.held'), currency, amount: heldMinor, always: false },
  ]);
  if (figures.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        {say('accounts.total.where')}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
        {figures
          .filter(({ amount, always }) => always || amount > 0)
          .map(({ label, currency, amount }) => (
            <Card key={label + currency} withBorder padding="sm">
              <Text component="dt" size="xs" c="dimmed">
                {label}
              </Text>
              <Text component="dd" m={0} fw={650} size="lg">
                {money(amount, currency)}
              </Text>
            </Card>
          ))}
      </SimpleGrid>
    </Stack>
  );
}
