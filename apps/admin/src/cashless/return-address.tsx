import { Text } from '@mantine/core';
import { useWords } from '../words.tsx';
import { WebhookAddress } from './webhook-address.tsx';

/** Where clients come back to, for a provider that has one such address for all payments: another one to paste there. */
export function ReturnAddress({ url, provider }: { url: string; provider: string }) {
  const { say } = useWords();
  return (
    <>
      <Text size="sm">{say('cashless.return', { provider })}</Text>
      <WebhookAddress url={url} />
    </>
  );
}
