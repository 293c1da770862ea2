import { type PasswordWeakness, whyWeakPassword } from '@holdfast/contract/password-rules';
import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { Trouble } from '../api.ts';
import { useWords } from '../words.tsx';

/** A password that is being chosen: says what is wrong with it once the field is left, and what the server says of it. */
export function NewPasswordField({
  value,
  onChange,
  you,
  label,
  error,
}: {
  value: string;
  onChange: (value: string) => void;
  you: { readonly email: string; readonly name: string };
  label: string;
  error?: unknown;
}) {
  const { say } = useWords();
  const [left, setLeft] = useState(false);
  const refused = error instanceof Trouble && error.code === 'weak_password' ? (error.detail['reason'] as PasswordWeakness) : undefined;
  const weak = left && value !== '' ? whyWeakPassword(value, you) : undefined;
  const reason = weak ?? refused;
  return (
    <PasswordInput
      label={label}
      description={say('access.password.rule')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      name="new-password"
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => setLeft(true)}
      error={reason && say(`access.password.${reason}`)}
      visibilityToggleButtonProps={{ 'aria-label': say('access.password.show') }}
      required
      withAsterisk={false}
      maxLength={1000}
    />
  );
}
