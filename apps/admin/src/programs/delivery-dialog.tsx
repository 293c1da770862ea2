import type { WebhookDeliveryDetail, WebhookEndpoint } from '@holdfast/contract/webhooks';
import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { Dialog } from '../frame/dialog.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { Part } from '../frame/part.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useDelivery, useProgramDeed } from './programs-query.ts';
import { useTypeWord } from './type-word.ts';

/** One delivery: what was sent, each try and what came back; and sending it once more. */
export function DeliveryDialog({ endpoint, delivery, onClose }: { endpoint: WebhookEndpoint; delivery: string; onClose: () => void }) {
  const { say } = useWords();
  const typeWord = useTypeWord();
  const found = useDelivery(endpoint.id, delivery);
  const deed = useProgramDeed<WebhookDeliveryDetail>();
  const { data } = found;
  const reason = endpoint.offBecause ? say('programs.endpoint.is_off') : data?.status === 'waiting' ? say('programs.delivery.on_its_way') : undefined;
  return (
    <Dialog title={data ? typeWord(data.type) : say('programs.deliveries')} size="lg" onClose={onClose}>
      {found.isPending && <PageLoading />}
      {found.isError && <TroubleNotice error={found.error} onRetry={() => void found.refetch()} />}
      {data && (
        <Stack gap="md">
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            webhook-id: {data.eventId}
          </Text>
          <Part title={say('programs.delivery.sent')}>
            <Code block style={{ maxHeight: 280, overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0}>
              {JSON.stringify(data.payload, undefined, 2)}
            </Code>
          </Part>
          <Part title={say('programs.delivery.tries', { count: data.log.length })}>
            <TryLog detail={data} />
          </Part>
          {deed.isError && <TroubleNotice error={deed.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {say('frame.close')}
            </Button>
            <ReasonButton
              reason={reason}
              loading={deed.isPending}
              onClick={() => deed.mutate({ method: 'POST', path: ['webhook-endpoints', endpoint.id, 'deliveries', data.id, 'replay'] })}
            >
              {say('programs.replay')}
            </ReasonButton>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function TryLog({ detail: { log } }: { detail: WebhookDeliveryDetail }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  if (log.length === 0) return <Text size="sm">{say('programs.delivery.not_yet')}</Text>;
  return (
    <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
      {log.map((one) => (
        <Paper component="li" key={one.no} withBorder p="xs">
          <Text size="sm">
            {when(one.at, timeZone)} · {one.status ? say('programs.delivery.answered', { status: String(one.status) }) : one.because} · {one.tookMs}{' '}
            ms
          </Text>
          {one.answer && (
            <Text size="xs" c="dimmed" ff="monospace" lineClamp={4} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{one.answer}</bdi>
            </Text>
          )}
        </Paper>
      ))}
    </Stack>
  );
}
