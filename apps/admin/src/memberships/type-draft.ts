import type { MembershipTypes, NewMembershipType } from '@holdfast/contract/memberships';

/** What is typed; an empty number is null. */
export function draftOf(type: MembershipTypes['types'][number] | undefined, here: string | undefined) {
  return {
    name: type?.name ?? '',
    priceMinor: type?.priceMinor ?? null,
    visits: type ? type.visits : 10,
    count: type?.period?.count ?? null,
    unit: type?.period?.unit ?? ('days' as 'days' | 'months'),
    begins: type?.begins ?? ('sale' as 'sale' | 'first_visit'),
    locationIds: type?.locationIds ?? (here ? [here] : []),
    serviceIds: type?.serviceIds ?? [],
    freezeDays: type?.freezeDays ?? 0,
    freezeTimes: type?.freezeTimes ?? 0,
    lateHours: type ? type.lateHours : 24,
    online: type?.online ?? false,
    archived: type ? type.archivedAt !== null : false,
  };
}

/** The wish, when everything needed is there. */
export function isWhole(draft: ReturnType<typeof draftOf>): Omit<NewMembershipType, 'currency'> | undefined {
  const { name, priceMinor, visits, count, unit, begins, locationIds, serviceIds, freezeDays, freezeTimes, lateHours, online } = draft;
  if (name.trim() === '' || !priceMinor || (visits === null && count === null) || locationIds.length === 0) return undefined;
  return {
    priceMinor,
    visits,
    locationIds,
    freezeDays,
    freezeTimes,
    lateHours,
    online,
    name: name.trim(),
    period: count === null ? null : { count, unit },
    begins: count === null ? 'sale' : begins,
    serviceIds: serviceIds.length === 0 ? null : serviceIds,
  };
}
