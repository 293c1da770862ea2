import { type ReportName, reportNames } from '@holdfast/contract/report-names';
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isDay } from '../calendar/calendar-days.ts';

/** What stands in the address of Finance → Daily financial data and of the day-end report; without a day: today. */
export interface DaySearch {
  readonly day?: string;
}

/** What stands in the address of Finance → Reports. */
export interface ReportSearch {
  readonly report?: ReportName | 'books';
  readonly from?: string;
  readonly to?: string;
}

export function reportRoutes(parent: AnyRoute): AnyRoute[] {
  const getParentRoute = () => parent;
  const validateDay = ({ day }: Record<string, unknown>): DaySearch => (isDay(day) ? { day } : {});
  return [
    createRoute({
      getParentRoute,
      path: '/finance/day',
      validateSearch: validateDay,
      component: lazyRouteComponent(() => import('./day-page.tsx'), 'DayPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/finance/day-end',
      validateSearch: validateDay,
      component: lazyRouteComponent(() => import('./day-end-page.tsx'), 'DayEndPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/finance/reports',
      validateSearch: ({ report, from, to }): ReportSearch => {
        const known = report === 'books' ? 'books' : reportNames.find((one) => one === report);
        return { ...(known ? { report: known } : {}), ...(isDay(from) && isDay(to) && from <= to ? { from, to } : {}) };
      },
      component: lazyRouteComponent(() => import('./reports-page.tsx'), 'ReportsPage'),
    }),
  ];
}
