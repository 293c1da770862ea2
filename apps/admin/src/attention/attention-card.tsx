import type { AttentionItem } from '@holdfast/contract/attention';
import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AttentionActions } from './attention-actions.tsx';
import { endOf, headingOf, meaningOf } from './say-attention.ts';

/** One thing to look at: what happened, whose money it is and where it lies now, and what ends it. */
export function AttentionCard({ item, timeZone }: { item: AttentionItem; timeZone: string }) {
  const words = useWords();
  const { say, money, when } = words;
  const meaning = meaningOf(words, item, timeZone);
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Title order={2} size="h4">
            {headingOf(words, item)}
          </Title>
          {item.amountMinor !== null && item.currency !== null && (
            <Text fw={650} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {money(item.amountMinor, item.currency)}
            </Text>
          )}
        </Group>
        {meaning && <Text size="sm">{meaning}</Text>}
        <Facts item={item} timeZone={timeZone} />
        {item.resolved ? (
          <Text size="sm" c="dimmed">
            {endOf(words, item.resolved.resolution)} · {item.resolved.by ?? say('attention.by_itself')} · {when(item.resolved.at, timeZone)}
            {item.resolved.because && ` · “${item.resolved.because}”`}
          </Text>
        ) : (
          <AttentionActions item={item} />
        )}
      </Stack>
    </Card>
  );
}

function Facts({ item, timeZone }: { item: AttentionItem; timeZone: string }) {
  const { say, when } = useWords();
  const { slug } = useLocationHere();
  const { appointment, client, payment } = item;
  return (
    <Group gap="xs" component="p" m={0} fz="sm" c="dimmed">
      <span>{when(item.openedAt, timeZone)}</span>
      {client && (
        <Anchor component={Link} to={`/${slug}/clients/${client.id}`} inherit>
          {client.name || say('attention.client')}
        </Anchor>
      )}
      {appointment && (
        <Anchor href={`/admin/${slug}/calendar?day=${appointment.startsAt.slice(0, 10)}&appointment=${encodeURIComponent(appointment.id)}`} inherit>
          {appointment.serviceNames.join(', ') || say('attention.visit')}, {when(appointment.startsAt, timeZone)}
        </Anchor>
      )}
      {payment && (
        <span>
          {payment.connection}: <code style={{ overflowWrap: 'anywhere' }}>{payment.reference}</code>
        </span>
      )}
      {!payment && item.subject.kind === 'payment_reference' && <code style={{ overflowWrap: 'anywhere' }}>{item.subject.id}</code>}
    </Group>
  );
}
