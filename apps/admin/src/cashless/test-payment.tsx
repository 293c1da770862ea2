import type { AvailableProvider, ConnectionTest, PaymentConnection } from '@holdfast/contract/cashless';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useCashlessDeed } from './cashless-query.ts';
import { ConnectionTrouble } from './connection-trouble.tsx';
import type { CashlessSearch } from './routes.tsx';
import { TestPaymentSteps } from './test-payment-steps.tsx';

/** The last test payment, live: what the provider was asked, what has arrived, and the money until it has gone back. */
export function TestPayment({
  connection,
  provider,
  test,
  timeZone,
}: {
  connection: PaymentConnection;
  provider: AvailableProvider | undefined;
  test: ConnectionTest;
  timeZone: string;
}) {
  const { say, money, when } = useWords();
  const mayEdit = useMay()('online_payment.edit');
  const { tested } = useSearch({ strict: false }) as CashlessSearch;
  const deed = useCashlessDeed();
  const path = ['connections', connection.id, 'payment-tests', test.id];
  const look = () => deed.mutate({ method: 'POST', path: [...path, 'looks'], body: {} });
  const heading = useRef<HTMLHeadingElement>(null);
  // back from the provider's page: what it says there proves nothing, so ask
  const back = useRef(tested === connection.id && mayEdit);
  useEffect(() => {
    if (!back.current) return;
    back.current = false;
    heading.current?.focus();
    look();
  });
  const amount = (minor: number) => money(minor, test.currency);
  const refundRuns = test.refund?.status === 'intended' || test.refund?.status === 'pending';
  const title = provider?.title ?? connection.provider;
  const noBack = !mayEdit
    ? say('frame.no_right')
    : provider?.refunds === 'none'
      ? say(provider.webhookSetup === 'none' ? 'cashless.try.back_noted' : 'cashless.try.back_there', { provider: title })
      : refundRuns
        ? say('cashless.try.back_running')
        : undefined;
  return (
    <Paper withBorder p="md" component="section" aria-label={say('cashless.try')}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={4} size="h6" ref={heading} tabIndex={-1}>
            {say('cashless.try')}: {amount(test.amountMinor)}
          </Title>
          <Text size="sm" c="dimmed">
            {when(test.startedAt, timeZone)} · <bdi>{test.startedBy}</bdi>
          </Text>
        </Group>
        <TestPaymentSteps
          test={test}
          provider={title}
          asked={provider?.webhookEvents ?? []}
          byHand={provider?.webhookSetup === 'none'}
          timeZone={timeZone}
        />
        <Group gap="sm">
          {test.pageUrl && (
            <Button
              component="a"
              href={test.pageUrl}
              target="_blank"
              rel="noopener noreferrer"
              size="xs"
              leftSection={<IconExternalLink size={16} aria-hidden />}
            >
              {say('cashless.try.open')}
            </Button>
          )}
          {test.leftMinor > 0 && (
            <ReasonButton
              size="xs"
              loading={deed.isPending}
              reason={noBack}
              onClick={() => deed.mutate({ method: 'POST', path: [...path, 'refunds'], body: {} })}
            >
              {say('cashless.try.give_back', { amount: amount(test.leftMinor) })}
            </ReasonButton>
          )}
          <ReasonButton size="xs" variant="default" loading={deed.isPending} reason={mayEdit ? undefined : say('frame.no_right')} onClick={look}>
            {say('cashless.try.ask')}
          </ReasonButton>
        </Group>
        {deed.isError && <ConnectionTrouble error={deed.error} />}
      </Stack>
    </Paper>
  );
}
