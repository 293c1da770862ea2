import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export function clientRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/clients',
      validateSearch: (search): { search?: string } => (typeof search['search'] === 'string' && search['search'] ? { search: search['search'] } : {}),
      component: lazyRouteComponent(() => import('./clients-page.tsx'), 'ClientsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/clients/$client',
      // of which account the statement is shown
      validateSearch: ({ account }): { account?: string } => (typeof account === 'string' && account ? { account } : {}),
      component: lazyRouteComponent(() => import('./client-page.tsx'), 'ClientPage'),
    }),
  ];
}
