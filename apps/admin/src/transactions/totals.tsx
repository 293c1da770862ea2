import type { TransactionTotals } from '@holdfast/contract/transactions';
import { Box, Collapse, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useMoneyNames } from './names.ts';

/** What everything that is shown adds up to; always in sight, by register on request. */
export function Totals({ totals, error, onRetry }: { totals: TransactionTotals | undefined; error: unknown; onRetry: () => void }) {
  const { say, money } = useWords();
  const names = useMoneyNames();
  const [opened, { toggle }] = useDisclosure(false);
  if (error !== null && !totals) return <TroubleNotice error={error} onRetry={onRetry} />;
  const sums = totals?.sums ?? [];
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label={say('transactions.total.title')}
      aria-busy={!totals}
      style={{ position: 'sticky', top: 0, zIndex: 2 }}
    >
      <Group justify="space-between" align="flex-end" gap="md">
        <Stack gap="xs">
          {sums.map(({ currency, inMinor, outMinor }) => (
            <Group key={currency} gap="xl">
              <Figure label={say('transactions.total.in')} value={money(inMinor, currency)} />
              <Figure label={say('transactions.total.out')} value={money(outMinor, currency)} />
              <Figure label={say('transactions.total.net')} value={money(inMinor - outMinor, currency)} bad={inMinor < outMinor} />
            </Group>
          ))}
          {totals && sums.length === 0 && <Text c="dimmed">–</Text>}
        </Stack>
        <Group gap="md">
          <Text size="sm" c="dimmed" role="status">
            {totals && say('transactions.total.count', { count: totals.count })}
          </Text>
          {totals && totals.registers.length > 0 && (
            <UnstyledButton onClick={toggle} aria-expanded={opened} c="var(--mantine-color-anchor)">
              <Group gap={4}>
                <Text size="sm">{say('transactions.total.registers')}</Text>
                <IconChevronDown size={16} aria-hidden style={{ transform: opened ? 'rotate(180deg)' : undefined }} />
              </Group>
            </UnstyledButton>
          )}
        </Group>
      </Group>
      <Collapse expanded={opened}>
        <Box component="dl" mt="md" mb={0} style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) repeat(3, max-content)', gap: '4px 16px' }}>
          {totals?.registers.map((one) => (
            <Box key={`${one.registerId} ${one.currency}`} style={{ display: 'contents' }}>
              <Text component="dt" size="sm" truncate>
                {names.register(one.name)}
              </Text>
              <Sum label={say('transactions.total.in')} value={`+${money(one.inMinor, one.currency)}`} />
              <Sum label={say('transactions.total.out')} value={`−${money(one.outMinor, one.currency)}`} />
              <Sum label={say('transactions.total.net')} value={money(one.netMinor, one.currency)} bold />
            </Box>
          ))}
        </Box>
      </Collapse>
    </Paper>
  );
}

function Figure({ label, value, bad = false }: { label: string; value: string; bad?: boolean }) {
  return (
    <Box>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={650} fz="lg" c={bad ? 'var(--hf-bad)' : undefined} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
    </Box>
  );
}

function Sum({ label, value, bold = false }: { label: string; value: string; bold?: boolean }) {
  return (
    <Text component="dd" m={0} size="sm" ta="right" fw={bold ? 600 : undefined} title={label} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {value}
    </Text>
  );
}
