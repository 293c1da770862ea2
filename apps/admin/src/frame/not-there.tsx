import { Button, Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words.tsx';

export function NotThere() {
  const { say } = useWords();
  return (
    <Stack component="main" align="flex-start" p="xl" maw={560}>
      <Title order={1}>{say('frame.not_there')}</Title>
      <Text c="dimmed">{say('frame.not_there.more')}</Text>
      <Button component="a" href="/admin">
        {say('frame.to_start')}
      </Button>
    </Stack>
  );
}
