import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { MembershipCard } from './membership-card.tsx';
import { membershipsQuery } from './membership-queries.ts';
import { SellDialog } from './sell-dialog.tsx';

/** What a client has bought in visits: what is left, what is booked with it, and what was done. */
export function MembershipsOfClientPart({ clientId }: { clientId: string }) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(membershipsQuery(here.id, clientId));
  const [selling, setSelling] = useState(false);
  const noSale = data && data.onSale.length === 0 ? say('memberships.sell.none') : undefined;
  const reason = data?.rights.sell ? noSale : say('frame.no_right');
  return (
    <Stack gap="sm" component="section" aria-label={say('memberships.title')}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {say('memberships.title')}
        </Title>
        {data && (
          <ReasonButton variant="default" size="xs" reason={reason} onClick={() => setSelling(true)}>
            {say('memberships.sell')}
          </ReasonButton>
        )}
      </Group>
      {error && !data && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data?.memberships.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('memberships.none')}
        </Text>
      )}
      {data?.memberships.map((one) => (
        <MembershipCard key={one.id} membership={one} of={data} />
      ))}
      {data && selling && <SellDialog of={data} onClose={() => setSelling(false)} />}
    </Stack>
  );
}
