import type { CashlessPayment, PaymentConnection } from '@holdfast/contract/cashless';
import { Accordion, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { serverNow } from '../server-clock.ts';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ArrivalsList } from './arrivals.tsx';
import { useCashlessDeed, useConnectionTest } from './cashless-query.ts';
import { ChangeConnection } from './change-connection.tsx';
import { ConnectionTrouble, GoodCredentials } from './connection-trouble.tsx';
import { CredentialHint } from './credential-hint.tsx';
import { EndNotice } from './end-notice.tsx';
import { NotedPayments } from './noted-payments.tsx';
import { useRegisterNames } from './register-names.ts';
import { ReplaceCredentials } from './replace-credentials.tsx';
import { TestPayment } from './test-payment.tsx';
import { TestPaymentButton } from './test-payment-button.tsx';
import { isWorthShowing } from './test-state.ts';
import { WebhookBox } from './webhook-box.tsx';
import { WebhookCount } from './webhook-count.tsx';

/** One connection: whose account, when tested, what arrives; and what can be done with it. */
export function ConnectionCard({ connection, page }: { connection: PaymentConnection; page: CashlessPayment }) {
  const { say, when, money } = useWords();
  const mayEdit = useMay()('online_payment.edit');
  const [doing, setDoing] = useState<'nothing' | 'change' | 'replace'>('nothing');
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const test = useConnectionTest();
  const deed = useCashlessDeed();
  const trying = useCashlessDeed();
  const registerName = useRegisterNames();
  const provider = page.providers.find(({ name }) => name === connection.provider);
  const register = page.registers.find(({ id }) => id === connection.registerId);
  const byHand = provider?.webhookSetup === 'none';
  const { timeZone } = page;
  const noRight = mayEdit ? undefined : say('frame.no_right');
  const noTest = provider?.webhookSetup === 'none' ? say('cashless.try.nobody') : undefined;
  const used = connection.usedBy.length > 0 || connection.paymentsUnderWay > 0;
  const archive = async () => {
    if (
      !(await confirmed({
        title: say('cashless.archive.sure', { label: connection.label }),
        more: say('cashless.archive.more'),
        yes: say('cashless.archive'),
      }))
    )
      return;
    deed.mutate(
      { method: 'POST', path: ['connections', connection.id, 'archival'], body: { version: connection.version } },
      { onSuccess: () => toast(say('cashless.archive.done')) },
    );
  };
  return (
    <Paper withBorder p="md" component="article" aria-label={connection.label}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="xs">
            <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
              {connection.label}
            </Title>
            <Badge variant="default" tt="none">
              {provider?.title ?? connection.provider}
            </Badge>
            {connection.sandbox && (
              <Badge variant="filled" tt="none" bg="var(--hf-warm-soft)" c="var(--hf-warm-ink)">
                {say('cashless.sandbox')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {connection.testedAt ? say('cashless.tested', { when: when(connection.testedAt, timeZone) }) : say('cashless.tested.never')}
          </Text>
        </Group>
        {!connection.usable && (
          <Text size="sm" style={{ color: 'var(--hf-bad)' }}>
            {say('cashless.trouble.sandbox')}
          </Text>
        )}
        {connection.archivedAt === null && connection.endsAt && <EndNotice endsAt={connection.endsAt} timeZone={timeZone} />}
        <Group gap="lg" component="dl" m={0}>
          {connection.account && <Fact name={say('cashless.account')} value={connection.account} />}
          {connection.hints.map((hint) => (
            <Fact
              key={hint.name}
              name={hint.title}
              value={<CredentialHint hint={hint} field={provider?.fields.find(({ name }) => name === hint.name)} />}
            />
          ))}
          {connection.endsAt && <Fact name={say('cashless.ends')} value={when(connection.endsAt, timeZone)} />}
          {register && <Fact name={say('cashless.form.register')} value={registerName(register)} />}
          {connection.paymentsUnderWay > 0 && <Fact name={say('cashless.under_way')} value={String(connection.paymentsUnderWay)} />}
        </Group>
        {connection.archivedAt === null && doing === 'nothing' && (
          <Group gap="sm">
            <ReasonButton
              variant="default"
              size="xs"
              loading={test.isPending}
              reason={noRight ?? (connection.usable ? undefined : say('cashless.trouble.sandbox'))}
              onClick={() => test.mutate({ path: ['connections', connection.id, 'tests'] })}
            >
              {say('cashless.test')}
            </ReasonButton>
            <TestPaymentButton
              connection={connection}
              reason={noRight ?? (connection.usable ? noTest : say('cashless.trouble.sandbox'))}
              deed={trying}
              amount={provider ? money(Math.max(provider.minimumChargeMinor, 1), page.currency) : ''}
            />
            <ReasonButton variant="default" size="xs" reason={noRight} onClick={() => setDoing('change')}>
              {say('frame.edit')}
            </ReasonButton>
            <ReasonButton
              variant="default"
              size="xs"
              reason={noRight ?? (provider && connection.usable ? undefined : say('cashless.trouble.sandbox'))}
              onClick={() => setDoing('replace')}
            >
              {say('cashless.replace')}
            </ReasonButton>
            <ReasonButton
              variant="subtle"
              size="xs"
              loading={deed.isPending}
              reason={noRight ?? (used ? say(connection.usedBy.length > 0 ? 'cashless.archive.method' : 'cashless.archive.payments') : undefined)}
              onClick={() => void archive()}
            >
              {say('cashless.archive')}
            </ReasonButton>
          </Group>
        )}
        {test.isSuccess && <GoodCredentials account={test.data.account} />}
        {(test.error ?? deed.error) && <ConnectionTrouble error={test.error ?? deed.error} />}
        {doing === 'change' && <ChangeConnection connection={connection} page={page} onDone={() => setDoing('nothing')} />}
        {doing === 'replace' && provider && <ReplaceCredentials connection={connection} provider={provider} onDone={() => setDoing('nothing')} />}
        {byHand && (
          <Accordion variant="contained">
            <Accordion.Item value="noted">
              <Accordion.Control>{say('cashless.noted')}</Accordion.Control>
              <Accordion.Panel>
                <NotedPayments connectionId={connection.id} timeZone={timeZone} />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        )}
        {trying.error && <ConnectionTrouble error={trying.error} refused="cashless.trouble.test_refused" />}
        {connection.test && isWorthShowing(connection.test, serverNow()) && (
          <TestPayment key={connection.test.id} connection={connection} provider={provider} test={connection.test} timeZone={timeZone} />
        )}
        {!byHand && (
          <Accordion
            variant="contained"
            defaultValue={connection.refusedWebhook ? 'webhook' : null}
            onChange={(open) => open && setSeen(new Set([...seen, open]))}
          >
            <Accordion.Item value="webhook">
              <Accordion.Control>
                {say('cashless.webhook')}
                <Text span size="sm" c="dimmed" ml="sm">
                  <WebhookCount events={connection.events} timeZone={timeZone} />
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <WebhookBox connection={connection} provider={provider} timeZone={timeZone} />
              </Accordion.Panel>
            </Accordion.Item>
            <Accordion.Item value="arrivals">
              <Accordion.Control>{say('cashless.arrivals')}</Accordion.Control>
              <Accordion.Panel>{seen.has('arrivals') && <ArrivalsList connectionId={connection.id} timeZone={timeZone} />}</Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        )}
      </Stack>
    </Paper>
  );
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" component="dt">
        {name}
      </Text>
      <Text size="sm" component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
    </div>
  );
}
