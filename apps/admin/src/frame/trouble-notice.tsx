import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Trouble } from '../api.ts';
import { type TextKey, useWords } from '../words.tsx';

/** Words for refusals that can happen anywhere; a screen passes `words` for those of its own. */
const common: Readonly<Record<string, TextKey>> = {
  not_found: 'frame.trouble.not_found',
  not_signed_in: 'frame.trouble.not_signed_in',
  right_missing: 'frame.trouble.right_missing',
  changed_meanwhile: 'frame.trouble.changed_meanwhile',
  invalid_request: 'frame.trouble.invalid_request',
  too_many_requests: 'frame.trouble.too_many_requests',
  foreign_origin: 'frame.trouble.broken',
};

/** What went wrong, in words; with a way to try again where that may help. An error is never shown as an empty list. */
export function TroubleNotice({
  error,
  words = {},
  sentence,
  onRetry,
}: {
  error: unknown;
  words?: Readonly<Record<string, TextKey>>;
  /** Says it better than any word for the code: with names and times. */
  sentence?: string | undefined;
  onRetry?: () => void;
}) {
  const { say } = useWords();
  const trouble = error instanceof Trouble ? error : undefined;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Text size="sm">{sentence ?? say(troubleKey(error, words))}</Text>
      {(onRetry || (trouble?.kind === 'broken' && trouble.requestId)) && (
        <Group mt="xs" gap="sm">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {say('frame.try_again')}
            </Button>
          )}
          {trouble?.kind === 'broken' && trouble.requestId && (
            <Text size="xs" c="dimmed">
              {say('frame.trouble.request', { request: trouble.requestId })}
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
}

/** The sentence for an error: a screen's own word for the refusal, else the common one. */
export function troubleKey(error: unknown, words: Readonly<Record<string, TextKey>> = {}): TextKey {
  if (!(error instanceof Trouble)) return 'frame.trouble.broken';
  if (error.kind === 'offline') return 'frame.trouble.offline';
  return (error.code && (words[error.code] ?? common[error.code])) || 'frame.trouble.broken';
}
