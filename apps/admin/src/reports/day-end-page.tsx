import './reports.css';
import type { DayFigures } from '@holdfast/contract/reports';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { CloseDayPart } from './close-day-part.tsx';
import { ClosingPart } from './closing-part.tsx';
import { DayBar } from './day-bar.tsx';
import { DayEndFigures } from './day-end-figures.tsx';
import { Differs } from './day-page.tsx';
import { DayVisits } from './day-visits.tsx';
import { todayAt } from './local-day.ts';
import { dayQuery } from './reports-queries.ts';
import type { DaySearch } from './routes.tsx';
import { useFiguresLive } from './use-figures-live.ts';

/** The day-end report: what the books say register by register, what was counted, and closing the day. On paper: A4, or a receipt printer's roll. */
export function DayEndPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const today = todayAt(here.timeZone);
  const { day = today } = useSearch({ strict: false }) as DaySearch;
  useFiguresLive(here.id, day);
  const figures = useQuery(dayQuery(here.id, day));
  return (
    <Page
      title={say('reports.day_end')}
      actions={
        <>
          <Button
            component={Link}
            to={`/${here.slug}/finance/day`}
            search={{ day } as never}
            variant="subtle"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            className="reports-no-print"
          >
            {say('reports.daily')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()} className="reports-no-print">
            {say('reports.print')}
          </Button>
        </>
      }
    >
      <DayBar day={day} today={today} onDay={(next) => void navigate({ to: '.', search: { day: next }, replace: true } as never)} />
      {figures.isPending && <PageLoading />}
      {figures.isError && <TroubleNotice error={figures.error} onRetry={() => void figures.refetch()} />}
      {figures.data && <DayEnd key={day} figures={figures.data} />}
    </Page>
  );
}

function DayEnd({ figures }: { figures: DayFigures }) {
  const { say, day: sayDay, when } = useWords();
  const here = useLocationHere();
  const hours = Math.round((Date.parse(figures.until) - Date.parse(figures.from)) / 3_600_000);
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h3">
          {sayDay(figures.day)}
        </Title>
        <Text size="sm" c="dimmed">
          {here.name}
          {hours === 24 ? '' : ` · ${say('reports.hours_of_day', { hours })}`}
        </Text>
      </Group>
      {figures.differs && <Differs />}
      {figures.closing && <ClosingPart figures={figures} closing={figures.closing} />}
      {figures.money.map((money) => (
        <DayEndFigures key={money.currency} money={money} day={figures.day} />
      ))}
      <DayVisits day={figures} />
      <CloseDayPart figures={figures} />
      <Text size="xs" c="dimmed" className="reports-only-print">
        {say('reports.printed', { when: when(Date.now(), figures.timeZone) })}
      </Text>
    </Stack>
  );
}
