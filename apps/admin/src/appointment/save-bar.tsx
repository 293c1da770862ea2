import { Box, Button, Group, Text } from '@mantine/core';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useWords } from '../words.tsx';
import type { Editing } from './use-editing.ts';

/** Stays in sight as long as something is unsaved, on whichever tab. */
export function SaveBar({ editing }: { editing: Editing }) {
  const { say } = useWords();
  const { unsaved, saving, notYet } = editing;
  if (unsaved.length === 0) return null;
  return (
    <Box
      pos="sticky"
      mt="auto"
      bottom={0}
      px="md"
      py="sm"
      bg="var(--mantine-color-body)"
      style={{ borderTop: '1px solid var(--mantine-color-default-border)', zIndex: 2 }}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" c={notYet ? 'var(--hf-bad)' : 'dimmed'} role="status">
          {notYet ? say(notYet) : `${say('appointment.unsaved')}: ${unsaved.map((part) => say(`appointment.unsaved.${part}`)).join(', ')}`}
        </Text>
        <Group gap="sm">
          <Button variant="default" disabled={saving} onClick={editing.discard}>
            {say('appointment.discard')}
          </Button>
          <ReasonButton reason={notYet ? say(notYet) : undefined} loading={saving} onClick={() => void editing.save()}>
            {say('frame.save')}
          </ReasonButton>
        </Group>
      </Group>
    </Box>
  );
}
