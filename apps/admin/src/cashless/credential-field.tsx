import type { CredentialFieldShown } from '@holdfast/contract/cashless';
import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../words.tsx';
import { FileField } from './file-field.tsx';

/** What is known of a value that is kept already. */
export type Kept = { readonly saved: boolean; readonly lastFour: string; readonly value: string | null };

/** One value of a provider's credentials, drawn from what its adapter says of it. Secrets are masked, can be looked at while typing, and no browser keeps them. */
export function CredentialField({
  field,
  value,
  kept,
  required,
  wrong,
  onChange,
  onLeave,
}: {
  field: CredentialFieldShown;
  /** Undefined: not touched. */
  value: string | undefined;
  kept: Kept | undefined;
  required: boolean;
  wrong: boolean;
  onChange: (value: string) => void;
  onLeave: () => void;
}) {
  const { say, language } = useWords();
  const keptWords =
    kept?.saved && kept.value === null ? say(kept.lastFour ? 'cashless.field.kept_last' : 'cashless.field.kept', { last: kept.lastFour }) : '';
  const common = {
    label: field.optional ? `${field.title} ${say('cashless.field.optional')}` : field.title,
    description: [field.where[language], keptWords].filter(Boolean).join(' '),
    placeholder: field.placeholder,
    required,
    error: wrong ? say('cashless.field.wrong', { title: field.title, like: field.placeholder }) : undefined,
  };
  const shown = value ?? kept?.value ?? '';
  const typing = {
    ...common,
    value: shown,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => onChange(event.currentTarget.value),
    onBlur: onLeave,
    spellCheck: false,
    'data-1p-ignore': true,
    'data-lpignore': 'true',
  };
  switch (field.kind) {
    case 'choice':
      return (
        <NativeSelect
          label={field.title}
          description={field.where[language]}
          value={shown || field.choices[0]?.value}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={field.choices.map((one) => ({ value: one.value, label: one.title[language] }))}
          error={common.error}
        />
      );
    case 'file':
      return <FileField {...common} value={value} onChange={onChange} />;
    case 'lines':
      return (
        <Textarea {...typing} autosize minRows={3} maxRows={10} autoComplete="off" styles={{ input: { fontFamily: 'monospace', fontSize: 13 } }} />
      );
    case 'line':
      return field.secret ? (
        <PasswordInput
          {...typing}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': say('cashless.field.reveal', { title: field.title }), tabIndex: 0, 'aria-hidden': false }}
        />
      ) : (
        <TextInput {...typing} autoComplete="off" />
      );
  }
}
