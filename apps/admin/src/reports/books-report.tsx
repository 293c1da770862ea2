import type { Books } from '@holdfast/contract/books';
import type { PaymentItems } from '@holdfast/contract/registers';
import type { MoneyPlace } from '@holdfast/contract/reports';
import { Alert, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { ask, at } from '../api.ts';
import { instantOfPlaceTime } from '../appointment/place-time.ts';
import { isDay } from '../calendar/calendar-days.ts';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { itemName, placeName } from './item-name.ts';
import { dayQuery, figuresOf } from './reports-queries.ts';

const parts = [
  'registers',
  'clearing',
  'disputed',
  'between',
  'prepayments',
  'clients',
  'unplaced',
  'tax',
  'income',
  'items',
  'fees',
  'opening',
] as const;

/** The balance sheet of the location on a day; and, where it is asked for, as it was known at an earlier moment. */
export function BooksReport({ today, day, onDay }: { today: string; day: string; onDay: (day: string) => void }) {
  const { say, when } = useWords();
  const here = useLocationHere();
  const [knownAt, setKnownAt] = useState('');
  // by the clock of the place, wherever the browser is
  const [knownDay = '', knownTime = ''] = knownAt.split('T');
  const known = knownAt ? instantOfPlaceTime({ day: knownDay, time: knownTime }, here.timeZone) : undefined;
  const query = new URLSearchParams({ on: day, ...(known ? { knownAt: known } : {}) }).toString();
  const books = useQuery({
    queryKey: [...figuresOf(here.id), 'books', query],
    queryFn: ({ signal }) => ask<Books>('GET', `${at(here.id, 'books')}?${query}`, undefined, signal),
  });
  const names = useQuery(dayQuery(here.id, today));
  const items = useQuery({
    queryKey: [...figuresOf(here.id), 'items'],
    queryFn: ({ signal }) => ask<PaymentItems>('GET', at(here.id, 'payment-items'), undefined, signal),
  });
  const places = names.data?.money.flatMap((money) => money.places) ?? [];
  return (
    <Stack gap="lg">
      <Stack gap="xs" className="reports-no-print">
        <TextInput
          type="date"
          w={200}
          label={say('reports.books.on')}
          key={day}
          defaultValue={day}
          max={today}
          onChange={({ currentTarget: { value } }) => isDay(value) && onDay(value)}
        />
        <TextInput
          type="datetime-local"
          w={260}
          label={say('reports.books.known')}
          description={say('reports.books.known.more')}
          value={knownAt}
          onChange={({ currentTarget: { value } }) => setKnownAt(value)}
        />
      </Stack>
      {books.isPending && <PageLoading />}
      {books.isError && <TroubleNotice error={books.error} onRetry={() => void books.refetch()} />}
      {books.data && (
        <>
          <Text size="sm" c="dimmed">
            {say('reports.books.as_of', { when: when(books.data.knownAt, here.timeZone) })}
          </Text>
          {books.data.currencies.map((one) => (
            <BooksTable key={one.currency} books={one} places={places} own={new Map(items.data?.items.map(({ id, name }) => [id, name]))} />
          ))}
        </>
      )}
      <Text size="sm" c="dimmed" maw={760}>
        <strong>{say('reports.how')}</strong> {say('reports.how.books')}
      </Text>
    </Stack>
  );
}

type BooksOfCurrency = Books['currencies'][number];

function BooksTable({ books, places, own }: { books: BooksOfCurrency; places: readonly MoneyPlace[]; own: ReadonlyMap<string, string> }) {
  const { say, money } = useWords();
  const amount = (minor: number) => money(minor, books.currency);
  const linesOf = (part: (typeof parts)[number]) => {
    if (part === 'clients') {
      const { accounts, balanceMinor } = books.clients;
      return accounts === 0 && balanceMinor === 0
        ? []
        : [{ accountId: 'clients', name: say('reports.books.accounts', { count: accounts }), balanceMinor }];
    }
    return books[part].map(({ accountId, ownerId, balanceMinor }) => {
      const place = places.find(({ id }) => id === accountId);
      const name = place
        ? placeName(say, place)
        : part === 'registers'
          ? placeName(say, { name: ownerId })
          : part === 'items'
            ? itemName(say, { itemId: ownerId, name: own.get(ownerId) ?? '' })
            : ownerId;
      return { accountId, name, balanceMinor };
    });
  };
  return (
    <Stack gap="sm" component="section" aria-labelledby={`books-${books.currency}`}>
      <Title order={2} size="h4" id={`books-${books.currency}`}>
        {books.currency}
      </Title>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table maw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('reports.books.account')}</Table.Th>
              <Table.Th ta="right">{say('reports.books.balance')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map((part) => {
              const lines = linesOf(part);
              if (lines.length === 0) return null;
              return (
                <Fragment key={part}>
                  <Table.Tr>
                    <Table.Th scope="row">{say(`reports.books.${part}`)}</Table.Th>
                    <Table.Td ta="right" fw={600}>
                      {amount(lines.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0))}
                    </Table.Td>
                  </Table.Tr>
                  {(lines.length > 1 || lines[0]?.name) &&
                    lines.map((line) => (
                      <Table.Tr key={line.accountId}>
                        <Table.Td pl="xl" c="dimmed">
                          {line.name || say(`reports.books.${part}`)}
                        </Table.Td>
                        <Table.Td ta="right" c="dimmed">
                          {amount(line.balanceMinor)}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                </Fragment>
              );
            })}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr className="reports-sum">
              <Table.Th scope="row">{say('reports.books.sum')}</Table.Th>
              <Table.Th ta="right">{amount(books.sumMinor)}</Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
      {books.sumMinor === 0 ? (
        <Text size="sm" c="dimmed">
          <IconCheck size={14} aria-hidden /> {say('reports.books.zero')}
        </Text>
      ) : (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {say('reports.books.not_zero')}
        </Alert>
      )}
    </Stack>
  );
}
