import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AccountsAsked } from './accounts-queries.ts';

/** What stands in the address of Finance → Client accounts. */
export interface AccountsSearch extends Partial<AccountsAsked> {
  readonly tab?: 'types';
}

const kept = ['all', 'owing', 'held'] as const;

/** Finance → Client accounts. */
export function accountsRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/client-accounts',
      validateSearch: ({ tab, search, type, only }): AccountsSearch => {
        const shown = kept.find((one) => one === only);
        return {
          ...(tab === 'types' ? { tab } : {}),
          ...(typeof search === 'string' && search ? { search } : {}),
          ...(typeof type === 'string' && type ? { type } : {}),
          ...(shown ? { only: shown } : {}),
        };
      },
      component: lazyRouteComponent(() => import('./accounts-page.tsx'), 'AccountsPage'),
    }),
  ];
}
