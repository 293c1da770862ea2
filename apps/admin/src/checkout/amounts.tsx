import type { Checkout } from '@holdfast/contract/checkout';
import { Box, Divider, Group, Paper, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../words.tsx';

/** What it costs, what was paid, and large: what is still due. */
export function Amounts({ checkout }: { checkout: Checkout }) {
  const { say, money, locale } = useWords();
  const percent = (basisPoints: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
  const { lines, costMinor, paidMinor, heldMinor, dueMinor, currency } = checkout;
  const due = useFocusWhenPaid(dueMinor);
  return (
    <Paper bg="var(--hf-sunken)" p="md" radius="md">
      {lines.map(({ name, costMinor: cost, tax }, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: the same service can stand here twice
          key={index}
          label={name}
          value={money(cost, currency)}
          more={tax ? say('checkout.incl_tax', { percent: percent(tax.basisPoints), tax: tax.name }) : undefined}
        />
      ))}
      <Divider my="xs" />
      <Line label={say('checkout.total')} value={money(costMinor, currency)} />
      <Line label={say('checkout.paid')} value={money(paidMinor, currency)} />
      {heldMinor > 0 && <Line label={say('checkout.held')} value={money(heldMinor, currency)} />}
      <Box ref={due} tabIndex={-1} mt="xs" role="status" style={{ outline: 'none' }}>
        {dueMinor > 0 ? (
          <Group justify="space-between" align="baseline" gap="sm">
            <Text fw={650}>{say('checkout.due')}</Text>
            <Text fw={700} fz={32} lh={1.2}>
              {money(dueMinor, currency)}
            </Text>
          </Group>
        ) : (
          <Group gap="xs">
            <IconCircleCheck size={22} aria-hidden color="var(--hf-good)" />
            <Text fw={650}>{say(paidMinor > 0 ? 'checkout.all_paid' : 'checkout.nothing_due')}</Text>
          </Group>
        )}
      </Box>
    </Paper>
  );
}

function Line({ label, value, more }: { label: string; value: string; more?: string | undefined }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text size="sm" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {label}
        {more && (
          <Text span size="xs" c="dimmed" display="block">
            {more}
          </Text>
        )}
      </Text>
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {value}
      </Text>
    </Group>
  );
}

/** The buttons that were clicked are gone when nothing is due any more: the focus goes to what says so. */
function useFocusWhenPaid(dueMinor: number) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(dueMinor);
  useEffect(() => {
    if (before.current > 0 && dueMinor === 0) place.current?.focus();
    before.current = dueMinor;
  }, [dueMinor]);
  return place;
}
