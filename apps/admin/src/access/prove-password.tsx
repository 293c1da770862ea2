import type { Enrolment } from '@holdfast/contract/signing-in';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api.ts';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';

/** First step of switching the second factor on. */
export function ProvePassword({ onProven, onCancel }: { onProven: (enrolment: Enrolment) => void; onCancel: () => void }) {
  const { say } = useWords();
  const [password, setPassword] = useState('');
  const begin = useMutation({ mutationFn: () => ask<Enrolment>('POST', 'account/second-factor', { password }), onSuccess: onProven });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <Stack gap="md" maw={420}>
        <PasswordInput
          label={say('access.password')}
          description={say('access.factor.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': say('access.password.show') }}
          autoFocus
          required
          withAsterisk={false}
        />
        {begin.isError && (
          <AccessTrouble
            error={begin.error}
            words={{ wrong_credentials: 'access.trouble.wrong_password', already_there: 'access.trouble.on_already' }}
          />
        )}
        <Group>
          <Button type="submit" loading={begin.isPending}>
            {say('access.factor.go_on')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('frame.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
