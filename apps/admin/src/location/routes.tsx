import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** Settings → My location. */
export function locationRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/business-information',
      validateSearch: (search): { tab?: 'company-details' } => (search['tab'] === 'company-details' ? { tab: 'company-details' } : {}),
      component: lazyRouteComponent(() => import('./business-page.tsx'), 'BusinessPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/online-booking',
      component: lazyRouteComponent(() => import('./online-booking-page.tsx'), 'OnlineBookingPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/phone-confirmation',
      component: lazyRouteComponent(() => import('./phone-codes-page.tsx'), 'PhoneCodesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/locations',
      component: lazyRouteComponent(() => import('./locations-page.tsx'), 'LocationsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/locations/new',
      component: lazyRouteComponent(() => import('./new-location-page.tsx'), 'NewLocationPage'),
    }),
  ];
}
