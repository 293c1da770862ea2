import type { ReceiptList } from '@holdfast/contract/receipts';
import { Alert, Anchor, Badge, Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconDownload, IconReceipt2, IconSettings } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { paidByWords } from './paid-by-words.ts';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { ReceiptSettingsDialog } from './receipt-settings-dialog.tsx';
import type { ReceiptsSearch } from './routes.tsx';

/** Finance → Receipts: every receipt and credit note, newest first. */
export function ReceiptsPage() {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const { open, ...filter } = useSearch({ strict: false }) as ReceiptsSearch;
  const [settings, setSettings] = useState(false);
  const query = new URLSearchParams(Object.entries(filter)).toString();
  const list = useInfiniteQuery({
    queryKey: ['receipts', here.id, 'list', query],
    queryFn: ({ pageParam, signal }) =>
      ask<ReceiptList>('GET', `${at(here.id, 'receipts')}?${query}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`, undefined, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  const go = (search: ReceiptsSearch, replace = true) => void navigate({ to: '.', search, replace });
  const set = (name: keyof ReceiptsSearch) => (value: string | null) => {
    const { [name]: _, ...others } = filter as ReceiptsSearch;
    go((value ? { ...others, [name]: value } : others) as ReceiptsSearch);
  };
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filter).length > 0;
  return (
    <Page
      title={say('receipts.title')}
      about={say('receipts.about')}
      wide
      actions={
        <>
          <Button
            component="a"
            href={`/api/v1/admin/${at(here.id, 'receipts.csv')}?${query}`}
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {say('receipts.csv')}
          </Button>
          <Button variant="default" leftSection={<IconSettings size={18} aria-hidden />} onClick={() => setSettings(true)}>
            {say('receipts.settings')}
          </Button>
        </>
      }
    >
      {list.data?.pages[0]?.companyMissing && (
        <Alert title={say('receipts.company_missing')} bg="var(--hf-warm-soft)" styles={{ title: { color: 'var(--hf-warm-ink)' } }}>
          <Anchor component={Link} to={`/${here.slug}/settings/business-information`} size="sm">
            {say('receipts.company_missing.go')}
          </Anchor>
        </Alert>
      )}
      <Group gap="sm" align="flex-end" component="search">
        <TextInput
          label={say('receipts.search')}
          placeholder={say('receipts.search.hint')}
          value={filter.search ?? ''}
          maxLength={80}
          onChange={({ currentTarget }) => set('search')(currentTarget.value)}
          style={{ flex: '1 1 220px' }}
        />
        <TextInput
          type="date"
          label={say('receipts.from')}
          value={filter.from ?? ''}
          max={filter.to}
          onChange={({ currentTarget }) => set('from')(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say('receipts.to')}
          value={filter.to ?? ''}
          min={filter.from}
          onChange={({ currentTarget }) => set('to')(currentTarget.value)}
        />
        <Select
          label={say('receipts.kind')}
          placeholder={say('receipts.kind.all')}
          data={[
            { value: 'receipt', label: say('receipts.kind.receipt') },
            { value: 'credit_note', label: say('receipts.kind.credit_note') },
          ]}
          value={filter.kind ?? null}
          onChange={set('kind')}
          clearable
          clearButtonProps={{ 'aria-label': say('receipts.kind.all') }}
        />
      </Group>
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty
          icon={<IconReceipt2 size={32} stroke={1.3} aria-hidden />}
          title={say(filtered ? 'receipts.none_found' : 'receipts.none')}
          more={say(filtered ? 'receipts.none_found.more' : 'receipts.none.more')}
        />
      )}
      {items.length > 0 && (
        <Stack gap="md">
          <Table.ScrollContainer
            minWidth={300}
            scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': say('receipts.title') } }}
          >
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('receipts.number')}</Table.Th>
                  <Table.Th visibleFrom="sm">{say('receipts.date')}</Table.Th>
                  <Table.Th visibleFrom="sm">{say('receipts.client')}</Table.Th>
                  <Table.Th visibleFrom="sm">{say('receipts.paid_by')}</Table.Th>
                  <Table.Th ta="right">{say('receipts.amount')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <Group gap="xs">
                        <Anchor
                          component="button"
                          type="button"
                          fw={600}
                          size="sm"
                          onClick={() => go({ ...filter, open: one.id }, false)}
                          style={{ whiteSpace: 'nowrap' }}
                        >
                          {one.name}
                        </Anchor>
                        {one.kind === 'credit_note' && (
                          <Badge variant="default" size="sm">
                            {say('receipts.kind.credit_note')}
                          </Badge>
                        )}
                      </Group>
                      <Text size="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>
                        {[when(one.happenedAt, here.timeZone), one.clientName, paidByWords(say, one.paidBy)].filter(Boolean).join(' · ')}
                      </Text>
                    </Table.Td>
                    <Table.Td visibleFrom="sm">{when(one.happenedAt, here.timeZone)}</Table.Td>
                    <Table.Td visibleFrom="sm">
                      <Text size="sm" lineClamp={1}>
                        {one.clientName ?? '–'}
                      </Text>
                    </Table.Td>
                    <Table.Td visibleFrom="sm">{paidByWords(say, one.paidBy)}</Table.Td>
                    <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
                      {one.kind === 'credit_note' ? '−' : ''}
                      {money(one.amountMinor, one.currency)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {list.hasNextPage && (
            <Button variant="default" w="fit-content" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {say('receipts.more')}
            </Button>
          )}
        </Stack>
      )}
      {open && <ReceiptDialog id={open} onOpen={(id) => go({ ...filter, open: id }, false)} onClose={() => go(filter)} />}
      {settings && <ReceiptSettingsDialog onClose={() => setSettings(false)} />}
    </Page>
  );
}
