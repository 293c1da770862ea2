declare const minted: unique symbol;

/** Whose data a deed may touch. Only `access/` makes one, so an id that came from outside can never be used as a tenant by mistake. */
export interface Scope {
  readonly chainId: string;
  readonly locationId: string;
  readonly [minted]: true;
}

/** For `access/` and for whoever reads the ids from a row that already belongs to the tenant (sweeps, inbox). */
export function mintScope(chainId: string, locationId: string): Scope {
  return { chainId, locationId } as Scope;
}
