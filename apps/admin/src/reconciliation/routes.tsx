import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Finance → Reconciliation: payouts, differences, what is on its way, files. */
export function reconciliationRoutes(parent: AnyRoute): AnyRoute[] {
  const getParentRoute = () => parent;
  return [
    createRoute({
      getParentRoute,
      path: '/finance/reconciliation',
      component: lazyRouteComponent(() => import('./reconciliation-page.tsx'), 'ReconciliationPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/finance/reconciliation/differences',
      validateSearch: ({ connection, status, show }): { connection?: string; status?: string; show?: 'decided' } => ({
        ...(text(connection) && { connection: text(connection) ?? '' }),
        ...(text(status) && { status: text(status) ?? '' }),
        ...(show === 'decided' && { show }),
      }),
      component: lazyRouteComponent(() => import('./differences-page.tsx'), 'DifferencesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/finance/reconciliation/payouts/$payout',
      component: lazyRouteComponent(() => import('./payout-page.tsx'), 'PayoutPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/finance/reconciliation/on-its-way/$connection',
      component: lazyRouteComponent(() => import('./on-its-way-page.tsx'), 'OnItsWayPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/finance/reconciliation/imports/$import',
      component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
    }),
  ];
}
