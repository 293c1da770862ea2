import './reports.css';
import type { DayFigures } from '@holdfast/contract/reports';
import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { DayBar } from './day-bar.tsx';
import { DayMoney } from './day-money.tsx';
import { DayVisits } from './day-visits.tsx';
import { todayAt } from './local-day.ts';
import { dayQuery } from './reports-queries.ts';
import type { DaySearch } from './routes.tsx';
import { useFiguresLive } from './use-figures-live.ts';

/** Finance → Daily financial data: a day's money, as it comes. */
export function DayPage() {
  const { say, day: sayDay } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const today = todayAt(here.timeZone);
  const { day = today } = useSearch({ strict: false }) as DaySearch;
  const live = useFiguresLive(here.id, day);
  const figures = useQuery(dayQuery(here.id, day));
  const setDay = (next: string) => void navigate({ to: '.', search: next === today ? {} : { day: next }, replace: true } as never);
  const shown = figures.data;
  return (
    <Page
      title={say('reports.daily')}
      about={say('reports.daily.about')}
      wide
      actions={
        <Button
          component={Link}
          to={`/${here.slug}/finance/day-end`}
          search={{ day } as never}
          variant={shown?.mayClose === 'yes' ? 'filled' : 'default'}
          leftSection={shown?.mayClose === 'yes' ? <IconLock size={18} aria-hidden /> : <IconPrinter size={18} aria-hidden />}
        >
          {say(shown?.mayClose === 'yes' ? 'reports.close_day' : 'reports.day_end')}
        </Button>
      }
    >
      <Group gap="md" justify="space-between">
        <DayBar day={day} today={today} onDay={setDay} />
        <LiveMark kind={live.kind} />
      </Group>
      <Group gap="sm" align="center">
        <Title order={2} size="h3" aria-live="polite">
          {sayDay(day)}
        </Title>
        {shown && <ClosedMark day={shown} />}
      </Group>
      {figures.isPending && <PageLoading />}
      {figures.isError && <TroubleNotice error={figures.error} onRetry={() => void figures.refetch()} />}
      {shown && (
        <Stack gap="xl">
          {shown.differs && <Differs />}
          {shown.money.map((money) => (
            <DayMoney key={money.currency} day={shown} money={money} several={shown.money.length > 1} />
          ))}
          <DayVisits day={shown} />
          {shown.countedOtherwise && (
            <Text size="sm" c="dimmed">
              {say('reports.counted_otherwise')}
            </Text>
          )}
        </Stack>
      )}
    </Page>
  );
}

export function Differs() {
  const { say } = useWords();
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
      {say('reports.differs')}
    </Alert>
  );
}

function ClosedMark({ day }: { day: DayFigures }) {
  const { say } = useWords();
  if (day.closedThrough === null || day.day > day.closedThrough) return null;
  return (
    <Badge variant="light" color="gray" leftSection={<IconLock size={12} aria-hidden />} size="lg" tt="none">
      {say('reports.closed')}
    </Badge>
  );
}

function LiveMark({ kind }: { kind: 'joining' | 'live' | 'lost' | 'refused' }) {
  const { say } = useWords();
  if (kind === 'joining') return null;
  return (
    <Text size="sm" c="dimmed" className="reports-no-print" role="status">
      <span className={kind === 'live' ? 'reports-dot' : 'reports-dot reports-dot-off'} aria-hidden />{' '}
      {say(kind === 'live' ? 'reports.live' : 'reports.not_live')}
    </Text>
  );
}
