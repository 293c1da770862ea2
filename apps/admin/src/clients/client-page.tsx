import type { Client } from '@holdfast/contract/clients';
import { Alert, Anchor, Button, Card, List, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { AccountsOfClientPart } from '../accounts/accounts-of-client.tsx';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { MembershipsOfClientPart } from '../memberships/memberships-of-client.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ClientForm } from './client-form.tsx';
import { clientQuery } from './clients-query.ts';
import { ForgetClient } from './forget-client.tsx';
import { LookAlikes } from './look-alikes.tsx';

/** One client: what is written down, how often they come, what they paid, what they agreed to. */
export function ClientPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const client = useQuery(clientQuery(clientId));
  const back = (
    <Button component={Link} to={`/${here.slug}/clients`} variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />}>
      {say('clients.back')}
    </Button>
  );
  return (
    <Page title={client.data ? client.data.name || say('clients.no_name') : say('clients.title')} actions={back}>
      {client.isPending && <PageLoading />}
      {client.isError && !client.data && <TroubleNotice error={client.error} onRetry={() => void client.refetch()} />}
      {client.data && <Known key={clientId} client={client.data} />}
    </Page>
  );
}

function Known({ client }: { client: Client }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  if (client.mergedInto) {
    return (
      <Alert variant="light">
        {say('clients.merged')}{' '}
        <Anchor component={Link} to={`/${here.slug}/clients/${client.mergedInto}`}>
          {say('clients.open')}
        </Anchor>
      </Alert>
    );
  }
  return (
    <Stack gap="xl">
      {client.erasedAt && <Alert variant="light">{say('clients.erased')}</Alert>}
      <Figures client={client} />
      {may('checkout.see') && !client.erasedAt && <AccountsOfClientPart clientId={client.id} />}
      {may('checkout.see') && !client.erasedAt && <MembershipsOfClientPart clientId={client.id} />}
      {!client.erasedAt && client.lookAlikes.length > 0 && may('clients.edit') && <LookAlikes client={client} />}
      {!client.erasedAt && <ClientForm client={client} />}
      <Visits client={client} />
      <Consents client={client} />
      {!client.erasedAt && (may('clients.export') || may('clients.erase')) && <ForgetClient client={client} />}
    </Stack>
  );
}

function Figures({ client: { counts, money } }: { client: Client }) {
  const { say, money: amount } = useWords();
  const may = useMay();
  const figures: (readonly [string, string])[] = [
    [say('clients.visited'), String(counts.visited)],
    [say('clients.upcoming'), String(counts.upcoming)],
    [say('clients.no_shows'), String(counts.noShows)],
    [say('clients.cancelled'), String(counts.cancelled)],
    ...money.filter(({ paidMinor }) => paidMinor > 0).map(({ paidMinor, currency }) => [say('clients.paid'), amount(paidMinor, currency)] as const),
    // where the accounts themselves are shown, they say it better
    ...money
      .filter(({ creditMinor }) => creditMinor > 0 && !may('checkout.see'))
      .map(({ creditMinor, currency }) => [say('clients.credit'), amount(creditMinor, currency)] as const),
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
      {figures.map(([label, value]) => (
        <Card key={label + value} withBorder padding="sm">
          <Text component="dt" size="xs" c="dimmed">
            {label}
          </Text>
          <Text component="dd" m={0} fw={650} size="lg">
            {value}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Visits({ client: { visits } }: { client: Client }) {
  const { say, when, money } = useWords();
  return (
    <Stack gap="sm" component="section" aria-label={say('clients.visits')}>
      <Title order={2} size="h4">
        {say('clients.visits')}
      </Title>
      {visits.length === 0 ? (
        <Empty title={say('clients.no_visits')} />
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table verticalSpacing="xs" withTableBorder bg="var(--hf-surface)">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('clients.when')}</Table.Th>
                <Table.Th>{say('clients.what')}</Table.Th>
                <Table.Th>{say('clients.status')}</Table.Th>
                <Table.Th ta="right">{say('clients.paid_of')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {visits.map((visit) => (
                <Table.Tr key={visit.appointmentId}>
                  <Table.Td>
                    <Anchor
                      component={Link}
                      to={`/${visit.locationSlug}/calendar`}
                      search={{ day: localDay(visit.startsAt, visit.timeZone), appointment: visit.appointmentId } as never}
                    >
                      {when(visit.startsAt, visit.timeZone)}
                    </Anchor>
                    <Text size="xs" c="dimmed">
                      {visit.locationName}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {visit.serviceNames.join(', ')}
                    <Text size="xs" c="dimmed">
                      {visit.staffName}
                    </Text>
                  </Table.Td>
                  <Table.Td>{say(`clients.status.${visit.status}`)}</Table.Td>
                  <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                    {visit.paidMinor === null || visit.costMinor === null
                      ? '–'
                      : say('clients.paid_of_cost', { paid: money(visit.paidMinor, visit.currency), cost: money(visit.costMinor, visit.currency) })}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

function Consents({ client: { consents } }: { client: Client }) {
  const { say, when } = useWords();
  const here = useLocationHere();
  if (consents.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={say('clients.consents')}>
      <Title order={2} size="h4">
        {say('clients.consents')}
      </Title>
      <List size="sm">
        {consents.slice(0, 10).map(({ locationName, version, at }) => (
          <List.Item key={at + locationName}>{say('clients.consent', { version, location: locationName, when: when(at, here.timeZone) })}</List.Item>
        ))}
      </List>
    </Stack>
  );
}

/** YYYY-MM-DD at the place. */
function localDay(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}
