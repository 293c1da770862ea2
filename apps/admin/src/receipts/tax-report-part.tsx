import type { TaxReport } from '@holdfast/contract/taxes';
import { Button, Group, Table, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask, at } from '../api.ts';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import type { TaxesSearch } from './routes.tsx';

/** How much was earned net and as tax, by rate: of visits that took place on these days. */
export function TaxReportPart() {
  const { say, money, locale } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as TaxesSearch;
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: here.timeZone }).format(serverNow());
  const { from = `${today.slice(0, 7)}-01`, to = today } = search;
  const query = `from=${from}&to=${to}`;
  const { data, error, refetch } = useQuery({
    queryKey: ['receipts', here.id, 'tax-report', query],
    queryFn: ({ signal }) => ask<TaxReport>('GET', `${at(here.id, 'tax-report')}?${query}`, undefined, signal),
    placeholderData: (before) => before,
  });
  const set = (name: keyof TaxesSearch) => (value: string) =>
    void navigate({ to: '.', search: { from, to, ...(value ? { [name]: value } : {}) }, replace: true });
  const percent = (basisPoints: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
  return (
    <>
      <Text size="sm" c="dimmed" maw={640}>
        {say('receipts.tax_report.about')}
      </Text>
      <Group gap="sm" align="flex-end" component="search">
        <TextInput
          type="date"
          label={say('receipts.from')}
          value={from}
          max={to}
          onChange={({ currentTarget }) => set('from')(currentTarget.value)}
        />
        <TextInput type="date" label={say('receipts.to')} value={to} min={from} onChange={({ currentTarget }) => set('to')(currentTarget.value)} />
        <Button
          component="a"
          href={`/api/v1/admin/${at(here.id, 'tax-report.csv')}?${query}`}
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {say('receipts.csv')}
        </Button>
      </Group>
      {!data && !error && <PageLoading />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data?.lines.length === 0 && <Text size="sm">{say('receipts.tax_report.none')}</Text>}
      {data && data.lines.length > 0 && (
        <Table.ScrollContainer
          minWidth={480}
          scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': say('receipts.tax_report') } }}
        >
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('receipts.taxes.rate')}</Table.Th>
                <Table.Th ta="right">{say('receipts.net')}</Table.Th>
                <Table.Th ta="right">{say('receipts.tax')}</Table.Th>
                <Table.Th ta="right">{say('receipts.gross')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.lines.map((line) => (
                <Table.Tr key={`${line.rateId} ${line.currency}`}>
                  <Table.Td>
                    {line.name === null || line.basisPoints === null ? say('receipts.taxes.no_tax') : `${line.name} ${percent(line.basisPoints)}`}
                  </Table.Td>
                  <Table.Td ta="right">{money(line.netMinor, line.currency)}</Table.Td>
                  <Table.Td ta="right">{money(line.taxMinor, line.currency)}</Table.Td>
                  <Table.Td ta="right">{money(line.grossMinor, line.currency)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
