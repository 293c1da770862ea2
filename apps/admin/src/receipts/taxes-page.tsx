import type { Taxes } from '@holdfast/contract/taxes';
import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPercentage, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { Part } from '../frame/part.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { TaxRateDialog } from './tax-rate-dialog.tsx';
import { TaxReportPart } from './tax-report-part.tsx';
import { TaxUsePart } from './tax-use-part.tsx';

/** Finance → Tax rates: which there are, what they are for, and how much tax was earned. */
export function TaxesPage() {
  const { say, locale } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Taxes['rates'][number] | 'new'>();
  const { data, error, refetch } = useQuery({
    queryKey: ['receipts', here.id, 'taxes'],
    queryFn: ({ signal }) => ask<Taxes>('GET', at(here.id, 'taxes'), undefined, signal),
  });
  const end = useMutation({
    mutationFn: (rateId: string) => ask<Taxes>('POST', at(here.id, 'taxes', rateId, 'end')),
    onSuccess: (taxes) => queries.setQueryData(['receipts', here.id, 'taxes'], taxes),
    onError: (trouble) => toast(say(troubleKey(trouble, { still_used: 'receipts.taxes.in_use' })), 'bad'),
  });
  const reason = may('finance.edit') ? undefined : say('frame.no_right');
  const percent = (basisPoints: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
  if (!data && !error) return <PageLoading />;
  const live = data?.rates.filter(({ endedAt }) => endedAt === null) ?? [];
  const askEnd = async ({ rateId, name }: Taxes['rates'][number]) => {
    if (await confirmed({ title: say('receipts.taxes.end.sure', { name }), yes: say('receipts.taxes.end'), danger: true })) end.mutate(rateId);
  };
  return (
    <Page
      title={say('receipts.taxes.title')}
      about={say('receipts.taxes.about')}
      actions={
        <ReasonButton leftSection={<IconPlus size={18} aria-hidden />} reason={reason} onClick={() => setEditing('new')}>
          {say('receipts.taxes.new')}
        </ReasonButton>
      }
    >
      {!data && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data && live.length === 0 && (
        <Paper withBorder>
          <Empty
            icon={<IconPercentage size={32} stroke={1.3} aria-hidden />}
            title={say('receipts.taxes.none')}
            more={say('receipts.taxes.none.more')}
          />
        </Paper>
      )}
      {data && live.length > 0 && (
        <Stack gap="xl">
          <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {live.map((rate, line) => (
              <Group
                component="li"
                key={rate.rateId}
                px="md"
                py="sm"
                gap="sm"
                style={line > 0 ? { borderTop: '1px solid var(--hf-line)' } : undefined}
              >
                <Box style={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
                  <Group gap="xs">
                    <Text fw={600}>
                      {rate.name} {percent(rate.basisPoints)}
                    </Text>
                    {data.defaultRateId === rate.rateId && <Badge variant="light">{say('receipts.taxes.default')}</Badge>}
                  </Group>
                  <Text size="sm" c="dimmed">
                    {say(rate.inclusive ? 'receipts.taxes.inclusive' : 'receipts.taxes.exclusive')} ·{' '}
                    {say('receipts.taxes.services', { count: rate.services })}
                  </Text>
                </Box>
                <ReasonButton
                  variant="default"
                  size="xs"
                  reason={reason}
                  aria-label={say('receipts.taxes.change.of', { name: rate.name })}
                  onClick={() => setEditing(rate)}
                >
                  {say('receipts.taxes.change')}
                </ReasonButton>
                <ReasonButton
                  variant="subtle"
                  color="red"
                  size="xs"
                  reason={reason ?? (rate.services > 0 || data.defaultRateId === rate.rateId ? say('receipts.taxes.in_use') : undefined)}
                  aria-label={say('receipts.taxes.end.of', { name: rate.name })}
                  onClick={() => void askEnd(rate)}
                >
                  {say('receipts.taxes.end')}
                </ReasonButton>
              </Group>
            ))}
          </Paper>
          <TaxUsePart key={JSON.stringify([data.defaultRateId, data.services])} taxes={data} reason={reason} />
        </Stack>
      )}
      {data && may('reports.see') && (
        <Part order={2} title={say('receipts.tax_report')}>
          <TaxReportPart />
        </Part>
      )}
      {editing && <TaxRateDialog rate={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
