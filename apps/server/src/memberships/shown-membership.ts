import type { Membership } from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import type { MembershipRow } from './membership-rows.ts';
import { earnedBy, stateOf } from './membership-rules.ts';
import { type MembershipVisit, shownVisit } from './visit-rows.ts';

/** What clients and staff see alike. */
export function standingOf(row: MembershipRow, at: Date) {
  const { id, name, visits, reserved, used, soldAt, beginsAt, endsAt, frozenUntil } = row;
  const state = stateOf(row, at);
  return {
    id,
    name,
    state,
    visits,
    reserved,
    used,
    left: visits === null ? null : visits - reserved - used,
    soldAt: soldAt?.toISOString() ?? null,
    beginsAt: beginsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    frozenUntil: state === 'frozen' ? (frozenUntil?.toISOString() ?? null) : null,
    allServices: row.serviceIds === null,
    services: [...row.serviceNames],
  };
}

/** As staff see it at a location. */
export function shownMembership(
  row: MembershipRow,
  history: readonly MembershipVisit[],
  { at, here, linkUrl }: { at: Date; here: string; linkUrl: string },
): Omit<Membership, 'refundAsked'> {
  const { version, typeId, currency, priceMinor, refundedMinor, lateHours, locationId, locationName, way, registerId, userName } = row;
  const standing = standingOf(row, at);
  const earnedMinor = earnedBy(row, at);
  const refundableMinor = row.soldAt === null || row.endedAt !== null ? 0n : priceMinor - refundedMinor - earnedMinor;
  const { freezeDays, freezeTimes, frozenDays, frozenTimes } = row;
  return {
    ...standing,
    version,
    typeId,
    currency,
    priceMinor: toJsonAmount(priceMinor),
    earnedMinor: toJsonAmount(earnedMinor),
    refundableMinor: toJsonAmount(refundableMinor),
    refundedMinor: toJsonAmount(refundedMinor),
    lateHours,
    locationId,
    locationName,
    way,
    registerId,
    by: userName,
    linkUrl: way === 'link' && standing.state === 'offered' && locationId === here ? linkUrl : null,
    freeze: { daysLeft: Math.max(0, freezeDays - frozenDays), timesLeft: Math.max(0, freezeTimes - frozenTimes) },
    mayFreeze: standing.state === 'active' && locationId === here && freezeDays > frozenDays && freezeTimes > frozenTimes && row.endsAt !== null,
    mayRefund: locationId === here && refundableMinor > 0n && standing.state !== 'refunding',
    history: history.filter(({ membershipId }) => membershipId === row.id).map(shownVisit),
  };
}
