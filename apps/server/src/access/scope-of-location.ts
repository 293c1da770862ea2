import { findLocation } from '../catalog/find-location.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { mintScope, type Scope } from './scope.ts';

const KEPT_MS = 60_000;

/**
 * The scope that a public address names: `demo/kyiv`. Addresses change so rarely that they are remembered for a minute. Refuses with `not_found`.
 */
export function createLocationScopes(q: Queryable, now: () => Date): (chainSlug: string, locationSlug: string) => Promise<Scope> {
  const known = new Map<string, { scope: Scope; until: number }>();
  return async (chainSlug, locationSlug) => {
    const name = `${chainSlug}/${locationSlug}`;
    const at = now().getTime();
    const kept = known.get(name);
    if (kept && kept.until > at) return kept.scope;
    const found = await findLocation(q, chainSlug, locationSlug);
    if (!found) throw new Problem('not_found', 404, 'There is no such location.');
    const scope = mintScope(found.chainId, found.locationId);
    if (known.size > 10_000) known.clear();
    known.set(name, { scope, until: at + KEPT_MS });
    return scope;
  };
}
