import type { Http } from '../kit/http.ts';
import { categoryRoutes } from './category-routes.ts';
import type { CatalogContext } from './context.ts';
import { serviceRoutes } from './service-routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { taxRoutes } from './tax-routes.ts';

/** Settings → Main settings: Services, Staff, Positions; Finance → Tax rates. */
export async function catalogRoutes(http: Http, ctx: CatalogContext): Promise<void> {
  await categoryRoutes(http, ctx);
  await serviceRoutes(http, ctx);
  await staffRoutes(http, ctx);
  await taxRoutes(http, ctx);
}
