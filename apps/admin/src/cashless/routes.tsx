import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readSimulatorSearch, type SimulatorSearch } from '../simulator/simulator-search.ts';

/** What stands in the address of Finance → Cashless payment. */
export interface CashlessSearch extends SimulatorSearch {
  readonly tab?: 'settings' | 'statuses' | 'simulator';
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
      validateSearch: ({ tab, connect, draft, tested, ...rest }): CashlessSearch => ({
        ...(tab === 'settings' || tab === 'statuses' ? { tab } : {}),
        ...(tab === 'simulator' ? { tab, ...readSimulatorSearch(rest) } : {}),
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
