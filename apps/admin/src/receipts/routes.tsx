import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** What is looked for stands in the address. */
export interface ReceiptsSearch {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: 'receipt' | 'credit_note';
  readonly search?: string;
  /** The document that is open. */
  readonly open?: string;
}

export interface TaxesSearch {
  readonly from?: string;
  readonly to?: string;
}

const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

/** Finance → Receipts, and Finance → Tax rates. */
export function receiptRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/receipts',
      validateSearch: ({ from, to, kind, search, open }): ReceiptsSearch => ({
        ...(day(from) ? { from: day(from) as string } : {}),
        ...(day(to) ? { to: day(to) as string } : {}),
        ...(kind === 'receipt' || kind === 'credit_note' ? { kind } : {}),
        ...(typeof search === 'string' && search ? { search } : {}),
        ...(typeof open === 'string' && open ? { open } : {}),
      }),
      component: lazyRouteComponent(() => import('./receipts-page.tsx'), 'ReceiptsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/taxes',
      validateSearch: ({ from, to }): TaxesSearch => ({
        ...(day(from) ? { from: day(from) as string } : {}),
        ...(day(to) ? { to: day(to) as string } : {}),
      }),
      component: lazyRouteComponent(() => import('./taxes-page.tsx'), 'TaxesPage'),
    }),
  ];
}
