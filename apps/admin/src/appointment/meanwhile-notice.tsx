import type { Appointment } from '@holdfast/contract/calendar';
import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../words.tsx';
import { byWhom } from './describe-change.ts';
import { describeDifference } from './describe-difference.ts';
import type { Editing } from './use-editing.ts';
import { whatDiffers, whoChanged } from './what-differs.ts';

/** Somebody else was faster: what they changed, and what is to become of mine. */
export function MeanwhileNotice({ editing }: { editing: Editing }) {
  const { before, now, unsaved } = editing;
  if (!before) return null;
  if (whatDiffers(before, now).length === 0 && unsaved.length === 0) return null;
  return <Notice editing={editing} before={before} />;
}

function Notice({ editing, before }: { editing: Editing; before: Appointment }) {
  const words = useWords();
  const { say } = words;
  const { now, saving, unsaved } = editing;
  const differences = whatDiffers(before, now);
  const place = useRef<HTMLDivElement>(null);
  // Save stands at the foot of the window, this at its head
  useEffect(() => {
    // answers a promise in newer browsers, and an effect answers nothing
    place.current?.scrollIntoView({ block: 'center' });
  }, []);
  const who = whoChanged(before, now).map((one) => byWhom(one, words));
  return (
    <Alert
      ref={place}
      mb="md"
      color="yellow"
      bg="var(--hf-warm-soft)"
      role="alert"
      icon={<IconUsers aria-hidden />}
      title={say('appointment.meanwhile', { who: capital(who.join(', ') || say('appointment.meanwhile.somebody')) })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <List size="sm" spacing={2}>
        {differences.map((one) => (
          <List.Item key={one.what} style={{ overflowWrap: 'anywhere' }}>
            {describeDifference(one, now, words)}
          </List.Item>
        ))}
      </List>
      {unsaved.length > 0 && (
        <Text size="sm" mt="xs">
          {say('appointment.meanwhile.nothing_lost')} {say('appointment.unsaved')}:{' '}
          {unsaved.map((part) => say(`appointment.unsaved.${part}`)).join(', ')}.
        </Text>
      )}
      <Group mt="sm" gap="sm">
        {unsaved.length > 0 ? (
          <>
            <Button size="xs" loading={saving} onClick={() => void editing.save()}>
              {say('appointment.meanwhile.keep')}
            </Button>
            <Button size="xs" variant="default" disabled={saving} onClick={editing.takeTheirs}>
              {say('appointment.meanwhile.take')}
            </Button>
          </>
        ) : (
          <Button size="xs" variant="default" onClick={editing.seen}>
            {say('appointment.meanwhile.seen')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
