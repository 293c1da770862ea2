import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isDay } from '../calendar/calendar-days.ts';

/** What stands in the address of a day's line. */
export interface WaitingSearch {
  readonly day?: string;
  readonly appointment?: string;
  readonly tab?: string;
}

export function waitingRoutes(parent: AnyRoute): AnyRoute[] {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/waiting',
      validateSearch: (search: Record<string, unknown>): WaitingSearch => ({
        ...(isDay(search['day']) ? { day: search['day'] } : {}),
        ...(text(search['appointment']) ? { appointment: text(search['appointment']) } : {}),
        ...(text(search['appointment']) && text(search['tab']) ? { tab: text(search['tab']) } : {}),
      }),
      component: lazyRouteComponent(() => import('./waiting-day-page.tsx'), 'WaitingDayPage'),
    }),
  ];
}
