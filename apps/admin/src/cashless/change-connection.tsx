import type { CashlessPayment, PaymentConnection } from '@holdfast/contract/cashless';
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';
import { useCashlessDeed } from './cashless-query.ts';
import { ConnectionTrouble } from './connection-trouble.tsx';
import { useRegisterNames } from './register-names.ts';

/** Its name, and the register it pays out to. */
export function ChangeConnection({ connection, page, onDone }: { connection: PaymentConnection; page: CashlessPayment; onDone: () => void }) {
  const { say } = useWords();
  const [label, setLabel] = useState(connection.label);
  const [registerId, setRegister] = useState(connection.registerId);
  const [version] = useState(connection.version);
  const registerName = useRegisterNames();
  const deed = useCashlessDeed();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    deed.mutate(
      { method: 'PATCH', path: ['connections', connection.id], body: { version, label, registerId } },
      {
        onSuccess: () => {
          toast(say('frame.saved'));
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={420}>
        <TextInput
          label={say('cashless.form.label')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          maxLength={80}
          data-autofocus
          autoFocus
        />
        <NativeSelect
          label={say('cashless.form.register')}
          value={registerId}
          onChange={(event) => setRegister(event.currentTarget.value)}
          data={page.registers.map((one) => ({ value: one.id, label: registerName(one) }))}
        />
        {deed.isError && <ConnectionTrouble error={deed.error} />}
        <Group gap="sm">
          <ReasonButton type="submit" size="xs" loading={deed.isPending} reason={label.trim() === '' ? say('frame.required') : undefined}>
            {say('frame.save')}
          </ReasonButton>
          <Button size="xs" variant="default" onClick={onDone}>
            {say('frame.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
