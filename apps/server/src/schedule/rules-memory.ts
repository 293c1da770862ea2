import type { LocationKey } from '../catalog/catalog.ts';
import { invariant } from '../kit/problem.ts';
import type { LocationRules } from './location-rules.ts';

/** Keeps each location's rules under their version. Whoever reads the database in any case asks it for the version, and comes back with it. */
export interface RulesMemory<T extends LocationRules> {
  /** What is remembered (perhaps older than the database), else read. Undefined: there is no such location. */
  get(key: LocationKey): Promise<T | undefined>;
  /** Rules of this version or newer. */
  getAtLeast(key: LocationKey, version: bigint): Promise<T | undefined>;
  forget(key: LocationKey): void;
}

/**
 * `read` is called once for all who miss at the same time. At most `most` locations are kept; the one that came first goes first.
 */
export function createRulesMemory<T extends LocationRules>(read: (key: LocationKey) => Promise<T | undefined>, { most = 2000 } = {}): RulesMemory<T> {
  const kept = new Map<string, T>();
  const running = new Map<string, Promise<T | undefined>>();
  const nameOf = ({ chainId, locationId }: LocationKey) => `${chainId}/${locationId}`;

  function readOnce(key: LocationKey): Promise<T | undefined> {
    const name = nameOf(key);
    const underWay = running.get(name);
    if (underWay) return underWay;
    const reading = read(key)
      .then((rules) => {
        // a forget() meanwhile takes this reading out of `running`: what it found may be from before
        if (rules && running.get(name) === reading) keep(name, rules);
        return rules;
      })
      .finally(() => {
        if (running.get(name) === reading) running.delete(name);
      });
    running.set(name, reading);
    return reading;
  }

  function keep(name: string, rules: T): void {
    kept.delete(name);
    kept.set(name, rules);
    if (kept.size > most) kept.delete(kept.keys().next().value as string);
  }

  return {
    get: async (key) => kept.get(nameOf(key)) ?? (await readOnce(key)),
    async getAtLeast(key, version) {
      const name = nameOf(key);
      const known = kept.get(name);
      if (known && known.catalog.version >= version) return known;
      // a reading that was under way when we came may have begun before that version was there; the next one has not
      for (let again = 0; again < 2; again++) {
        const rules = await readOnce(key);
        if (!rules || rules.catalog.version >= version) return rules;
      }
      const last = await readOnce(key);
      invariant(!last || last.catalog.version >= version, `rules of ${name} are older than the version that was seen`);
      return last;
    },
    forget(key) {
      kept.delete(nameOf(key));
      running.delete(nameOf(key));
    },
  };
}
