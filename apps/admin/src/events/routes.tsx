import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** What stands in the address of the list. */
export interface EventsSearch {
  readonly service?: string;
  /** Past ones too. */
  readonly past?: true;
  /** The dialog for a new event; `<staff id>~<instant>` from the calendar. */
  readonly new?: string;
}

/** What stands in the address of one event. */
export interface EventSearch {
  readonly appointment?: string;
  readonly tab?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function eventRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/events',
      validateSearch: (search: Record<string, unknown>): EventsSearch => ({
        ...(text(search['service']) ? { service: text(search['service']) } : {}),
        ...(search['past'] === true ? { past: true } : {}),
        ...(text(search['new']) ? { new: text(search['new']) } : {}),
      }),
      component: lazyRouteComponent(() => import('./events-page.tsx'), 'EventsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/events/$event',
      validateSearch: (search: Record<string, unknown>): EventSearch => ({
        ...(text(search['appointment']) ? { appointment: text(search['appointment']) } : {}),
        ...(text(search['appointment']) && text(search['tab']) ? { tab: text(search['tab']) } : {}),
      }),
      component: lazyRouteComponent(() => import('./event-page.tsx'), 'EventPage'),
    }),
  ];
}
