import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useRef } from 'react';
import { copyText } from '../checkout/copy-text.ts';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';

/** Where no e-mail is set up, whoever invites hands the link over. It is in no list and no cache: once this is closed, only another invitation helps. */
export function InvitationLink({ email, link, onDone }: { email: string; link: string; onDone: () => void }) {
  const { say } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    if (await copyText(Promise.resolve(link))) toast(say('users.invite.link.copied'));
    else field.current?.select();
  };
  return (
    <Alert role="status" variant="light" icon={<IconLink aria-hidden />} title={say('users.invite.link')}>
      <Stack gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {say('users.invite.link.about', { email })}
        </Text>
        <TextInput ref={field} aria-label={say('users.invite.link')} value={link} readOnly onFocus={(event) => event.currentTarget.select()} />
        <Group gap="sm">
          <Button size="xs" onClick={() => void copy()}>
            {say('frame.copy')}
          </Button>
          <Button size="xs" variant="default" onClick={onDone}>
            {say('users.invite.link.done')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
