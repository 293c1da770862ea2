import { whyWeakPassword } from '@holdfast/contract/password-rules';
import type { Account } from '@holdfast/contract/signing-in';
import { PasswordInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, codeOf } from '../api.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';
import { AccountPart } from './account-part.tsx';
import { NewPasswordField } from './new-password-field.tsx';

export function PasswordPart({ account }: { account: Account }) {
  const { say } = useWords();
  const queries = useQueryClient();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => ask('POST', 'account/password', { present, next }),
    onSuccess: async () => {
      setPresent('');
      setNext('');
      toast(say('access.account.password.changed'));
      await queries.invalidateQueries({ queryKey: ['own-sessions'] });
    },
  });
  if (!account.hasPassword)
    return (
      <AccountPart title={say('access.account.password')}>
        <Text size="sm">{say('access.account.password.none')}</Text>
      </AccountPart>
    );
  const weak = next === '' ? undefined : whyWeakPassword(next, account);
  const reason = present === '' || next === '' ? say('frame.required') : weak && say(`access.password.${weak}`);
  return (
    <AccountPart title={say('access.account.password')} about={say('access.account.password.about')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!reason) change.mutate();
        }}
      >
        <Stack gap="md" align="flex-start">
          <input type="email" name="email" autoComplete="username" value={account.email} readOnly hidden />
          <SimpleGrid cols={{ base: 1, sm: 2 }} w="100%">
            <PasswordInput
              label={say('access.account.password.present')}
              autoComplete="current-password"
              value={present}
              onChange={(event) => setPresent(event.currentTarget.value)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              visibilityToggleButtonProps={{ 'aria-label': say('access.password.show') }}
              maxLength={1000}
            />
            <NewPasswordField label={say('access.password.new')} value={next} onChange={setNext} you={account} error={change.error} />
          </SimpleGrid>
          {change.isError && codeOf(change.error) !== 'weak_password' && (
            <AccessTrouble error={change.error} words={{ wrong_credentials: 'access.trouble.wrong_password' }} />
          )}
          <ReasonButton type="submit" loading={change.isPending} reason={reason}>
            {say('access.account.password.change')}
          </ReasonButton>
        </Stack>
      </form>
    </AccountPart>
  );
}
