import type { AskedRefund } from '@holdfast/contract/refunds';
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AgreeDialog } from './agree-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';

/** What is left of an account or a membership: one person asks to give it back, another one agrees here, or declines. */
export function AskedCard({ asked }: { asked: AskedRefund }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const [open, setOpen] = useState<'agree' | 'decline'>();
  const { of, client, amountMinor, currency, because, may } = asked;
  const why = (code: keyof typeof may) => {
    const reason = may[code];
    return reason === null ? undefined : say(`refunds.why_not.${reason}`);
  };
  const name = of.name ?? '';
  const close = () => setOpen(undefined);
  return (
    <Paper withBorder p="md" component="article" aria-label={`${client?.name ?? ''} ${money(amountMinor, currency)}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2}>
            <Title order={2} size="h4">
              {money(amountMinor, currency)}
              {client && ` · ${client.name}`}
            </Title>
            <WhereFrom
              client={client}
              text={say(of.kind === 'account' && !name ? 'refunds.asked.of.ordinary' : `refunds.asked.of.${of.kind}`, { name })}
            />
          </Stack>
          <Badge variant="light" color="yellow" c="var(--mantine-color-text)" tt="none" size="lg">
            {say('refunds.asked.status')}
          </Badge>
        </Group>
        <Stack gap={2}>
          <Text size="sm">{say('refunds.asked.wants', { who: asked.asked.by, when: when(asked.asked.at, here.timeZone) })}</Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            “{because}”
          </Text>
        </Stack>
        <Group gap="sm">
          <ReasonButton reason={why('agree')} onClick={() => setOpen('agree')}>
            {say('refunds.asked.agree')}
          </ReasonButton>
          <ReasonButton variant="subtle" color="gray" reason={why('decline')} onClick={() => setOpen('decline')}>
            {say('refunds.asked.decline')}
          </ReasonButton>
        </Group>
      </Stack>
      {open === 'agree' && <AgreeDialog asked={asked} onClose={close} />}
      {open === 'decline' && (
        <DeclineDialog
          what={['asked-refunds', of.kind, of.id]}
          amountMinor={amountMinor}
          currency={currency}
          words="refunds.asked.decline"
          onClose={close}
        />
      )}
    </Paper>
  );
}

function WhereFrom({ client, text }: { client: AskedRefund['client']; text: string }) {
  const here = useLocationHere();
  if (!client) return <Text size="sm">{text}</Text>;
  return (
    <Anchor component={Link} to={'/$location/clients/$client' as never} params={{ location: here.slug, client: client.id } as never} size="sm">
      {text}
    </Anchor>
  );
}
