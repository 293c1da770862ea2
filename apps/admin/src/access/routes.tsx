import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** Signing in and what leads there: without the frame. */
export function accessRoutes(root: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => root,
      path: '/sign-in',
      validateSearch: ({ to }): { to?: string } => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {}),
      component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/forgot-password',
      component: lazyRouteComponent(() => import('./forgot-page.tsx'), 'ForgotPage'),
    }),
    // the token stands behind the #: see the server's access/user-link.ts
    ...['/invitation', '/reset'].map((path) =>
      createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(() => import('./user-link-page.tsx'), 'UserLinkPage') }),
    ),
    createRoute({ getParentRoute: () => root, path: '/setup', component: lazyRouteComponent(() => import('./setup/setup-page.tsx'), 'SetupPage') }),
  ];
}

/** One's own account: inside the frame, of no location. */
export function accountRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/account',
      component: lazyRouteComponent(() => import('./account-page.tsx'), 'AccountPage'),
    }),
  ];
}
