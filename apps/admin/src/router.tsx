import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { accessRoutes, accountRoutes } from './access/routes.tsx';
import { accountsRoutes } from './accounts/routes.tsx';
import { codeOf } from './api.ts';
import { attentionRoutes } from './attention/routes.tsx';
import { calendarRoutes } from './calendar/routes.tsx';
import { cashlessRoutes } from './cashless/routes.tsx';
import { catalogRoutes } from './catalog/routes.tsx';
import { clientRoutes } from './clients/routes.tsx';
import { eventRoutes } from './events/routes.tsx';
import { FrameError } from './frame/frame-error.tsx';
import { NotThere } from './frame/not-there.tsx';
import { PageLoading } from './frame/page-loading.tsx';
import { importRoutes } from './imports/routes.tsx';
import { linkRoutes } from './links/routes.tsx';
import { locationRoutes } from './location/routes.tsx';
import { membershipRoutes } from './memberships/routes.tsx';
import { messageRoutes } from './messages/routes.tsx';
import { programRoutes } from './programs/routes.tsx';
import { receiptRoutes } from './receipts/routes.tsx';
import { reconciliationRoutes } from './reconciliation/routes.tsx';
import { refundRoutes } from './refunds/routes.tsx';
import { reportRoutes } from './reports/routes.tsx';
import { scheduleRoutes } from './schedule/routes.tsx';
import { sessionQuery } from './session.tsx';
import { transactionRoutes } from './transactions/routes.tsx';
import { userRoutes } from './users/routes.tsx';
import { waitingRoutes } from './waiting/routes.tsx';

interface RouterContext {
  readonly queries: QueryClient;
}

/** Every address of the admin app. Those below `/$location` are one location's (its slug); each room brings its own. */
export function createAppRouter(queries: QueryClient) {
  const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotThere, errorComponent: FrameError });

  const signedIn = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    beforeLoad: async ({ context, location }) => {
      try {
        await context.queries.ensureQueryData(sessionQuery);
      } catch (error) {
        // the router's own way to lead elsewhere is to throw, and what it throws is no error
        // oxlint-disable-next-line typescript/only-throw-error
        if (codeOf(error) === 'not_signed_in') throw redirect({ to: '/sign-in', search: { to: location.href } });
        throw error;
      }
    },
    component: lazyRouteComponent(() => import('./frame/app-frame.tsx'), 'AppFrame'),
  });
  const start = createRoute({
    getParentRoute: () => signedIn,
    path: '/',
    beforeLoad: async ({ context }) => {
      const session = await context.queries.ensureQueryData(sessionQuery);
      const first = session.locations[0];
      // oxlint-disable-next-line typescript/only-throw-error
      if (first) throw redirect({ to: '/$location/calendar', params: { location: first.slug } });
    },
    component: NotThere,
  });
  const location = createRoute({
    getParentRoute: () => signedIn,
    path: '/$location',
    beforeLoad: async ({ context, params }) => {
      const session = await context.queries.ensureQueryData(sessionQuery);
      if (session.locations.some(({ slug }) => slug === params.location)) return;
      const first = session.locations[0];
      // oxlint-disable-next-line typescript/only-throw-error
      if (first) throw redirect({ to: '/$location/calendar', params: { location: first.slug } });
    },
    component: Outlet,
  });
  const finance = [
    transactionRoutes,
    attentionRoutes,
    refundRoutes,
    reportRoutes,
    reconciliationRoutes,
    receiptRoutes,
    accountsRoutes,
    membershipRoutes,
    cashlessRoutes,
  ];
  const places = [
    calendarRoutes,
    eventRoutes,
    waitingRoutes,
    clientRoutes,
    ...finance,
    catalogRoutes,
    scheduleRoutes,
    locationRoutes,
    linkRoutes,
    userRoutes,
    messageRoutes,
    programRoutes,
    importRoutes,
  ];
  const tree = root.addChildren([
    ...accessRoutes(root),
    signedIn.addChildren([start, ...accountRoutes(signedIn), location.addChildren(places.flatMap((routes) => routes(location)))]),
  ]);
  return createRouter({
    routeTree: tree,
    basepath: '/admin',
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: FrameError,
    defaultNotFoundComponent: NotThere,
    scrollRestoration: true,
  });
}
