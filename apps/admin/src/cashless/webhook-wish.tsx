import type { AvailableProvider, CashlessPayment } from '@holdfast/contract/cashless';
import { Alert, Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useWebhookAddresses } from './cashless-query.ts';
import { ReturnAddress } from './return-address.tsx';
import { WebhookAddress } from './webhook-address.tsx';
import { WebhookEvents } from './webhook-events.tsx';

/** How the provider of a connection that is yet to be made gets to know its address: by itself, by a call, or by hand before anything is kept. */
export function WebhookWish({
  page,
  provider,
  connectionId,
  setUp,
  onSetUp,
}: {
  page: CashlessPayment;
  provider: AvailableProvider;
  connectionId: string;
  setUp: boolean;
  onSetUp: (setUp: boolean) => void;
}) {
  const { say } = useWords();
  const told = useWebhookAddresses(connectionId);
  const url = told.data?.addresses[provider.name];
  const back = told.data?.returns[provider.name];
  const reachable = provider.sandboxPage !== null || page.webhooksReachUs;
  if (provider.webhookSetup === 'none') return <Text size="sm">{say('cashless.webhook.none')}</Text>;
  return (
    <Stack gap="sm">
      {provider.webhookSetup === 'with_each_payment' && <Text size="sm">{say('cashless.webhook.with_each', { provider: provider.title })}</Text>}
      {provider.webhookSetup === 'by_call' && (
        <Checkbox
          checked={setUp}
          onChange={(event) => onSetUp(event.currentTarget.checked)}
          label={say('cashless.webhook.by_call', { provider: provider.title })}
          description={say(
            provider.fields.some(({ broughtBySetUp }) => broughtBySetUp) ? 'cashless.webhook.by_call.brings' : 'cashless.webhook.by_call.about',
            { fields: provider.fields.flatMap((field) => (field.broughtBySetUp ? [field.title] : [])).join(', ') },
          )}
        />
      )}
      {provider.webhookSetup !== 'with_each_payment' && !setUp && (
        <>
          <Text size="sm">{say(provider.webhookEvents.length > 0 ? 'cashless.webhook.about' : 'cashless.webhook.about_address')}</Text>
          {url ? (
            <WebhookAddress url={url} />
          ) : told.isError ? (
            <TroubleNotice error={told.error} onRetry={() => void told.refetch()} />
          ) : (
            <Skeleton h={36} />
          )}
          <WebhookEvents events={provider.webhookEvents.map((type) => ({ type, asked: true, arrivedAt: null }))} timeZone={page.timeZone} />
        </>
      )}
      {back && <ReturnAddress url={back} provider={provider.title} />}
      {!reachable && (
        <Alert variant="light" color="yellow">
          {say('cashless.polling')}
        </Alert>
      )}
    </Stack>
  );
}
