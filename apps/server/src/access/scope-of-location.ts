import { Problem } from '../kit/problem.ts';
import { mintScope, type Scope } from './scope.ts';

const KEPT_MS = 60_000;

/**
 * The scope that a public address names: `demo/kyiv`. Addresses change so rarely that they are remembered for a minute. Refuses with `not_found`.
 * `find` is the catalogue's: every room leans on access, so access leans on none.
 */
export function createLocationScopes(
  find: (chainSlug: string, locationSlug: string) => Promise<{ readonly chainId: string; readonly locationId: string } | undefined>,
  now: () => Date,
): (chainSlug: string, locationSlug: string) => Promise<Scope> {
  const known = new Map<string, { scope: Scope; until: number }>();
  return async (chainSlug, locationSlug) => {
    const name = `${chainSlug}/${locationSlug}`;
    const at = now().getTime();
    const kept = known.get(name);
    if (kept && kept.until > at) return kept.scope;
    const found = await find(chainSlug, locationSlug);
    if (!found) throw new Problem('not_found', 404, 'There is no such location.');
    const scope = mintScope(found.chainId, found.locationId);
    if (known.size > 10_000) known.clear();
    known.set(name, { scope, until: at + KEPT_MS });
    return scope;
  };
}
