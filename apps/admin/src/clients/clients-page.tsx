import type { ListedClient } from '@holdfast/contract/clients';
import { Anchor, Button, Group, Menu, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconDotsVertical, IconDownload, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { clientsQuery } from './clients-query.ts';
import { NewClientDialog } from './new-client-dialog.tsx';

/** Clients, found by any part of name, phone or e-mail. What is looked for stands in the address. */
export function ClientsPage() {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { search = '' } = useSearch({ strict: false }) as { search?: string };
  const [typed, setTyped] = useState(search);
  const [adding, { open, close }] = useDisclosure(false);
  const lookFor = useDebouncedCallback(
    (next: string) => void navigate({ to: '.', search: next.trim() ? { search: next.trim() } : {}, replace: true }),
    200,
  );
  const list = useInfiniteQuery(clientsQuery(search));
  const clients = list.data?.pages.flatMap((page) => page.clients) ?? [];
  return (
    <Page
      title={say('clients.title')}
      about={say('clients.about')}
      wide
      actions={
        <>
          <ReasonButton
            leftSection={<IconUserPlus size={18} aria-hidden />}
            onClick={open}
            reason={may('clients.edit') ? undefined : say('frame.no_right')}
          >
            {say('clients.add')}
          </ReasonButton>
          {may('clients.export') && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" px="xs" aria-label={say('clients.more')}>
                  <IconDotsVertical size={18} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href="/api/v1/admin/clients.csv" leftSection={<IconDownload size={16} aria-hidden />}>
                  {say('clients.export_all')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
    >
      <TextInput
        type="search"
        aria-label={say('clients.search')}
        placeholder={say('clients.search')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          lookFor(event.currentTarget.value);
        }}
        maw={420}
        maxLength={100}
        autoComplete="off"
      />
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <>
          <Text size="sm" c="dimmed" role="status">
            {search ? say(clients.length === 0 ? 'clients.none_found' : 'clients.found', { count: clients.length, search }) : say('clients.newest')}
          </Text>
          {clients.length === 0 && !search && <Empty title={say('clients.empty')} more={say('clients.empty.more')} />}
          {clients.length > 0 && <ClientTable clients={clients} />}
          {list.hasNextPage && (
            <Group>
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {say('clients.show_more')}
              </Button>
            </Group>
          )}
        </>
      )}
      <NewClientDialog opened={adding} onClose={close} name={/\d/.test(typed) ? '' : typed} phone={/\d/.test(typed) ? typed : ''} />
    </Page>
  );
}

function ClientTable({ clients }: { clients: readonly ListedClient[] }) {
  const { say, shortDay } = useWords();
  const here = useLocationHere();
  const day = (instant: string | null) => (instant ? shortDay(instant.slice(0, 10)) : '–');
  const link = (client: ListedClient) => (
    <Anchor component={Link} to={`/${here.slug}/clients/${client.id}`} fw={600}>
      {client.name || say('clients.no_name')}
    </Anchor>
  );
  return (
    <>
      <Table highlightOnHover verticalSpacing="xs" visibleFrom="sm" bg="var(--hf-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('clients.name')}</Table.Th>
            <Table.Th>{say('clients.phone')}</Table.Th>
            <Table.Th>{say('clients.email')}</Table.Th>
            <Table.Th ta="right">{say('clients.visits')}</Table.Th>
            <Table.Th>{say('clients.last_visit')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clients.map((client) => (
            <Table.Tr key={client.id}>
              <Table.Td>{link(client)}</Table.Td>
              <Table.Td>{client.phone ?? '–'}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{client.email ?? '–'}</Table.Td>
              <Table.Td ta="right">{client.visits}</Table.Td>
              <Table.Td>{day(client.lastVisitAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Stack hiddenFrom="sm" gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {clients.map((client) => (
          <li key={client.id} className="hf-row">
            {link(client)}
            <Text size="sm" c="dimmed">
              {[client.phone, say('clients.visit_count', { count: client.visits })].filter(Boolean).join(' · ')}
            </Text>
          </li>
        ))}
      </Stack>
    </>
  );
}
