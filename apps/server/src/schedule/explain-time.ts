import type { Catalog } from '../catalog/catalog.ts';
import { bookableDays, stretchesAround } from './free-times.ts';
import type { Hours } from './hours.ts';
import { localDayNumber, MINUTE_MS, offsetAt } from './local-day.ts';
import { timeNeeded } from './time-needed.ts';
import { type InstantSpan, workSpans } from './work-spans.ts';

/** Why a start is not offered, the most useful reason first when several hold. */
export type RefusedTime =
  | 'not_offered' // this person does not do these services, or not for clients
  | 'past'
  | 'lead_time'
  | 'beyond_horizon'
  | 'off_grid'
  | 'not_working'
  | 'break'
  | 'taken';

export interface WishedTime {
  readonly catalog: Catalog;
  readonly hours: Hours;
  readonly serviceIds: readonly string[];
  readonly staffId: string;
  readonly startsAt: Date;
  readonly now: Date;
  /** What takes this person's time. Left out: `taken` is not looked at, because the database decides it when the time is claimed. */
  readonly busy?: readonly InstantSpan[];
}

/** Undefined: the start is offered. The same rules as {@link import('./free-times.ts').freeTimes}, asked of one start and one person. */
export function whyNotOffered({ catalog, hours, serviceIds, staffId, startsAt, now, busy = [] }: WishedTime): RefusedTime | undefined {
  const { timeZone, stepMinutes, leadMinutes } = catalog.location;
  const needed = timeNeeded(catalog, staffId, serviceIds);
  if (!needed) return 'not_offered';
  const start = startsAt.getTime();
  const end = start + needed.lengthMs;
  if (start < now.getTime()) return 'past';
  if (start < now.getTime() + leadMinutes * MINUTE_MS) return 'lead_time';
  if (localDayNumber(timeZone, start) > bookableDays(catalog, now).last) return 'beyond_horizon';
  if ((start + offsetAt(timeZone, start)) % (stepMinutes * MINUTE_MS) !== 0) return 'off_grid';

  const days = stretchesAround(catalog, localDayNumber(timeZone, start) - 1, localDayNumber(timeZone, start));
  const liesIn = (spans: readonly InstantSpan[]) => spans.some(([from, to]) => from <= start && end <= to);
  if (!liesIn(workSpans(hours, staffId, days))) {
    return liesIn(workSpans(hours, staffId, days, ({ works }) => works)) ? 'break' : 'not_working';
  }
  return busy.some(([from, to]) => from < end + needed.afterMs && start - needed.beforeMs < to) ? 'taken' : undefined;
}
