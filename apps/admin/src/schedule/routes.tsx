import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** What is painted: every week, or the dates of one week or of four from `from` on. */
export interface ScheduleSearch {
  readonly view: 'every-week' | 'week' | 'month';
  readonly from?: string;
}

const views = ['every-week', 'week', 'month'] as const;

/** Settings → Main settings → Schedule. */
export function scheduleRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/schedule',
      validateSearch: ({ view, from }: Record<string, unknown>): ScheduleSearch => ({
        view: views.find((one) => one === view) ?? 'every-week',
        ...(typeof from === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(from) && !Number.isNaN(Date.parse(from)) ? { from } : {}),
      }),
      component: lazyRouteComponent(() => import('./schedule-page.tsx'), 'SchedulePage'),
    }),
  ];
}
