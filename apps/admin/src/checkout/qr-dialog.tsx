import { Stack, Text } from '@mantine/core';
import { encode } from 'uqr';
import { Dialog } from '../frame/dialog.tsx';
import { useWords } from '../words.tsx';
import { qrPath } from './qr-path.ts';

/** To be held towards the client. Always black on white with four modules of white around it: many readers cannot do it the other way round. */
export function QrDialog({ url, title, onClose }: { url: string | undefined; title: string; onClose: () => void }) {
  const { say } = useWords();
  return (
    <Dialog opened={url !== undefined} onClose={onClose} title={title}>
      {url && (
        <Stack align="center" gap="sm">
          <QrCode url={url} label={say('checkout.link.qr.alt')} />
          <Text size="xs" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
        </Stack>
      )}
    </Dialog>
  );
}

export function QrCode({ url, label }: { url: string; label: string }) {
  const { data, size } = encode(url, { ecc: 'M', border: 4 });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width="100%"
      style={{ maxWidth: 320, borderRadius: 8 }}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={qrPath(data)} fill="#000" />
    </svg>
  );
}
