import { Anchor, Button, Center, Group, Stack, Text } from '@mantine/core';
import { copyText } from '../../checkout/copy-text.ts';
import { QrCode } from '../../checkout/qr-dialog.tsx';
import { Toasts, toast } from '../../frame/toast.tsx';
import { useWords } from '../../words.tsx';
import { useEnter } from '../use-enter.ts';

/** The salon is open: here is its address. */
export function DoneStep({ bookingPage }: { bookingPage: string }) {
  const { say } = useWords();
  const enter = useEnter();
  const copy = async () => {
    if (await copyText(Promise.resolve(bookingPage))) toast(say('frame.copied'));
  };
  return (
    <Stack gap="md">
      <Center>
        <div style={{ width: 200 }}>
          <QrCode url={bookingPage} label={say('access.setup.done.qr')} />
        </div>
      </Center>
      <Anchor href={bookingPage} target="_blank" rel="noreferrer" ta="center" style={{ overflowWrap: 'anywhere' }}>
        {bookingPage}
      </Anchor>
      <Group justify="center">
        <Button variant="default" onClick={() => void copy()}>
          {say('access.setup.done.copy')}
        </Button>
        <Button variant="default" component="a" href={bookingPage} target="_blank" rel="noreferrer">
          {say('access.setup.done.open')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" ta="center">
        {say('access.setup.done.next')}
      </Text>
      <Button onClick={() => void enter()} fullWidth>
        {say('access.setup.done.calendar')}
      </Button>
      <Toasts />
    </Stack>
  );
}
