import { Alert, Text } from '@mantine/core';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useWords } from '../words.tsx';

/** A calm line above the board. `lostSinceMs`: the server cannot be reached; `quiet`: it can, but changes come only once a minute. */
export function ConnectionNotice({ lostSinceMs, quiet, timeZone }: { lostSinceMs: number | undefined; quiet: boolean; timeZone: string }) {
  const { say, time } = useWords();
  return (
    <div role="status">
      {lostSinceMs !== undefined ? (
        <Alert color="yellow" variant="light" py="xs" icon={<IconCloudOff aria-hidden />}>
          <Text size="sm">{say('calendar.lost', { time: time(lostSinceMs, timeZone) })}</Text>
        </Alert>
      ) : (
        quiet && (
          <Text size="xs" c="dimmed" className="cal-quiet">
            <IconRefresh size={14} aria-hidden /> {say('calendar.not_live')}
          </Text>
        )
      )}
    </div>
  );
}
