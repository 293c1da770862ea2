import { type CancellationPolicy, sharesFrom } from '@holdfast/contract/cancellation-rules';
import { Box, Group, Stack, Text } from '@mantine/core';
import { useWords } from '../words.tsx';
import { sayPolicy } from './say-policy.ts';

const DAY_MS = 86_400_000;

/** A policy as a line of time that ends at a visit, and the sentence clients read. */
export function PolicyPicture({ policy }: { policy: CancellationPolicy }) {
  const words = useWords();
  const { say, locale } = words;
  // some visit at 18:00, far enough ahead that every step is to come
  const far = Math.max(0, ...policy.steps.map(({ hours }) => hours)) / 24;
  const visitMs = (Math.floor(Date.now() / DAY_MS) + Math.ceil(far) + 2) * DAY_MS + 18 * 3_600_000;
  const when = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  const shares = sharesFrom(policy, visitMs, Date.now());
  return (
    <Stack gap="xs" component="figure" m={0}>
      <Text size="sm" fw={600} component="figcaption">
        {say('refunds.policy.example', { when: when.format(visitMs) })}
      </Text>
      <Group gap={2} wrap="wrap" component="ul" p={0} m={0} align="stretch">
        {shares.map(({ percent, untilMs }) => (
          <Box
            key={percent}
            component="li"
            px="sm"
            py={6}
            bg={
              percent === 100
                ? 'var(--mantine-color-green-light)'
                : percent === 0
                  ? 'var(--mantine-color-red-light)'
                  : 'var(--mantine-color-yellow-light)'
            }
            style={{ listStyle: 'none', flex: '1 1 140px', borderRadius: 6 }}
          >
            <Text size="sm" fw={700}>
              {say('refunds.policy.share', { percent })}
            </Text>
            <Text size="xs">
              {untilMs === undefined ? say('refunds.policy.from_then') : say('refunds.policy.until_when', { when: when.format(untilMs) })}
            </Text>
          </Box>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {say('refunds.policy.clients_read')} “{sayPolicy(policy, words)}”
      </Text>
    </Stack>
  );
}
