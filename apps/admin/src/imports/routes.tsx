import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const outcomes = ['new', 'merge', 'same', 'conflict', 'refused'] as const;

/** What stands in the address of a file's page: which of its rows. */
export interface RowsSearch {
  readonly outcome?: (typeof outcomes)[number];
}

/** Settings → Import. */
export function importRoutes(parent: AnyRoute): AnyRoute[] {
  const getParentRoute = () => parent;
  return [
    createRoute({ getParentRoute, path: '/settings/import', component: lazyRouteComponent(() => import('./imports-page.tsx'), 'ImportsPage') }),
    createRoute({
      getParentRoute,
      path: '/settings/import/$file',
      validateSearch: (search): RowsSearch => {
        const outcome = outcomes.find((one) => one === search['outcome']);
        return outcome ? { outcome } : {};
      },
      component: lazyRouteComponent(() => import('./file-page.tsx'), 'FilePage'),
    }),
  ];
}
