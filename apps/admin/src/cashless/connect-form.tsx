import type { AvailableProvider, CashlessPayment, ConnectionWish } from '@holdfast/contract/cashless';
import { Button, Code, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { codeOf, Trouble } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';
import { useCashlessDeed, useConnectionTest } from './cashless-query.ts';
import { ConnectionTrouble, GoodCredentials, otherWebhook } from './connection-trouble.tsx';
import { CredentialsFields, looksRight, type Typed } from './credentials-fields.tsx';
import { HowToConnect } from './how-to-connect.tsx';
import { useRegisterNames } from './register-names.ts';
import { WebhookWish } from './webhook-wish.tsx';

/** Which fields of the credentials a refusal names. */
export function wrongFields(error: unknown): readonly string[] {
  const { fields } = (error instanceof Trouble && error.code === 'invalid_request' ? error.detail : {}) as { fields?: readonly unknown[] };
  return (fields ?? []).filter((one) => typeof one === 'string');
}

/** The credentials of a new connection. They are tested before they are kept, whether or not somebody pressed Test connection before. */
export function ConnectForm({
  page,
  provider,
  connectionId,
  onDone,
}: {
  page: CashlessPayment;
  provider: AvailableProvider;
  connectionId: string;
  onDone: () => void;
}) {
  const { say } = useWords();
  const [typed, setTyped] = useState<Typed>({});
  const [label, setLabel] = useState(provider.title);
  const card = page.registers.find(({ name }) => name === 'card')?.id ?? page.registers[0]?.id;
  const [registerId, setRegister] = useState(card);
  const registerName = useRegisterNames();
  const test = useConnectionTest();
  const connect = useCashlessDeed();
  useLeaveGuard(Object.values(typed).some((value) => value !== '') && !connect.isSuccess);
  const brought = provider.fields.filter(({ broughtBySetUp }) => broughtBySetUp);
  // where a value to type comes with it, typing it is the usual way
  const [setUp, setSetUp] = useState(provider.webhookSetup === 'by_call' && brought.length === 0);
  const fields = setUp ? provider.fields.filter(({ broughtBySetUp }) => !broughtBySetUp) : provider.fields;
  const credentials = Object.fromEntries(fields.flatMap(({ name }) => (typed[name] === undefined ? [] : [[name, typed[name]]])));
  const change = (next: Typed) => {
    setTyped(next);
    test.reset();
    connect.reset();
  };
  const missing = fields.filter((field) => !looksRight(field, typed)).map(({ title }) => title);
  const reason = missing.length > 0 ? say('cashless.form.incomplete', { fields: missing.join(', ') }) : undefined;
  const send = (webhook: 'by_hand' | 'set_up' | 'replace') => {
    const wish: ConnectionWish = {
      connectionId,
      provider: provider.name,
      label,
      credentials,
      webhook,
      ...(registerId && registerId !== card ? { registerId } : {}),
    };
    const done = () => {
      toast(say('cashless.connected', { provider: provider.title }));
      onDone();
    };
    const failed = async (error: unknown) => {
      // made by the first of two clicks, or by an answer that got lost
      if (codeOf(error) === 'already_there') return done();
      const otherUrl = otherWebhook(error);
      if (otherUrl !== undefined && (await mayReplace(otherUrl))) send('replace');
    };
    connect.mutate({ method: 'POST', path: ['connections'], body: wish }, { onSuccess: done, onError: (error) => void failed(error) });
  };
  const mayReplace = (otherUrl: string) =>
    confirmed({
      title: say('cashless.webhook.taken'),
      more: (
        <Stack gap="xs">
          <Text size="sm">{say('cashless.webhook.taken.more', { provider: provider.title })}</Text>
          <Code style={{ overflowWrap: 'anywhere' }}>{otherUrl}</Code>
        </Stack>
      ),
      yes: say('cashless.webhook.replace'),
      danger: true,
    });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!reason) send(setUp ? 'set_up' : 'by_hand');
  };
  const trouble = connect.error ?? test.error;
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="lg">
        <HowToConnect provider={provider} />
        <Paper withBorder p="md">
          <Title order={3} size="h5" mb="xs">
            {say('cashless.webhook')}
          </Title>
          <WebhookWish page={page} provider={provider} connectionId={connectionId} setUp={setUp} onSetUp={setSetUp} />
        </Paper>
        <Paper withBorder p="md">
          <Stack gap="md">
            <Title order={3} size="h5">
              {say('cashless.form')}
            </Title>
            <CredentialsFields fields={fields} typed={typed} wrong={wrongFields(trouble)} onChange={change} />
            <TextInput
              label={say('cashless.form.label')}
              description={say('cashless.form.label.about')}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              maxLength={80}
              autoComplete="off"
            />
            {page.registers.length > 1 && (
              <NativeSelect
                label={say('cashless.form.register')}
                value={registerId}
                onChange={(event) => setRegister(event.currentTarget.value)}
                data={page.registers.map((one) => ({ value: one.id, label: registerName(one) }))}
              />
            )}
            {test.isSuccess && !connect.isError && <GoodCredentials account={test.data.account} />}
            {trouble && <ConnectionTrouble error={trouble} />}
            <Text size="sm" c="dimmed">
              {say(fields.some(({ secret }) => secret) ? 'cashless.form.kept' : 'cashless.form.kept.settings')}
            </Text>
            <Group gap="sm">
              <ReasonButton type="submit" reason={reason ?? (label.trim() === '' ? say('frame.required') : undefined)} loading={connect.isPending}>
                {say('cashless.connect')}
              </ReasonButton>
              {reason ? (
                <ReasonButton variant="default" reason={reason}>
                  {say('cashless.test')}
                </ReasonButton>
              ) : (
                <Button
                  variant="default"
                  loading={test.isPending}
                  onClick={() => test.mutate({ path: ['connection-tests'], body: { provider: provider.name, credentials, beforeSetUp: setUp } })}
                >
                  {say('cashless.test')}
                </Button>
              )}
            </Group>
          </Stack>
        </Paper>
      </Stack>
    </form>
  );
}
