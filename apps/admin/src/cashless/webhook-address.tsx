import { Button, Code, CopyButton, Group } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '../words.tsx';

/** The address to paste at the provider. */
export function WebhookAddress({ url }: { url: string }) {
  const { say } = useWords();
  return (
    <Group gap="sm" align="center">
      <Code style={{ overflowWrap: 'anywhere', flex: '1 1 260px' }} p="xs">
        {url}
      </Code>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          >
            <span aria-live="polite">{copied ? say('frame.copied') : say('cashless.webhook.copy')}</span>
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
