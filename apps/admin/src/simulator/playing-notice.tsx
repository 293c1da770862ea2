import { Loader, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../words.tsx';

/** It takes some seconds: says so, and that it goes on. */
export function PlayingNotice() {
  const { say } = useWords();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Paper withBorder p="lg">
      <Stack align="center" gap="xs">
        <Loader type="dots" aria-hidden />
        <Text fw={600} role="status">
          {say('simulator.playing')}
        </Text>
        <Text size="sm" c="dimmed" ta="center" maw={460}>
          {say('simulator.playing.more')}
        </Text>
        <Text size="sm" c="dimmed" aria-hidden>
          {say('simulator.playing.for', { count: seconds })}
        </Text>
      </Stack>
    </Paper>
  );
}
