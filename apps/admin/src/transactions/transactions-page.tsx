import { Button, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowsExchange, IconDownload, IconMinus, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { at } from '../api.ts';
import { placeTimeOf } from '../appointment/place-time.ts';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ManualDialog } from './manual-dialog.tsx';
import { choicesQuery, totalsQuery, transactionPages } from './queries.ts';
import { Totals } from './totals.tsx';
import { TransactionDrawer } from './transaction-drawer.tsx';
import { TransactionList } from './transaction-list.tsx';
import { type TransactionSearch, transactionQuery } from './transaction-search.ts';
import { TransactionTable } from './transaction-table.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

/** Finance → Financial Transactions. What is looked for, and what is open, stands in the address. */
export function TransactionsPage() {
  const { say, weekStartsOn } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const navigate = useNavigate();
  const wide = useMediaQuery('(min-width: 62em)', true);
  const search = useSearch({ strict: false }) as TransactionSearch;
  const [writing, setWriting] = useState<'in' | 'out' | 'transfer'>();
  const today = placeTimeOf(new Date(serverNow()).toISOString(), here.timeZone).day;
  const query = transactionQuery(search, today, weekStartsOn).toString();
  const list = useInfiniteQuery(transactionPages(here.id, query));
  const totals = useQuery(totalsQuery(here.id, query));
  const choices = useQuery(choicesQuery(here.id, search.client));
  const go = (next: TransactionSearch, replace = true) => void navigate({ to: '.', search: next, replace, resetScroll: false } as never);
  const open = (entry: string | undefined) => {
    const { entry: _closed, ...others } = search;
    go(entry ? { ...others, entry } : others, false);
  };
  const transactions = list.data?.pages.flatMap((page) => page.transactions) ?? [];
  const reason = may('transactions.create') ? undefined : say('frame.no_right');
  const Shown = wide ? TransactionTable : TransactionList;
  return (
    <Page
      title={say('transactions.title')}
      about={say('transactions.about')}
      wide
      actions={
        <>
          <ReasonButton leftSection={<IconPlus size={18} aria-hidden />} reason={reason} onClick={() => setWriting('in')}>
            {say('transactions.income')}
          </ReasonButton>
          <ReasonButton leftSection={<IconMinus size={18} aria-hidden />} reason={reason} onClick={() => setWriting('out')}>
            {say('transactions.expense')}
          </ReasonButton>
          <ReasonButton
            variant="default"
            leftSection={<IconArrowsExchange size={18} aria-hidden />}
            reason={reason}
            onClick={() => setWriting('transfer')}
          >
            {say('transactions.transfer')}
          </ReasonButton>
          <Button
            component="a"
            href={`/api/v1/admin/${at(here.id, 'transactions.csv')}?${query}`}
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {say('transactions.csv')}
          </Button>
        </>
      }
    >
      <FilterBar search={search} choices={choices.data} today={today} wide={wide} onChange={go} />
      <Totals totals={totals.data} error={totals.error} onRetry={() => void totals.refetch()} />
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && transactions.length === 0 && <Empty title={say('transactions.none')} more={say('transactions.none.more')} />}
      {transactions.length > 0 && (
        <Stack gap="md">
          <Shown transactions={transactions} onOpen={open} />
          {list.hasNextPage && (
            <Button variant="default" w="fit-content" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {say('transactions.more')}
            </Button>
          )}
        </Stack>
      )}
      {search.entry && (
        <TransactionDrawer key={search.entry} entryId={search.entry} choices={choices.data} onOpen={open} onClose={() => open(undefined)} />
      )}
      {(writing === 'in' || writing === 'out') && <ManualDialog direction={writing} choices={choices.data} onClose={() => setWriting(undefined)} />}
      {writing === 'transfer' && <TransferDialog choices={choices.data} onClose={() => setWriting(undefined)} />}
    </Page>
  );
}
