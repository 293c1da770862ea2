import type { NewEndpoint, WebhookEndpoint } from '@holdfast/contract/webhooks';
import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { useEndpoints } from './programs-query.ts';
import { ShownOnce } from './shown-once.tsx';
import { StateBadge } from './state-badge.tsx';

/** Where events are sent. */
export function EndpointsTab() {
  const { say } = useWords();
  const endpoints = useEndpoints();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewEndpoint>();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setMaking(true)}>
      {say('programs.endpoint.new')}
    </Button>
  );
  if (endpoints.isPending) return <PageLoading />;
  if (endpoints.isError) return <TroubleNotice error={endpoints.error} onRetry={() => void endpoints.refetch()} />;
  const { data } = endpoints;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Text size="sm" c="dimmed" maw={560}>
          {say('programs.endpoints.about')}
        </Text>
        {data.endpoints.length > 0 && add}
      </Group>
      {made && (
        <ShownOnce
          title={say('programs.endpoint.secret')}
          about={say('programs.endpoint.once')}
          secret={made.secret}
          onDone={() => setMade(undefined)}
        />
      )}
      {data.endpoints.length === 0 && !made && (
        <Empty
          icon={<IconWebhook size={32} aria-hidden />}
          title={say('programs.endpoints.none')}
          more={say('programs.endpoints.none.more')}
          action={add}
        />
      )}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {data.endpoints.map((one) => (
          <EndpointCard key={one.id} one={one} />
        ))}
      </Stack>
      {making && (
        <EndpointDialog
          places={data}
          onClose={() => setMaking(false)}
          onMade={(answer) => {
            setMaking(false);
            setMade(answer);
          }}
        />
      )}
    </Stack>
  );
}

function EndpointCard({ one }: { one: WebhookEndpoint }) {
  const { say, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap={4}>
        <Group gap="xs">
          <Anchor component={Link} to={`/${slug}/settings/api/webhooks/${one.id}`} fw={650} style={{ overflowWrap: 'anywhere' }}>
            {one.about || one.url}
          </Anchor>
          <EndpointState one={one} />
        </Group>
        {one.about && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {one.url}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {one.locationName ?? say('programs.endpoint.everywhere')} · {say('programs.endpoint.types', { count: one.types.length })}
          {one.waiting > 0 && ` · ${say('programs.endpoint.waiting', { count: one.waiting })}`}
          {one.givenUp > 0 && ` · ${say('programs.endpoint.given_up', { count: one.givenUp })}`}
        </Text>
        <Text size="xs" c="dimmed">
          {one.deliveredAt ? say('programs.endpoint.delivered', { when: when(one.deliveredAt, timeZone) }) : say('programs.endpoint.never')}
        </Text>
      </Stack>
    </Paper>
  );
}

/** Whether it works: in words, not by colour alone. */
export function EndpointState({ one }: { one: WebhookEndpoint }) {
  const { say } = useWords();
  if (one.offBecause) {
    return <StateBadge look={one.offBecause === 'by_hand' ? 'off' : 'bad'}>{say(`programs.endpoint.off.${one.offBecause}`)}</StateBadge>;
  }
  return (
    <StateBadge look={one.failingSince ? 'waits' : 'good'}>
      {say(one.failingSince ? 'programs.endpoint.failing' : 'programs.endpoint.works')}
    </StateBadge>
  );
}
