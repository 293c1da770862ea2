import { type WebhookType, webhookTypes } from '@holdfast/contract/webhook-types';
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const programTabs = ['keys', 'webhooks'] as const;

export interface ProgramsSearch {
  readonly tab?: (typeof programTabs)[number];
}

export const deliveryStates = ['waiting', 'delivered', 'given_up'] as const;

/** What stands in the address of an endpoint's page: which deliveries, and which of them is open. */
export interface DeliveriesSearch {
  readonly status?: (typeof deliveryStates)[number];
  readonly type?: WebhookType;
  readonly subject?: string;
  readonly delivery?: string;
}

/** Settings → API keys & webhooks. */
export function programRoutes(parent: AnyRoute): AnyRoute[] {
  const getParentRoute = () => parent;
  return [
    createRoute({
      getParentRoute,
      path: '/settings/api',
      validateSearch: (search): ProgramsSearch => {
        const tab = programTabs.find((one) => one === search['tab']);
        return tab ? { tab } : {};
      },
      component: lazyRouteComponent(() => import('./programs-page.tsx'), 'ProgramsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings/api/webhooks/$endpoint',
      validateSearch: (search): DeliveriesSearch => {
        const status = deliveryStates.find((one) => one === search['status']);
        const type = webhookTypes.find((one) => one === search['type']);
        const { subject, delivery } = search;
        return {
          ...(status ? { status } : {}),
          ...(type ? { type } : {}),
          ...(typeof subject === 'string' && subject ? { subject } : {}),
          ...(typeof delivery === 'string' ? { delivery } : {}),
        };
      },
      component: lazyRouteComponent(() => import('./endpoint-page.tsx'), 'EndpointPage'),
    }),
  ];
}
