import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** What stands in the address of Finance → Refunds. */
export interface RefundSearch {
  /** Left out: what is to be done. */
  readonly state?: 'closed' | 'all';
  /** Only those of one visit. */
  readonly of?: string;
}

export function refundRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/refunds',
      validateSearch: ({ state, of }): RefundSearch => ({
        ...(state === 'closed' || state === 'all' ? { state } : {}),
        ...(typeof of === 'string' && /^[A-Za-z0-9_-]{1,60}$/.test(of) ? { of } : {}),
      }),
      component: lazyRouteComponent(() => import('./refunds-page.tsx'), 'RefundsPage'),
    }),
  ];
}
