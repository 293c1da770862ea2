import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { QrCode } from '../checkout/qr-dialog.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { useWords } from '../words.tsx';
import { AddressButtons } from './address-buttons.tsx';
import { saveQr } from './save-qr.ts';

/** The address of a booking link, to copy, to open, or as a code to print. */
export function ShareLink({ address, name }: { address: string; name: string }) {
  const { say } = useWords();
  const [qr, setQr] = useState(false);
  return (
    <Stack gap="xs">
      <Anchor href={address} target="_blank" rel="noreferrer" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {address}
      </Anchor>
      <AddressButtons address={address}>
        <Button size="xs" variant="default" leftSection={<IconQrcode size={16} aria-hidden />} onClick={() => setQr(true)}>
          {say('links.qr')}
        </Button>
      </AddressButtons>
      <Dialog opened={qr} onClose={() => setQr(false)} title={`${say('links.qr')} · ${name}`}>
        <QrToPrint address={address} name={name} />
      </Dialog>
    </Stack>
  );
}

function QrToPrint({ address, name }: { address: string; name: string }) {
  const { say } = useWords();
  return (
    <Stack align="center" gap="sm">
      <Text size="sm" c="dimmed">
        {say('links.qr.about')}
      </Text>
      <div style={{ width: '100%', maxWidth: 320 }}>
        <QrCode url={address} label={`${say('links.qr')}: ${name}`} />
      </div>
      <Text size="xs" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>
        {address}
      </Text>
      <Group gap="sm">
        <Button onClick={() => void saveQr(address, 'png')}>{say('links.share.png')}</Button>
        <Button variant="default" onClick={() => void saveQr(address, 'svg')}>
          {say('links.share.svg')}
        </Button>
      </Group>
    </Stack>
  );
}
