import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api.ts';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';

export function EndSecondFactor({ onEnded, onCancel }: { onEnded: () => void; onCancel: () => void }) {
  const { say } = useWords();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const end = useMutation({ mutationFn: () => ask('POST', 'account/second-factor/end', { password, code }), onSuccess: onEnded });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate();
      }}
    >
      <Stack gap="md" maw={420}>
        <PasswordInput
          label={say('access.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': say('access.password.show') }}
          autoFocus
          required
          withAsterisk={false}
        />
        <TextInput
          label={say('access.factor.code_or_recovery')}
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          required
          withAsterisk={false}
          minLength={4}
          maxLength={40}
        />
        {end.isError && <AccessTrouble error={end.error} words={{ wrong_credentials: 'access.trouble.wrong_code' }} />}
        <Group>
          <Button type="submit" color="red" loading={end.isPending}>
            {say('access.factor.switch_off')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('frame.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
