import type { SignedIn } from '@holdfast/contract/signing-in';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, codeOf, Trouble } from '../api.ts';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';
import { ChainChoice } from './chain-choice.tsx';
import { CodeForm } from './code-form.tsx';

/**
 * Signing in, in up to three steps: e-mail address and password, which salon, the second factor. `email` and `chain` are fixed where the same user comes back.
 */
export function SignInForm({
  email: fixed,
  chain: fixedChain,
  onSignedIn,
}: {
  email?: string;
  chain?: string;
  onSignedIn: (typed: { password: string }) => void;
}) {
  const { say } = useWords();
  const [email, setEmail] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useMutation({
    mutationFn: (chain: string | undefined) => ask<SignedIn>('POST', 'sign-in', { email, password, ...(chain ? { chain } : {}) }),
    onSuccess: ({ secondFactor }) => (secondFactor ? setNeedsCode(true) : onSignedIn({ password })),
  });
  if (needsCode)
    return (
      <CodeForm
        onPassed={() => onSignedIn({ password })}
        onBack={() => {
          setNeedsCode(false);
          setPassword('');
          signIn.reset();
        }}
      />
    );
  if (signIn.error instanceof Trouble && signIn.error.code === 'choose_chain')
    return (
      <ChainChoice
        chains={signIn.error.detail['chains'] as { slug: string; name: string }[]}
        onChoose={(chain) => signIn.mutate(chain)}
        onBack={() => signIn.reset()}
      />
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate(fixedChain);
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
          readOnly={fixed !== undefined}
          autoFocus={fixed === undefined}
          data-autofocus={fixed === undefined || undefined}
          required
          withAsterisk={false}
          maxLength={254}
        />
        <PasswordInput
          label={say('access.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': say('access.password.show') }}
          autoFocus={fixed !== undefined}
          data-autofocus={fixed !== undefined || undefined}
          required
          withAsterisk={false}
          maxLength={1000}
        />
        {signIn.isError && codeOf(signIn.error) !== 'choose_chain' && (
          <AccessTrouble error={signIn.error} words={{ wrong_credentials: 'access.trouble.wrong', invalid_request: 'access.trouble.wrong' }} />
        )}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {say('access.sign_in')}
        </Button>
      </Stack>
    </form>
  );
}
