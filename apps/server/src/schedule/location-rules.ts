import type { Scope } from '../access/scope.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Queryable } from '../kit/database.ts';
import type { Hours } from './hours.ts';

/** All that decides which times a location offers and on which terms, at one version (`catalog.version`). */
export interface LocationRules {
  readonly catalog: Catalog;
  readonly hours: Hours;
}

/** Both halves from one snapshot, in one round trip. Undefined: there is no such location. Dated hours from the day before yesterday on. */
export async function readLocationRules(_q: Queryable, _scope: Pick<Scope, 'chainId' | 'locationId'>, _now: Date): Promise<LocationRules | undefined> {
  throw new Error('not there yet');
}
