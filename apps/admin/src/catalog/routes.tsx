import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

const serviceTabs = ['basic', 'team', 'online-booking'] as const;
const staffTabs = ['profile', 'services', 'settings'] as const;
export type ServiceTab = (typeof serviceTabs)[number];
export type StaffTab = (typeof staffTabs)[number];

/** Settings → Main settings: Services, Staff, Positions. Which category and which tab is shown is in the address. */
export function catalogRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/services',
      validateSearch: ({ category }: Record<string, unknown>) => (typeof category === 'string' ? { category } : {}),
      component: lazyRouteComponent(() => import('./services-page.tsx'), 'ServicesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/services/$service',
      validateSearch: ({ tab }) => ({ tab: serviceTabs.find((one) => one === tab) ?? 'basic' }),
      component: lazyRouteComponent(() => import('./service-page.tsx'), 'ServicePage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/staff',
      validateSearch: ({ archived }: Record<string, unknown>) => (archived === true ? { archived } : {}),
      component: lazyRouteComponent(() => import('./staff-page.tsx'), 'StaffPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/staff/$staff',
      validateSearch: ({ tab }) => ({ tab: staffTabs.find((one) => one === tab) ?? 'profile' }),
      component: lazyRouteComponent(() => import('./team-member-page.tsx'), 'TeamMemberPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'settings/positions',
      component: lazyRouteComponent(() => import('./positions-page.tsx'), 'PositionsPage'),
    }),
  ];
}
