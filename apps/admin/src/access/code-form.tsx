import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api.ts';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';

/** The second half of signing in. */
export function CodeForm({ onPassed, onBack }: { onPassed: () => void; onBack?: () => void }) {
  const { say } = useWords();
  const [code, setCode] = useState('');
  const pass = useMutation({ mutationFn: () => ask('POST', 'sign-in/second-factor', { code }), onSuccess: onPassed, onError: () => setCode('') });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        pass.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={say('access.code')}
          description={say('access.code.about')}
          name="code"
          autoComplete="one-time-code"
          inputMode="text"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoFocus
          data-autofocus
          required
          withAsterisk={false}
          minLength={4}
          maxLength={40}
          spellCheck={false}
          autoCapitalize="none"
        />
        {pass.isError && (
          <AccessTrouble
            error={pass.error}
            words={{
              wrong_credentials: 'access.trouble.wrong_code',
              invalid_request: 'access.trouble.wrong_code',
              not_signed_in: 'access.trouble.begin_again',
            }}
          />
        )}
        <Button type="submit" loading={pass.isPending} fullWidth>
          {say('access.code.go')}
        </Button>
        {onBack && (
          <Anchor component="button" type="button" size="sm" onClick={onBack}>
            {say('access.back')}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
