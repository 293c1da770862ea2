import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** Settings → My location → Booking links. */
export function linkRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/booking-links',
      component: lazyRouteComponent(() => import('./links-page.tsx'), 'LinksPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/booking-links/$link',
      component: lazyRouteComponent(() => import('./link-page.tsx'), 'LinkPage'),
    }),
  ];
}
