import type { Account } from '@holdfast/contract/signing-in';
import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { sessionQuery } from '../session.tsx';
import { languageNames, languages, useChooseLanguage, useWords } from '../words.tsx';
import { AccountPart } from './account-part.tsx';
import { accountQuery } from './account-query.ts';

export function YouPart({ account }: { account: Account }) {
  const { say } = useWords();
  const choose = useChooseLanguage();
  const queries = useQueryClient();
  const [you, setYou] = useState({ name: account.name, language: account.language });
  const changed = you.name.trim() !== account.name || you.language !== account.language;
  const save = useMutation({
    mutationFn: () => ask('PATCH', 'account', you),
    onSuccess: async () => {
      if (you.language !== account.language) choose(you.language);
      toast(say('frame.saved'));
      await Promise.all([queries.invalidateQueries(accountQuery), queries.invalidateQueries({ queryKey: sessionQuery.queryKey })]);
    },
  });
  const reason = you.name.trim() === '' ? say('frame.required') : changed ? undefined : say('frame.nothing_changed');
  return (
    <AccountPart title={say('access.account.you')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!reason) save.mutate();
        }}
      >
        <Stack gap="md" align="flex-start">
          <SimpleGrid cols={{ base: 1, sm: 2 }} w="100%">
            <TextInput
              label={say('access.name')}
              autoComplete="name"
              value={you.name}
              onChange={(event) => setYou({ ...you, name: event.currentTarget.value })}
              maxLength={100}
              error={you.name.trim() === '' && say('frame.required')}
            />
            <Select
              label={say('access.language')}
              description={say('access.language.about')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
              value={you.language}
              onChange={(language) => language && setYou({ ...you, language: language as Account['language'] })}
              allowDeselect={false}
            />
          </SimpleGrid>
          {save.isError && <TroubleNotice error={save.error} />}
          <ReasonButton type="submit" loading={save.isPending} reason={reason}>
            {say('frame.save')}
          </ReasonButton>
        </Stack>
      </form>
    </AccountPart>
  );
}
