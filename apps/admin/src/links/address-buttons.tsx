import { Button, CopyButton, Group } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** What can be done with an address of the booking page: copy it, look at it, and whatever else there is at this place. */
export function AddressButtons({ address, children }: { address: string; children: ReactNode }) {
  const { say } = useWords();
  return (
    <Group gap="xs">
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          >
            {say(copied ? 'links.copied' : 'links.copy')}
          </Button>
        )}
      </CopyButton>
      <Button
        size="xs"
        variant="default"
        component="a"
        href={address}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconExternalLink size={16} aria-hidden />}
      >
        {say('links.see')}
      </Button>
      {children}
    </Group>
  );
}
