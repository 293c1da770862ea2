import type { OnlinePaymentPolicy, OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { Group, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words.tsx';
import { PaymentBadge, reasonKey } from './payment-badge.tsx';

const choices: readonly OnlinePaymentStatus[] = ['required', 'available', 'not_available'];

interface Pair {
  readonly id: string;
  readonly name: string;
  readonly policies: Readonly<Record<OnlinePaymentStatus, OnlinePaymentPolicy>>;
}

/**
 * Online payment of a service or a team member: each status explained in a sentence, and what the chosen one would mean with each of the other side,
 * with the reason. `pairs` are as they are saved; the choice is the form's.
 */
export function OnlinePaymentField({
  of,
  value,
  onChange,
  reason,
  pairs,
}: {
  of: 'service' | 'staff';
  value: OnlinePaymentStatus;
  onChange: (status: OnlinePaymentStatus) => void;
  /** Why it cannot be changed. */
  reason: string | undefined;
  pairs: readonly Pair[];
}) {
  const { say } = useWords();
  return (
    <Stack gap="lg">
      <Radio.Group
        label={say('catalog.online_payment')}
        description={reason ?? say(`catalog.online_payment.about_${of}`)}
        value={value}
        onChange={(chosen) => onChange(chosen as OnlinePaymentStatus)}
        styles={{ label: { fontSize: 'var(--mantine-font-size-md)', fontWeight: 650 } }}
      >
        <Stack gap="sm" mt="sm">
          {choices.map((status) => (
            <Radio
              key={status}
              value={status}
              label={say(`catalog.payment.${status}`)}
              description={say(`catalog.payment.${status}.more`)}
              disabled={reason !== undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      {pairs.length > 0 && (
        <Stack gap="xs">
          <Title order={2} size="h5">
            {say(`catalog.result.${of}`)}
          </Title>
          <Text size="sm" c="dimmed">
            {say('catalog.result.more')}
          </Text>
          <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-live="polite">
            {pairs.map(({ id, name, policies }, line) => (
              <Group
                component="li"
                key={id}
                gap="xs"
                px="sm"
                py={8}
                justify="space-between"
                style={line > 0 ? { borderTop: '1px solid var(--hf-line)' } : undefined}
              >
                <Text size="sm" fw={550} style={{ flex: '1 1 120px', minWidth: 0 }}>
                  {name}
                </Text>
                <Text size="sm" c="dimmed" style={{ flex: '3 1 220px' }}>
                  {say(reasonKey(policies[value]))}
                </Text>
                <PaymentBadge status={policies[value].status} />
              </Group>
            ))}
          </Paper>
        </Stack>
      )}
    </Stack>
  );
}
