import type { MessageLog } from '@holdfast/contract/messages';
import { Accordion, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconMail, IconMessage, IconRefresh, IconSend } from '@tabler/icons-react';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useMessageLog } from './messages-query.ts';

type Message = MessageLog['messages'][number];

/** What was said lately: to whom, when, in what words; and what was not, and why. */
export function SentTab() {
  const { say } = useWords();
  const log = useMessageLog();
  const messages = log.data?.messages ?? [];
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {say('messages.sent.about')}
        </Text>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={log.isFetching}
          onClick={() => void log.refetch()}
        >
          {say('messages.sent.refresh')}
        </Button>
      </Group>
      {log.isPending && <PageLoading />}
      {log.isError && <TroubleNotice error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && messages.length === 0 && (
        <Empty icon={<IconSend size={32} aria-hidden />} title={say('messages.sent.none')} more={say('messages.sent.none.more')} />
      )}
      {messages.length > 0 && (
        <Accordion variant="contained" multiple order={2}>
          {messages.map((message) => (
            <SentMessage key={message.id} message={message} />
          ))}
        </Accordion>
      )}
    </Stack>
  );
}

const warm = { bg: 'var(--hf-warm-soft)', c: 'var(--hf-warm-ink)' };
const looks = {
  waiting: warm,
  sending: warm,
  sent: { color: 'holdfast' },
  failed: { color: 'red.9' },
  dropped: { color: 'gray' },
  unclear: warm,
} as const;
/** Reasons of ours; any other is the carrier's own sentence. */
const reasons: Readonly<Record<string, TextKey>> = {
  channel_off: 'messages.because.channel_off',
  no_address: 'messages.because.no_address',
  'the program ended while it was being sent': 'messages.because.ended',
  'a fault of ours': 'messages.because.ours',
};

function SentMessage({ message }: { message: Message }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const { id, kind, channel, status, because, recipient, subject, body, createdAt, sentAt, dueAt } = message;
  const Icon = channel === 'email' ? IconMail : IconMessage;
  const reason = because === '' ? undefined : reasons[because] ? say(reasons[because]) : say('messages.because.theirs', { words: because });
  return (
    <Accordion.Item value={id}>
      <Accordion.Control icon={<Icon size={20} role="img" aria-label={say(`messages.channel.${channel}`)} />}>
        <Group justify="space-between" gap="xs" pr="xs">
          <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Text size="sm" fw={600}>
              {say(`messages.kind.${kind}`)}
            </Text>
            <Text size="sm" c="dimmed">
              {[recipient, when(sentAt ?? createdAt, timeZone)].filter(Boolean).join(' · ')}
            </Text>
          </div>
          <Badge variant="light" tt="none" {...looks[status]}>
            {say(`messages.status.${status}`)}
          </Badge>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs" style={{ overflowWrap: 'anywhere' }}>
          {(status === 'unclear' || status === 'dropped' || reason) && (
            <Text size="sm">{[status === 'unclear' && say('messages.status.unclear.more'), reason].filter(Boolean).join(' ')}</Text>
          )}
          {dueAt && <Text size="sm">{say('messages.sent.due', { when: when(dueAt, timeZone) })}</Text>}
          {subject && (
            <Text size="sm" fw={600}>
              {subject}
            </Text>
          )}
          <Text size="sm" c={body ? undefined : 'dimmed'} style={{ whiteSpace: 'pre-wrap' }}>
            {body ?? say('messages.sent.no_text')}
          </Text>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
