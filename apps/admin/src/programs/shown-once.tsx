import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { copyText } from '../checkout/copy-text.ts';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';

/** A secret, this once: it is in no list and no cache, and kept nowhere. */
export function ShownOnce({ title, about, secret, onDone }: { title: string; about: string; secret: string; onDone: () => void }) {
  const { say } = useWords();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const copy = async () => {
    if (await copyText(Promise.resolve(secret))) toast(say('frame.copied'));
    else field.current?.select();
  };
  return (
    <Alert role="status" variant="light" color="green" icon={<IconKey aria-hidden />} title={title} styles={{ title: { color: 'var(--hf-good)' } }}>
      <Stack gap="sm">
        <Text size="sm">{about}</Text>
        <TextInput
          ref={field}
          aria-label={title}
          value={secret}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: 'monospace' } }}
        />
        <Group gap="sm">
          <Button size="xs" onClick={() => void copy()}>
            {say('frame.copy')}
          </Button>
          <Button size="xs" variant="default" onClick={onDone}>
            {say('programs.kept')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
