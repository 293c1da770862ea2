import type { Appointment } from '@holdfast/contract/calendar';
import { Alert, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { leftOf } from '../frame/time-left.ts';
import { useServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

/** The time is kept while the client pays; the seconds are not read aloud. */
export function HoldNotice({ appointment: { holdExpiresAt, timeZone } }: { appointment: Appointment }) {
  const { say, time } = useWords();
  const now = useServerNow(1000);
  if (!holdExpiresAt) return null;
  const left = leftOf(holdExpiresAt, now);
  return (
    <Alert
      color="yellow"
      bg="var(--hf-warm-soft)"
      icon={<IconHourglass aria-hidden />}
      title={say('appointment.hold', { time: time(holdExpiresAt, timeZone) })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Text size="sm" aria-hidden={left !== undefined}>
        {left ? say('appointment.hold.left', { left }) : say('appointment.hold.over')}
      </Text>
    </Alert>
  );
}
