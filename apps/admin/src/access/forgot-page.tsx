import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../api.ts';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';
import { Entrance } from './entrance.tsx';

export function ForgotPage() {
  const { say } = useWords();
  const [email, setEmail] = useState('');
  const send = useMutation({ mutationFn: () => ask('POST', 'password-resets', { email }) });
  const back = (
    <Anchor component={Link} to="/sign-in" size="sm">
      {say('access.forgot.back')}
    </Anchor>
  );
  if (send.isSuccess)
    return (
      <Entrance title={say('access.forgot.sent')} focusTitle>
        <Text size="sm">{say('access.forgot.sent.more', { email })}</Text>
        {back}
      </Entrance>
    );
  return (
    <Entrance title={say('access.forgot.title')} about={say('access.forgot.about')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={say('access.email')}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoFocus
            required
            withAsterisk={false}
            maxLength={254}
          />
          {send.isError && <AccessTrouble error={send.error} words={{ invalid_request: 'access.required_email' }} />}
          <Button type="submit" loading={send.isPending} fullWidth>
            {say('access.forgot.send')}
          </Button>
          {back}
        </Stack>
      </form>
    </Entrance>
  );
}
