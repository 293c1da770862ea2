import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditSearch } from './audit-search.ts';

/** Settings → Users, Roles and rights, Audit log. */
export function userRoutes(parent: AnyRoute): AnyRoute[] {
  const getParentRoute = () => parent;
  return [
    createRoute({
      getParentRoute,
      path: '/settings/users',
      validateSearch: (search): { state?: 'invited' | 'active' | 'disabled' } => {
        const { state } = search;
        return state === 'invited' || state === 'active' || state === 'disabled' ? { state } : {};
      },
      component: lazyRouteComponent(() => import('./users-page.tsx'), 'UsersPage'),
    }),
    createRoute({ getParentRoute, path: '/settings/users/$user', component: lazyRouteComponent(() => import('./user-page.tsx'), 'UserPage') }),
    createRoute({ getParentRoute, path: '/settings/roles', component: lazyRouteComponent(() => import('./roles-page.tsx'), 'RolesPage') }),
    createRoute({
      getParentRoute,
      path: '/settings/roles/$role',
      // a new role begins as a copy of this one
      validateSearch: ({ copy }): { copy?: string } => (typeof copy === 'string' ? { copy } : {}),
      component: lazyRouteComponent(() => import('./role-page.tsx'), 'RolePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings/audit',
      validateSearch: readAuditSearch,
      component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
    }),
  ];
}
