import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** Finance → Memberships: what is sold. */
export function membershipRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/memberships',
      component: lazyRouteComponent(() => import('./types-page.tsx'), 'MembershipTypesPage'),
    }),
  ];
}
