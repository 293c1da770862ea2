import type { MembershipTypes } from '@holdfast/contract/memberships';
import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { membershipTypesQuery } from './membership-queries.ts';
import { MembershipTypeDialog } from './type-dialog.tsx';

type Type = MembershipTypes['types'][number];

/** Finance → Memberships: what is sold, and under which terms. */
export function MembershipTypesPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const { data, error, refetch } = useQuery(membershipTypesQuery(here.id));
  const [edited, setEdited] = useState<Type | 'new'>();
  const reason = may('finance.edit') ? undefined : say('frame.no_right');
  const add = (
    <ReasonButton reason={reason} onClick={() => setEdited('new')}>
      {say('memberships.types.add')}
    </ReasonButton>
  );
  return (
    <Page title={say('memberships.title')} actions={add}>
      {error && !data && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && (
        <Stack gap="md" maw={880}>
          <Text size="sm" c="dimmed">
            {say('memberships.about')}
          </Text>
          {data.types.length === 0 ? (
            <Paper withBorder>
              <Empty
                icon={<IconTicket size={32} stroke={1.3} aria-hidden />}
                title={say('memberships.types.empty')}
                more={say('memberships.types.empty.more')}
              />
            </Paper>
          ) : (
            <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {data.types.map((type, line) => (
                <TypeLine key={type.id} type={type} isFirst={line === 0} reason={reason} onEdit={() => setEdited(type)} />
              ))}
            </Paper>
          )}
          {edited && <MembershipTypeDialog of={data} {...(edited === 'new' ? {} : { type: edited })} onClose={() => setEdited(undefined)} />}
        </Stack>
      )}
    </Page>
  );
}

function TypeLine({ type, isFirst, reason, onEdit }: { type: Type; isFirst: boolean; reason: string | undefined; onEdit: () => void }) {
  const { say, money } = useWords();
  const { name, priceMinor, currency, visits, period, active, archivedAt, online, serviceIds } = type;
  const facts = [
    money(priceMinor, currency),
    visits === null ? say('memberships.visits.any') : say('memberships.visits', { count: visits }),
    ...(period ? [say(period.unit === 'days' ? 'memberships.days' : 'memberships.months', { count: period.count })] : []),
    serviceIds === null ? say('memberships.services.all') : say('memberships.services.some', { count: serviceIds.length }),
    ...(online ? [say('memberships.online.yes')] : []),
  ];
  return (
    <Group component="li" px="md" py="sm" gap="sm" style={isFirst ? undefined : { borderTop: '1px solid var(--hf-line)' }}>
      <Box style={{ flex: '1 1 240px', minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {archivedAt !== null && (
            <Badge variant="light" color="gray" c="var(--mantine-color-text)" tt="none" fw={500}>
              {say('memberships.archived')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {say('memberships.active', { count: active })}
        </Text>
      </Box>
      <ReasonButton variant="default" size="xs" reason={reason} aria-label={say('memberships.types.edit.of', { name })} onClick={onEdit}>
        {say('memberships.types.edit')}
      </ReasonButton>
    </Group>
  );
}
