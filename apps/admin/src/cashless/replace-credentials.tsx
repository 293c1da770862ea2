import type { AvailableProvider, PaymentConnection } from '@holdfast/contract/cashless';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';
import { useCashlessDeed } from './cashless-query.ts';
import { wrongFields } from './connect-form.tsx';
import { ConnectionTrouble } from './connection-trouble.tsx';
import { CredentialsFields, looksRight, type Typed } from './credentials-fields.tsx';

/** New keys of the same account, or another setting; tested before they take the old ones' place. What is not typed stays. */
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
  const kept = new Map(connection.hints.map((hint) => [hint.name, hint]));
  useLeaveGuard(Object.keys(typed).length > 0 && !deed.isSuccess);
  const amiss = provider.fields
    .filter((field) => (field.name in typed ? !looksRight(field, typed) : !field.optional && kept.get(field.name)?.saved !== true))
    .map(({ title }) => title);
  const reason =
    amiss.length > 0
      ? say('cashless.form.incomplete', { fields: amiss.join(', ') })
      : Object.keys(typed).length === 0
        ? say('cashless.replace.nothing')
        : undefined;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (reason) return;
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
      <Stack gap="sm" maw={560}>
        <Text size="sm">{say('cashless.replace.about')}</Text>
        <CredentialsFields fields={provider.fields} typed={typed} wrong={wrongFields(deed.error)} kept={kept} onChange={setTyped} />
        {deed.isError && <ConnectionTrouble error={deed.error} />}
        <Group gap="sm">
          <ReasonButton type="submit" size="xs" loading={deed.isPending} reason={reason}>
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
