import { NumberInput, PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useWords } from '../words.tsx';
import { type ChannelDraft, keepsSecret, type SavedChannel, secretOf } from './channel-draft.ts';

/** What the chosen way needs to know. Secrets are masked, never come back from the server, and no browser keeps them. */
export function ChannelFields({
  saved,
  value,
  wrong,
  onChange,
}: {
  saved: SavedChannel;
  value: ChannelDraft;
  /** The field that the server refused. */
  wrong: string | undefined;
  onChange: (part: Partial<ChannelDraft>) => void;
}) {
  const { say } = useWords();
  const { adapter } = value;
  if (adapter === 'sandbox') return null;
  const secret = secretOf[adapter];
  const kept = keepsSecret(saved, value);
  const had = saved.setUp?.adapter === adapter;
  const lastFour = saved.setUp?.hints[secret];
  const text = (field: 'host' | 'user' | 'accountSid' | 'url', placeholder: string, more: { required?: boolean } = { required: true }) => (
    <TextInput
      label={say(`messages.field.${field}`)}
      description={field === 'host' || field === 'user' ? undefined : say(`messages.field.${field}.about`)}
      placeholder={placeholder}
      value={value[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      error={wrong === field && say(`messages.wrong.${field}`)}
      maxLength={field === 'url' ? 500 : 200}
      autoComplete="off"
      spellCheck={false}
      {...more}
    />
  );
  return (
    <>
      {adapter === 'smtp' && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text('host', 'smtp.example.com')}
            <NumberInput
              label={say('messages.field.port')}
              value={value.port}
              onChange={(port) => onChange({ port })}
              min={1}
              max={65_535}
              clampBehavior="strict"
              allowDecimal={false}
              inputMode="numeric"
              required
              error={wrong === 'port' && say('messages.wrong.host')}
            />
          </SimpleGrid>
          <Select
            label={say('messages.field.security')}
            data={(['starttls', 'tls', 'none'] as const).map((one) => ({ value: one, label: say(`messages.security.${one}`) }))}
            value={value.security}
            onChange={(security) => security && onChange({ security })}
            allowDeselect={false}
            description={value.security === 'none' ? say('messages.security.none.about') : undefined}
          />
          {text('user', '', {})}
        </>
      )}
      {adapter === 'twilio' && text('accountSid', 'AC…')}
      {adapter === 'http' && text('url', 'https://sms.example.com/send')}
      <PasswordInput
        label={say(`messages.field.${secret}`)}
        description={
          kept
            ? lastFour
              ? say('messages.secret.kept_last', { last: lastFour })
              : say('messages.secret.kept')
            : had
              ? say('messages.secret.again')
              : undefined
        }
        value={value.secret}
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
        error={wrong === secret && say('messages.secret.again')}
        required={adapter === 'twilio' && !kept}
        maxLength={adapter === 'twilio' ? 200 : 500}
        autoComplete="new-password"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        visibilityToggleButtonProps={{ 'aria-label': say('messages.secret.reveal'), tabIndex: 0, 'aria-hidden': false }}
      />
    </>
  );
}
