import { builtInRoles, datedRights, isRight, type Right } from '@holdfast/contract/rights';
import type { Place, Who } from './who.ts';

/** What a role allows and how far. */
export type Powers = Pick<Place, 'role' | 'rights' | 'registers' | 'lastDays' | 'refundLimitMinor'>;

/** A row of `roles`, as it is joined to whoever has it. */
export interface OwnRole {
  readonly rights: readonly string[];
  readonly registers: readonly string[] | null;
  readonly lastDays: Readonly<Partial<Record<Right, number>>>;
  readonly refundLimit: string | null;
}

/** What this role allows. `own` null: a built-in one. A right or a role that this version does not know allows nothing. */
export function powersOf(role: string, own: OwnRole | null): Powers {
  const builtIn = Object.hasOwn(builtInRoles, role) ? builtInRoles[role as keyof typeof builtInRoles] : [];
  return {
    role,
    rights: new Set<Right>(own ? own.rights.filter(isRight) : builtIn),
    registers: own?.registers ? new Set(own.registers) : undefined,
    lastDays: own?.lastDays ?? {},
    refundLimitMinor: own?.refundLimit ? BigInt(own.refundLimit) : undefined,
  };
}

/**
 * Does whoever has `mine` hold all that `other` allows, as far as it allows it? Only then may they give it, take it, or make a role of it: a right
 * that one has for seven days cannot be given for a year. Only an owner covers an owner, whatever rights somebody has collected.
 */
export function covers(mine: Powers, other: Powers): boolean {
  if (mine.role === 'owner') return true;
  if (other.role === 'owner') return false;
  return (
    [...other.rights].every((right) => mine.rights.has(right)) &&
    coversRegisters(mine, other) &&
    datedRights.every((right) => !other.rights.has(right) || atMost(other.lastDays[right], mine.lastDays[right])) &&
    (!other.rights.has('refunds.make') || atMost(other.refundLimitMinor, mine.refundLimitMinor))
  );
}

/** May whoever asks give or take this role at this location? There they have to edit users, and hold all that the role allows. */
export function mayGive(places: Who['places'], locationId: string, role: Powers): boolean {
  const mine = places.get(locationId);
  return mine?.rights.has('users.edit') === true && covers(mine, role);
}

/** Somebody's role at a location. */
export interface HeldRole {
  readonly locationId: string;
  readonly powers: Powers;
}

/**
 * Why whoever asks cannot change somebody's name and e-mail, disable them or end their sessions: with the e-mail goes the way to a new password, and
 * so all that they may do, wherever. Undefined: they can.
 */
export function whyLocked(places: Who['places'], held: readonly HeldRole[]): 'elsewhere' | 'beyond_your_rights' | undefined {
  if (held.some(({ locationId }) => !places.get(locationId)?.rights.has('users.edit'))) return 'elsewhere';
  return held.every(({ locationId, powers }) => mayGive(places, locationId, powers)) ? undefined : 'beyond_your_rights';
}

function coversRegisters({ registers: mine }: Powers, { registers: others }: Powers): boolean {
  return mine === undefined || (others !== undefined && [...others].every((one) => mine.has(one)));
}

/** Undefined is without limit. */
function atMost<T extends number | bigint>(other: T | undefined, mine: T | undefined): boolean {
  return mine === undefined || (other !== undefined && other <= mine);
}
