import type { Right } from '@holdfast/contract/rights';
import type { Language } from '@holdfast/contract/session';
import type { Scope } from './scope.ts';

/** What somebody may do at one location. */
export interface Place {
  readonly scope: Scope;
  /** A built-in role's name or a role_id. */
  readonly role: string;
  readonly rights: ReadonlySet<Right>;
  /** Ledger accounts of the registers that may be chosen; undefined: all. */
  readonly registers: ReadonlySet<string> | undefined;
  /** Right → only for what happened in the last so many days. */
  readonly lastDays: Readonly<Partial<Record<Right, number>>>;
  /** Minor units; undefined: no limit. */
  readonly refundLimitMinor: bigint | undefined;
  /** The team member they are here. */
  readonly staffId: string | undefined;
}

/** Who asks: a signed-in user or a key of the salon's, as they stand at this moment. Read anew for every request, so that a right that was taken away is gone at once. */
export interface Who {
  readonly chainId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly totp: boolean;
  readonly sessionId: string;
  /** A program asks, with this key; `userId` is who made it. */
  readonly keyId?: string;
  readonly places: ReadonlyMap<string, Place>;
  /** From where: for the audit log. */
  readonly address: string;
  readonly requestId: string;
}

/** Has the right at some location of the chain: what counts for data of the whole chain (clients, users). */
export function mayAnywhere(who: Who, right: Right): boolean {
  return [...who.places.values()].some((place) => place.rights.has(right));
}
