import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { copyText } from '../checkout/copy-text.ts';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';

/** Something to be pasted elsewhere as it stands. */
export function CodeToCopy({ title, about, code }: { title: string; about: string; code: string }) {
  const { say } = useWords();
  const copy = async () => {
    if (await copyText(Promise.resolve(code))) toast(say('frame.copied'));
  };
  return (
    <Stack gap={6} role="group" aria-label={title}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={500} size="sm">
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        </div>
        <Button
          size="xs"
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={<IconCopy size={16} aria-hidden />}
          aria-label={`${say('links.embed.copy')}: ${title}`}
          onClick={() => void copy()}
        >
          {say('links.embed.copy')}
        </Button>
      </Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {code}
      </Code>
    </Stack>
  );
}
