import type { CredentialFieldShown } from '@holdfast/contract/cashless';
import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words.tsx';

export type Typed = Readonly<Record<string, string>>;

/** Does what was typed look like this field's values? Said while typing; the server and the provider have the last word. */
export function looksRight(field: CredentialFieldShown, typed: Typed): boolean {
  const value = typed[field.name]?.trim() ?? '';
  return value !== '' && (field.pattern === null || new RegExp(field.pattern).test(value));
}

/** A provider's credentials, drawn from what its adapter asks for. Secrets are masked, can be looked at while typing, and no browser keeps them. */
export function CredentialsFields({
  fields,
  typed,
  wrong,
  onChange,
}: {
  fields: readonly CredentialFieldShown[];
  typed: Typed;
  /** Fields that the server refused. */
  wrong: readonly string[];
  onChange: (typed: Typed) => void;
}) {
  const { say, language } = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  return fields.map((field) => {
    const value = typed[field.name] ?? '';
    const bad = wrong.includes(field.name) || (left.has(field.name) && value !== '' && !looksRight(field, typed));
    const Input = field.secret ? PasswordInput : TextInput;
    return (
      <Input
        key={field.name}
        label={field.title}
        description={field.where[language]}
        placeholder={field.placeholder}
        required
        value={value}
        onChange={(event) => onChange({ ...typed, [field.name]: event.currentTarget.value })}
        onBlur={() => setLeft(new Set([...left, field.name]))}
        error={bad ? say('cashless.field.wrong', { title: field.title, like: field.placeholder }) : undefined}
        autoComplete={field.secret ? 'new-password' : 'off'}
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        {...(field.secret
          ? { visibilityToggleButtonProps: { 'aria-label': say('cashless.field.reveal', { title: field.title }), tabIndex: 0, 'aria-hidden': false } }
          : {})}
      />
    );
  });
}
