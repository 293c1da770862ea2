import type { Report } from '@holdfast/contract/reports';
import { Alert, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useWords } from '../words.tsx';
import { ReportTable } from './report-table.tsx';
import { rowName } from './row-name.ts';

const ReportChart = lazy(async () => ({ default: (await import('./report-chart.tsx')).ReportChart }));
const MOST_BARS = 10;

/** A report: picture, table, and whether its sums are what the books say. */
export function ReportView({ report }: { report: Report }) {
  const { say, shortDay } = useWords();
  const several = report.groups.length > 1;
  const first = report.columns.findIndex(({ kind }) => kind === 'money');
  return (
    <Stack gap="xl">
      {report.before && (
        <Text size="sm" c="dimmed">
          {say('reports.compared', { from: shortDay(report.before.from), to: shortDay(report.before.to) })}
        </Text>
      )}
      {report.groups.map((group) => {
        const course = report.course.filter(({ currency }) => currency === group.currency);
        const bars = group.rows.slice(0, MOST_BARS).map((row) => ({ name: rowName(say, report.report, row), value: Number(row.values[first] ?? 0) }));
        // bars of nothing say nothing
        const hasBars = bars.length > 1 && bars.some(({ value }) => value !== 0);
        const pictured = report.report !== 'outstanding' && report.report !== 'no_shows' && (course.length > 2 || hasBars);
        return (
          <Stack key={group.currency} gap="md" component="section" aria-label={group.currency}>
            {several && (
              <Title order={2} size="h4">
                {group.currency}
              </Title>
            )}
            {pictured && (
              // the table below says the same in numbers
              <div aria-hidden className="reports-wide-only">
                <Suspense fallback={<div className="reports-chart" />}>
                  <ReportChart bars={bars} course={course} currency={group.currency} />
                </Suspense>
              </div>
            )}
            <ReportTable report={report} group={group} />
            {group.ties.map((tie) => (
              <Tie key={tie.account} tie={tie} currency={group.currency} />
            ))}
          </Stack>
        );
      })}
      {report.leftOut > 0 && <Text size="sm">{say('reports.left_out', { count: report.leftOut })}</Text>}
    </Stack>
  );
}

/** The list comes to exactly what stands on the account. */
function Tie({ tie, currency }: { tie: Report['groups'][number]['ties'][number]; currency: string }) {
  const { say, money } = useWords();
  const facts = { account: say(`reports.tie.${tie.account}`), amount: money(tie.booksMinor, currency) };
  if (tie.listedMinor !== tie.booksMinor) {
    return (
      <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
        {say('reports.ties_not', { ...facts, listed: money(tie.listedMinor, currency) })}
      </Alert>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      <IconCheck size={14} aria-hidden /> {say('reports.ties', facts)}
    </Text>
  );
}
