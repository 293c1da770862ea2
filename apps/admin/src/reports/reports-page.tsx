import './reports.css';
import { type ReportName, reportNames } from '@holdfast/contract/report-names';
import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BooksReport } from './books-report.tsx';
import { todayAt } from './local-day.ts';
import { PeriodBar } from './period-bar.tsx';
import { periodOf } from './periods.ts';
import { ReportView } from './report-view.tsx';
import { type Period, reportPath, reportQuery } from './reports-queries.ts';
import type { ReportSearch } from './routes.tsx';
import { useFiguresLive } from './use-figures-live.ts';

/** Finance → Reports: which one, and of which period, stands in the address. */
export function ReportsPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const today = todayAt(here.timeZone);
  const { report = 'items', from, to } = useSearch({ strict: false }) as ReportSearch;
  const period = from && to ? { from, to } : periodOf('this_month', today);
  useFiguresLive(here.id, today);
  const go = (search: ReportSearch) =>
    void navigate({ to: '.', search: { report, ...(from && to ? { from, to } : {}), ...search }, replace: true } as never);
  return (
    <Page
      title={say('reports.title')}
      wide
      actions={
        <Group gap="sm" className="reports-no-print">
          {report !== 'books' && (
            <Button
              component="a"
              href={`/api/v1/admin/${reportPath(here.id, report, period, true)}`}
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {say('reports.csv')}
            </Button>
          )}
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            {say('reports.print')}
          </Button>
        </Group>
      }
    >
      <Tabs value={report} onChange={(next) => go({ report: next as ReportName })} keepMounted={false}>
        <Tabs.List aria-label={say('reports.which')} className="reports-no-print reports-tabs">
          {[...reportNames, 'books' as const].map((name) => (
            <Tabs.Tab key={name} value={name}>
              {say(`reports.report.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={report} pt="md">
          {report === 'books' ? (
            <BooksReport today={today} day={to ?? today} onDay={(day) => go({ from: day, to: day })} />
          ) : (
            <Stack gap="lg">
              <PeriodBar period={period} today={today} onPeriod={go} />
              <OneReport report={report} period={period} />
            </Stack>
          )}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function OneReport({ report, period }: { report: ReportName; period: Period }) {
  const { say } = useWords();
  const here = useLocationHere();
  const told = useQuery(reportQuery(here.id, report, period));
  if (told.isPending || (told.data && told.data.report !== report)) return <PageLoading />;
  if (told.isError) return <TroubleNotice error={told.error} onRetry={() => void told.refetch()} />;
  return (
    <Stack gap="lg" aria-busy={told.isPlaceholderData}>
      {told.data.groups.every(({ rows }) => rows.length === 0) ? (
        <Empty title={say('reports.nothing')} more={say('reports.nothing.more')} />
      ) : (
        <ReportView report={told.data} />
      )}
      <Text size="sm" c="dimmed" maw={760}>
        <strong>{say('reports.how')}</strong> {say(`reports.how.${report}`)}
      </Text>
    </Stack>
  );
}
