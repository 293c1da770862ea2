import { Button, SimpleGrid, Stack } from '@mantine/core';
import { IconBuildingBank, IconListCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ConnectionBooks } from './connection-books.tsx';
import { ImportList } from './import-list.tsx';
import { PayoutList } from './payout-list.tsx';
import { useReconciliation } from './reconciliation-query.ts';

/** Finance → Reconciliation: what each provider owes, has paid out, and where it says something else. */
export function ReconciliationPage() {
  const { say } = useWords();
  const { slug } = useLocationHere();
  const { data, error, isPending, refetch } = useReconciliation();
  const open = data?.connections.flatMap((one) => one.open).reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <Page
      title={say('reconciliation.title')}
      about={say('reconciliation.about')}
      wide
      actions={
        <Button
          variant={open > 0 ? 'filled' : 'default'}
          leftSection={<IconListCheck size={18} aria-hidden />}
          renderRoot={(props) => <Link to="/$location/finance/reconciliation/differences" params={{ location: slug }} {...props} />}
        >
          {open > 0 ? say('reconciliation.to_decide', { count: open }) : say('reconciliation.differences')}
        </Button>
      }
    >
      {isPending && <PageLoading />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data?.connections.length === 0 && (
        <Empty
          icon={<IconBuildingBank size={32} stroke={1.3} aria-hidden />}
          title={say('reconciliation.no_connection')}
          more={say('reconciliation.no_connection.more')}
        />
      )}
      {data && data.connections.length > 0 && (
        <Stack gap="xl">
          <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
            {data.connections.map((connection) => (
              <ConnectionBooks key={connection.id} connection={connection} />
            ))}
          </SimpleGrid>
          <PayoutList payouts={data.payouts} />
          <ImportList imports={data.imports} />
        </Stack>
      )}
    </Page>
  );
}
