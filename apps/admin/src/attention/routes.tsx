import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export interface AttentionSearch {
  readonly state?: 'done';
}

/** Finance → Needs attention. */
export function attentionRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/finance/attention',
      validateSearch: ({ state }): AttentionSearch => (state === 'done' ? { state } : {}),
      component: lazyRouteComponent(() => import('./attention-page.tsx'), 'AttentionPage'),
    }),
  ];
}
