import type { Schedule } from '@holdfast/contract/schedule';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ask, at } from '../api.ts';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { weekStart } from './hours-text.ts';
import type { ScheduleSearch } from './routes.tsx';
import { SchedulePainter } from './schedule-painter.tsx';

/** So many days are read from the first one shown, so that a week can be copied to the ones after it. */
const DAYS_READ = 62;

/** Settings → Main settings → Schedule: when the team works, every week and on single dates. */
export function SchedulePage() {
  const { say, weekStartsOn } = useWords();
  const here = useLocationHere();
  const search = useSearch({ strict: false }) as ScheduleSearch;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: here.timeZone }).format(serverNow());
  const from = weekStart(search.from ?? today, weekStartsOn);
  const { data, error, refetch } = useQuery({
    queryKey: ['schedule', here.id, from],
    queryFn: ({ signal }) => ask<Schedule>('GET', `${at(here.id, 'schedule')}?from=${from}&days=${DAYS_READ}`, undefined, signal),
    // the stretch before stays while the next one is read; another location's never
    placeholderData: (before, query) => (query?.queryKey[1] === here.id ? before : undefined),
  });
  if (!data && !error) return <PageLoading />;
  return (
    <Page wide title={say('frame.nav.schedule')} about={say('schedule.about')}>
      {data ? (
        <SchedulePainter key={here.id} schedule={data} view={search.view} from={from} />
      ) : (
        <TroubleNotice error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}
