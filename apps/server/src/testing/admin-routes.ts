import type { FastifyContextConfig, RouteOptions } from 'fastify';

const BASE = '/api/v1/admin/';

/** A route of the salon's side, as it was registered in the running program. */
export interface AdminRoute {
  readonly method: string;
  /** With its parameters' names: `/api/v1/admin/locations/:location/services`. */
  readonly url: string;
  readonly needs: FastifyContextConfig['needs'];
  readonly schema: { readonly params?: unknown; readonly querystring?: unknown; readonly body?: unknown };
}

/** Hand `eachRoute` to the program's parts; afterwards `routes` are all of the salon's side, whoever made them. */
export function collectAdminRoutes(): { readonly routes: readonly AdminRoute[]; eachRoute(route: RouteOptions): void } {
  const routes: AdminRoute[] = [];
  return {
    routes,
    eachRoute({ method, url, config, schema }) {
      if (!url.startsWith(BASE)) return;
      for (const one of Array.isArray(method) ? method : [method]) {
        if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, url, needs: config?.needs, schema: schema ?? {} });
      }
    },
  };
}

/** The address with its parameters filled in; what has no value gets `none_such`. */
export function fillPath(url: string, values: Readonly<Record<string, string>>): string {
  return url.replace(/:(\w+)|\*/g, (_, name: string | undefined) => encodeURIComponent((name && values[name]) ?? 'none_such'));
}
