import { clientLanguageNames, clientLanguages } from '@holdfast/contract/client-language';
import type { NewClient } from '@holdfast/contract/clients';
import { Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** What is written down of a client. */
export function ClientFields({
  value,
  onChange,
  nameError,
  phoneError,
  contacts,
}: {
  value: NewClient;
  onChange: (part: Partial<NewClient>) => void;
  nameError?: ReactNode;
  phoneError?: ReactNode;
  /** False: the role does not show phone and e-mail, so they cannot be changed either. */
  contacts: boolean;
}) {
  const { say } = useWords();
  return (
    <Stack gap="md">
      <TextInput
        label={say('clients.name')}
        value={value.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={nameError}
        required
        maxLength={120}
        autoComplete="off"
        data-autofocus
      />
      {contacts && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={say('clients.phone')}
            type="tel"
            value={value.phone}
            onChange={(event) => onChange({ phone: event.currentTarget.value })}
            error={phoneError}
            maxLength={40}
            autoComplete="off"
          />
          <TextInput
            label={say('clients.email')}
            type="email"
            value={value.email}
            onChange={(event) => onChange({ email: event.currentTarget.value })}
            maxLength={200}
            autoComplete="off"
          />
        </SimpleGrid>
      )}
      <Select
        label={say('clients.language')}
        description={say('clients.language.about')}
        data={clientLanguages.map((one) => ({ value: one, label: clientLanguageNames[one] }))}
        value={value.language}
        onChange={(next) => next && onChange({ language: next as NewClient['language'] })}
        allowDeselect={false}
        maw={280}
      />
      <Textarea
        label={say('clients.note')}
        description={say('clients.note.about')}
        value={value.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
        autosize
        minRows={2}
        maxLength={2000}
      />
    </Stack>
  );
}
