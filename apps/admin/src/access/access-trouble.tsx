import { Alert } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { Trouble } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';

/** What went wrong at the door; how long to wait in numbers. */
export function AccessTrouble({ error, words }: { error: unknown; words: Readonly<Record<string, TextKey>> }) {
  const { say } = useWords();
  const wait = error instanceof Trouble && error.code === 'too_many_requests' ? Number(error.detail['retryAfterSeconds']) : 0;
  if (wait > 0)
    return (
      <Alert color="yellow" variant="light" icon={<IconClock aria-hidden />} role="alert">
        {wait > 90 ? say('access.trouble.wait_minutes', { count: Math.ceil(wait / 60) }) : say('access.trouble.wait', { count: wait })}
      </Alert>
    );
  return <TroubleNotice error={error} words={words} />;
}
