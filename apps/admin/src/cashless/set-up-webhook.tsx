import type { PaymentConnection } from '@holdfast/contract/cashless';
import { Code, Stack, Text } from '@mantine/core';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useWebhookSetUp } from './cashless-query.ts';
import { ConnectionTrouble } from './connection-trouble.tsx';

/** Tells the provider our address by a call. Where its only address is another one, that is shown before it is replaced. */
export function SetUpWebhook({ connection, title }: { connection: PaymentConnection; title: string }) {
  const { say } = useWords();
  const mayEdit = useMay()('online_payment.edit');
  const deed = useWebhookSetUp(connection.id);
  const reason = !mayEdit
    ? say('frame.no_right')
    : !connection.usable
      ? say('cashless.trouble.sandbox')
      : connection.webhooksReachUs
        ? undefined
        : say('cashless.polling');
  const setUp = async (version: number, replace: boolean): Promise<void> => {
    // the trouble is shown below the button
    const answer = await deed.mutateAsync({ version, replace }).catch(() => undefined);
    if (answer?.outcome === 'set') toast(say('cashless.webhook.is_set', { provider: title }));
    if (answer?.outcome !== 'taken') return;
    const more = (
      <Stack gap="xs">
        <Text size="sm">{say('cashless.webhook.taken.more', { provider: title })}</Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{answer.otherUrl}</Code>
      </Stack>
    );
    if (!(await confirmed({ title: say('cashless.webhook.taken'), more, yes: say('cashless.webhook.replace'), danger: true }))) return;
    await setUp(answer.page.connections.find(({ id }) => id === connection.id)?.version ?? version, true);
  };
  return (
    <Stack gap="xs" align="flex-start">
      <ReasonButton size="xs" loading={deed.isPending} reason={reason} onClick={() => void setUp(connection.version, false)}>
        {say('cashless.webhook.set_up')}
      </ReasonButton>
      <Text size="sm" c="dimmed">
        {say('cashless.webhook.set_up.about', { provider: title })}
      </Text>
      {deed.isError && <ConnectionTrouble error={deed.error} refused="cashless.trouble.webhook_refused" />}
    </Stack>
  );
}
