import type { UserChange } from '@holdfast/contract/users';
import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { type Language, languageNames, languages, useWords } from '../words.tsx';

export type Person = Pick<UserChange, 'name' | 'email' | 'language'>;

/** Good enough to send something to; the server has the last word. */
export function looksLikeEmail(email: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim());
}

/** Name, e-mail and the language that messages to them are in. */
export function PersonFields({
  value,
  onChange,
  emailError,
  reason,
  touched,
}: {
  value: Person;
  onChange: (part: Partial<Person>) => void;
  emailError?: string | undefined;
  /** Why none of it can be changed. */
  reason?: string | undefined;
  /** Nobody is told that a form is empty before they have touched it. */
  touched: boolean;
}) {
  const { say } = useWords();
  const wrong = touched && value.email.trim() !== '' && !looksLikeEmail(value.email) ? say('users.email.wrong') : undefined;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <TextInput
        label={say('users.name')}
        value={value.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        required
        maxLength={120}
        autoComplete="off"
        disabled={reason !== undefined}
        description={reason}
        error={touched && value.name.trim() === '' ? say('frame.required') : undefined}
        data-autofocus
      />
      <TextInput
        label={say('users.email')}
        type="email"
        value={value.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
        required
        maxLength={254}
        autoComplete="off"
        disabled={reason !== undefined}
        error={emailError ?? wrong}
      />
      <Select
        label={say('users.language')}
        value={value.language}
        data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
        allowDeselect={false}
        disabled={reason !== undefined}
        onChange={(language) => language && onChange({ language: language as Language })}
      />
    </SimpleGrid>
  );
}
