import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readTransactionSearch } from './transaction-search.ts';

export function transactionRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: 'finance/transactions',
      validateSearch: readTransactionSearch,
      component: lazyRouteComponent(() => import('./transactions-page.tsx'), 'TransactionsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'finance/registers',
      component: lazyRouteComponent(() => import('./registers-page.tsx'), 'RegistersPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'finance/payment-items',
      component: lazyRouteComponent(() => import('./payment-items-page.tsx'), 'PaymentItemsPage'),
    }),
  ];
}
