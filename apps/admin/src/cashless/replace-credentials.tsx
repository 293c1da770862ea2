import type { AvailableProvider, PaymentConnection } from '@holdfast/contract/cashless';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';
import { useCashlessDeed } from './cashless-query.ts';
import { wrongFields } from './connect-form.tsx';
import { ConnectionTrouble } from './connection-trouble.tsx';
import { CredentialsFields, looksRight, type Typed } from './credentials-fields.tsx';

/** New keys of the same account; tested before they take the old ones' place. */
export function ReplaceCredentials({
  connection,
  provider,
  onDone,
}: {
  connection: PaymentConnection;
  provider: AvailableProvider;
  onDone: () => void;
}) {
  const { say } = useWords();
  const [typed, setTyped] = useState<Typed>({});
  const [version] = useState(connection.version);
  const deed = useCashlessDeed();
  const missing = provider.fields.filter((field) => !looksRight(field, typed)).map(({ title }) => title);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (missing.length > 0) return;
    deed.mutate(
      { method: 'PUT', path: ['connections', connection.id, 'credentials'], body: { version, credentials: typed } },
      {
        onSuccess: () => {
          toast(say('cashless.replace.done'));
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        <Text size="sm">{say('cashless.replace.about')}</Text>
        <CredentialsFields fields={provider.fields} typed={typed} wrong={wrongFields(deed.error)} onChange={setTyped} />
        {deed.isError && <ConnectionTrouble error={deed.error} />}
        <Group gap="sm">
          <ReasonButton
            type="submit"
            size="xs"
            loading={deed.isPending}
            reason={missing.length > 0 ? say('cashless.form.incomplete', { fields: missing.join(', ') }) : undefined}
          >
            {say('cashless.replace')}
          </ReasonButton>
          <Button size="xs" variant="default" onClick={onDone}>
            {say('frame.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
