import { Alert, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { codeOf } from '../api.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { type SavedChannel, testAddress } from './channel-draft.ts';
import { useChannelTest } from './messages-query.ts';

/** Sends one message through the channel as it is saved, and says what came of it in the carrier's own words. */
export function TestChannel({ saved: { channel, setUp }, dirty }: { saved: SavedChannel; dirty: boolean }) {
  const { say } = useWords();
  const [typed, setTyped] = useState<string>();
  const test = useChannelTest(channel);
  const to = typed ?? testAddress(channel, setUp?.sender ?? '');
  const refused = codeOf(test.error) === 'invalid_request' || codeOf(test.error) === 'invalid_phone';
  const reason = !setUp
    ? say('messages.test.not_set_up')
    : dirty
      ? say('messages.test.save_first')
      : to.trim() === ''
        ? say(`messages.test.to.${channel}.missing`)
        : undefined;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!reason && !test.isPending) test.mutate(to.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            label={say(`messages.test.to.${channel}`)}
            type={channel === 'email' ? 'email' : 'tel'}
            value={to}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={refused && say(`messages.test.to.${channel}.wrong`)}
            maxLength={200}
            style={{ flex: '1 1 220px', maxWidth: 360 }}
          />
          <ReasonButton type="submit" variant="default" loading={test.isPending} reason={reason}>
            {say('messages.test')}
          </ReasonButton>
        </Group>
        {test.isError && !refused && <TroubleNotice error={test.error} />}
        {test.data && !dirty && (
          <Alert
            role="status"
            variant="light"
            color={test.data.outcome === 'sent' ? 'holdfast' : 'red'}
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
            icon={test.data.outcome === 'sent' ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
            title={say(
              test.data.outcome === 'sent' && setUp?.adapter === 'sandbox' ? 'messages.test.sandbox' : `messages.test.${test.data.outcome}`,
              {
                to: test.variables ?? '',
              },
            )}
          >
            {test.data.said !== '' && (
              <Text size="sm" component="q" style={{ overflowWrap: 'anywhere' }}>
                {test.data.said}
              </Text>
            )}
          </Alert>
        )}
      </Stack>
    </form>
  );
}
