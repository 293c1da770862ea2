import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** What stands in the address of Finance → Cashless payment. */
export interface CashlessSearch {
  readonly tab?: 'settings' | 'statuses';
  /** The provider that is being connected; `choose`: which one is still to be chosen. */
  readonly connect?: string;
  /** The id the new connection will have: its webhook address may be pasted at the provider already, and must survive a reload. */
  readonly draft?: string;
  /** Back from the provider's page of this connection's test payment. */
  readonly tested?: string;
}

/** Finance → Cashless payment, and Integrations. */
export function cashlessRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/cashless-payment',
      validateSearch: ({ tab, connect, draft, tested }): CashlessSearch => ({
        ...(tab === 'settings' || tab === 'statuses' ? { tab } : {}),
        ...(typeof connect === 'string' ? { connect } : {}),
        ...(typeof draft === 'string' && /^con_[0-9a-z]{26}$/.test(draft) ? { draft } : {}),
        ...(typeof tested === 'string' && /^con_[0-9a-z]{26}$/.test(tested) ? { tested } : {}),
      }),
      component: lazyRouteComponent(() => import('./cashless-page.tsx'), 'CashlessPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/integrations',
      component: lazyRouteComponent(() => import('./integrations-page.tsx'), 'IntegrationsPage'),
    }),
  ];
}
