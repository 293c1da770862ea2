import { type MessageChannel, messageChannels } from '@holdfast/contract/message-kinds';
import type { KindWish, MessageSettings } from '@holdfast/contract/messages';
import { Alert, Anchor, Box, Group, Paper, Select, Stack, Switch, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useMessageDeed } from './messages-query.ts';

type Kind = MessageSettings['kinds'][number];
const HOURS = [1, 2, 3, 6, 12, 24, 36, 48, 72, 168];

/** What is sent by itself, and by which channel. Every switch saves at once. */
export function KindsTab({ settings }: { settings: MessageSettings }) {
  const { say } = useWords();
  const closed = settings.channels.filter(({ setUp }) => !setUp?.enabled).map(({ channel }) => channel);
  return (
    <Stack gap="md">
      {closed.map((channel) => (
        <Alert key={channel} id={`closed-${channel}`} variant="light" color="yellow" icon={<IconInfoCircle aria-hidden />}>
          {say(`messages.closed.${channel}`)}{' '}
          <Anchor component={Link} to="." search={{ tab: 'channels' } as never} inherit underline="always">
            {say('messages.closed.open')}
          </Anchor>
        </Alert>
      ))}
      {settings.kinds.map((kind) => (
        <KindRow key={kind.kind} kind={kind} closed={closed} />
      ))}
      <Text size="sm" c="dimmed">
        {say('messages.kinds.always')}
      </Text>
    </Stack>
  );
}

function KindRow({ kind: saved, closed }: { kind: Kind; closed: readonly MessageChannel[] }) {
  const { say } = useWords();
  const deed = useMessageDeed<KindWish>();
  const { kind, ...was } = saved;
  const name = say(`messages.kind.${kind}`);
  const change = (part: Partial<Omit<Kind, 'kind'>>) =>
    deed.mutate({ path: ['kinds', kind], wish: { ...was, ...part, was } }, { onSuccess: () => toast(say('messages.kinds.saved', { kind: name })) });
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Box style={{ flex: '1 1 280px' }}>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {say(`messages.kind.${kind}.when` as TextKey)}
          </Text>
        </Box>
        <Group gap="lg">
          {messageChannels.map((channel) => (
            <Switch
              key={channel}
              label={say(`messages.channel.${channel}`)}
              aria-label={`${name}: ${say(`messages.channel.${channel}`)}`}
              checked={saved[channel]}
              disabled={closed.includes(channel) || deed.isPending}
              aria-describedby={closed.includes(channel) ? `closed-${channel}` : undefined}
              onChange={(event) => change({ [channel]: event.currentTarget.checked })}
            />
          ))}
        </Group>
      </Group>
      {saved.hoursBefore !== null && (
        <Select
          mt="sm"
          maw={280}
          label={say('messages.reminder.before')}
          data={[...new Set([...HOURS, saved.hoursBefore])]
            .sort((one, other) => one - other)
            .map((hours) => ({ value: String(hours), label: say('messages.reminder.hours', { count: hours }) }))}
          value={String(saved.hoursBefore)}
          onChange={(next) => next && Number(next) !== saved.hoursBefore && change({ hoursBefore: Number(next) })}
          allowDeselect={false}
          disabled={deed.isPending}
        />
      )}
      {deed.isError && (
        <Box mt="sm">
          <TroubleNotice error={deed.error} words={{ changed_meanwhile: 'messages.kinds.changed' }} />
        </Box>
      )}
    </Paper>
  );
}
