import type { NewEndpoint, WebhookDeliveryDetail, WebhookEndpoint } from '@holdfast/contract/webhooks';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { EndpointState } from './endpoints-tab.tsx';
import { useEndpoint, useProgramDeed } from './programs-query.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { ShownOnce } from './shown-once.tsx';

/** One endpoint: whether it works, what was told there, and what to do about what did not arrive. */
export function EndpointPage() {
  const { say } = useWords();
  const { slug } = useLocationHere();
  const { endpoint = '' } = useParams({ strict: false }) as { endpoint?: string };
  const found = useEndpoint(endpoint);
  const back = (
    <Button component={Link} to={`/${slug}/settings/api?tab=webhooks`} variant="default">
      {say('programs.endpoints.all')}
    </Button>
  );
  return (
    <Page title={found.data ? found.data.about || found.data.url : say('programs.tab.webhooks')} wide actions={back}>
      {found.isPending && <PageLoading />}
      {found.isError && !found.data && <TroubleNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          <EndpointHead one={found.data} />
          <DeliveryList endpoint={found.data} />
        </>
      )}
    </Page>
  );
}

function EndpointHead({ one }: { one: WebhookEndpoint }) {
  const { say, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'change' | 'replay'>();
  const [secret, setSecret] = useState<string>();
  const ping = useProgramDeed<WebhookDeliveryDetail>();
  const deed = useProgramDeed<NewEndpoint>();
  const off = one.offBecause ? say('programs.endpoint.is_off') : undefined;
  const sendPing = async () => {
    const came = await ping.mutateAsync({ method: 'POST', path: ['webhook-endpoints', one.id, 'ping'] }).catch(() => undefined);
    if (came?.status === 'delivered') toast(say('programs.ping.good', { status: String(came.lastStatus) }));
    else if (came) toast(say('programs.ping.bad', { why: came.lastStatus ? String(came.lastStatus) : (came.log[0]?.because ?? '') }), 'bad');
  };
  const rotate = async () => {
    const yes = say('programs.rotate');
    if (!(await confirmed({ title: say('programs.rotate.ask'), more: say('programs.rotate.more'), yes }))) return;
    const made = await deed
      .mutateAsync({ method: 'POST', path: ['webhook-endpoints', one.id, 'secret'], body: { oldHours: 24 } })
      .catch(() => undefined);
    if (made) setSecret(made.secret);
  };
  const remove = async () => {
    const yes = say('frame.delete');
    if (!(await confirmed({ title: say('programs.endpoint.delete.ask'), more: say('programs.endpoint.delete.more'), yes, danger: true }))) return;
    const gone = await deed.mutateAsync({ method: 'DELETE', path: ['webhook-endpoints', one.id] }).catch(() => undefined);
    if (gone) await navigate({ to: `/${slug}/settings/api?tab=webhooks` });
  };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <EndpointState one={one} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {one.url}
        </Text>
        <Text size="sm" c="dimmed">
          {one.locationName ?? say('programs.endpoint.everywhere')} · {say('programs.endpoint.types', { count: one.types.length })}
        </Text>
      </Group>
      {one.offBecause && one.offBecause !== 'by_hand' && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {say(`programs.endpoint.off.${one.offBecause}.more`, { when: one.offAt ? when(one.offAt, timeZone) : '' })}
        </Alert>
      )}
      {!one.offBecause && one.failingSince && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {say('programs.endpoint.failing.more', { when: when(one.failingSince, timeZone) })}
        </Alert>
      )}
      {one.oldSecretUntil && (
        <Text size="sm" c="dimmed">
          {say('programs.rotate.until', { when: when(one.oldSecretUntil, timeZone) })}
        </Text>
      )}
      {secret && (
        <ShownOnce
          title={say('programs.endpoint.secret')}
          about={say('programs.endpoint.once')}
          secret={secret}
          onDone={() => setSecret(undefined)}
        />
      )}
      <Group gap="sm">
        <ReasonButton reason={off} size="xs" loading={ping.isPending} onClick={() => void sendPing()}>
          {say('programs.ping')}
        </ReasonButton>
        <ReasonButton reason={off} size="xs" variant="default" onClick={() => setOpen('replay')}>
          {say('programs.replay.many')}
        </ReasonButton>
        <Button size="xs" variant="default" onClick={() => setOpen('change')}>
          {say('frame.edit')}
        </Button>
        <Button size="xs" variant="default" onClick={() => void rotate()}>
          {say('programs.rotate')}
        </Button>
        <Button size="xs" variant="subtle" color="red" c="var(--hf-bad)" onClick={() => void remove()}>
          {say('frame.delete')}
        </Button>
      </Group>
      {(ping.isError || deed.isError) && <TroubleNotice error={ping.error ?? deed.error} />}
      {open === 'change' && <EndpointDialog known={one} onClose={() => setOpen(undefined)} />}
      {open === 'replay' && <ReplayDialog endpoint={one} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}
