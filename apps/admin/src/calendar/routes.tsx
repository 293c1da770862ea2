import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isDay } from './calendar-days.ts';

/** `new`: `<staff id>~<instant>`, the window for a new appointment there. */
export interface CalendarSearch {
  readonly day?: string;
  readonly view?: 'day' | 'week';
  /** Whose columns are shown: ids with commas between; left out: everybody's. */
  readonly staff?: string;
  readonly appointment?: string;
  /** Which tab of the booking window; left out: the first. */
  readonly tab?: string;
  readonly new?: string;
}

export function calendarRoutes(parent: AnyRoute): AnyRoute[] {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return [
    createRoute({
      getParentRoute: () => parent,
      path: 'calendar',
      validateSearch: (search: Record<string, unknown>): CalendarSearch => ({
        ...(isDay(search['day']) ? { day: search['day'] } : {}),
        ...(search['view'] === 'week' ? { view: 'week' } : {}),
        ...(text(search['staff']) ? { staff: text(search['staff']) } : {}),
        ...(text(search['appointment']) ? { appointment: text(search['appointment']) } : {}),
        // without an appointment there is no tab: the next one opens at the first
        ...(text(search['appointment']) && text(search['tab']) ? { tab: text(search['tab']) } : {}),
        ...(text(search['new']) ? { new: text(search['new']) } : {}),
      }),
      component: lazyRouteComponent(() => import('./calendar-page.tsx'), 'CalendarPage'),
    }),
  ];
}
