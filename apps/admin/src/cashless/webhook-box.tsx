import type { AvailableProvider, PaymentConnection } from '@holdfast/contract/cashless';
import { Alert, Stack, Text } from '@mantine/core';
import { useWords } from '../words.tsx';
import { ReturnAddress } from './return-address.tsx';
import { SetUpWebhook } from './set-up-webhook.tsx';
import { WebhookAddress } from './webhook-address.tsx';
import { WebhookEvents } from './webhook-events.tsx';

/** Where the provider of a connection reports: how it gets to know the address, the events to tick, and which of them have really arrived. */
export function WebhookBox({
  connection,
  provider,
  timeZone,
}: {
  connection: PaymentConnection;
  provider: AvailableProvider | undefined;
  timeZone: string;
}) {
  const { say, when } = useWords();
  const { webhookUrl: url, refusedWebhook: refused } = connection;
  const how = provider?.webhookSetup;
  const title = provider?.title ?? connection.provider;
  if (how === 'none') return <Text size="sm">{say('cashless.webhook.none')}</Text>;
  return (
    <Stack gap="sm">
      {how === 'with_each_payment' && <Text size="sm">{say('cashless.webhook.with_each', { provider: title })}</Text>}
      {how === 'by_call' && connection.archivedAt === null && <SetUpWebhook connection={connection} title={title} />}
      {how !== 'with_each_payment' && (
        <>
          <Text size="sm">
            {say(
              provider?.webhookEvents.length === 0
                ? 'cashless.webhook.about_address'
                : how === 'by_call'
                  ? 'cashless.webhook.or_by_hand'
                  : 'cashless.webhook.about',
            )}
          </Text>
          {url ? (
            <WebhookAddress url={url} />
          ) : (
            <Text size="sm" c="dimmed">
              {say('cashless.webhook.secret')}
            </Text>
          )}
        </>
      )}
      {connection.returnUrl && <ReturnAddress url={connection.returnUrl} provider={title} />}
      {!connection.webhooksReachUs && (
        <Alert variant="light" color="yellow">
          {say('cashless.polling')}
        </Alert>
      )}
      {refused && (
        <Alert variant="light" color="red" role="alert">
          {say(refused.why === 'stale' ? 'cashless.webhook.stale' : 'cashless.webhook.refused', { when: when(refused.at, timeZone) })}
        </Alert>
      )}
      <WebhookEvents events={connection.events} timeZone={timeZone} />
    </Stack>
  );
}
