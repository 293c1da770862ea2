import type { MembershipsOfClient, MembershipTypes, MembershipTypeWish, NewMembershipType } from '@holdfast/contract/memberships';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

export const membershipTypesQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['memberships', locationId, 'types'],
    queryFn: ({ signal }) => ask<MembershipTypes>('GET', at(locationId, 'membership-types'), undefined, signal),
  });

export const membershipsQuery = (locationId: string, clientId: string) =>
  queryOptions({
    queryKey: ['memberships', locationId, 'of', clientId],
    queryFn: ({ signal }) => ask<MembershipsOfClient>('GET', at(locationId, 'clients', clientId, 'memberships'), undefined, signal),
  });

/** A new type, or with an `id` another wish for one. The answer is all types as they are then. */
export function useTypeChange(locationId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, wish }: { id: string; wish: MembershipTypeWish } | { id?: undefined; wish: NewMembershipType }) =>
      id === undefined
        ? ask<MembershipTypes>('POST', at(locationId, 'membership-types'), wish)
        : ask<MembershipTypes>('PUT', at(locationId, 'membership-types', id), wish),
    onSuccess: (fresh) => queries.setQueryData(membershipTypesQuery(locationId).queryKey, fresh),
    onSettled: () => queries.invalidateQueries({ queryKey: ['memberships', locationId] }),
  });
}

/** Something that is done for a client's memberships: the answer is all of them as they are then. */
export function useMembershipDeed<In>(place: { locationId: string; clientId: string }, deed: (wish: In) => Promise<MembershipsOfClient>) {
  const queries = useQueryClient();
  const { locationId, clientId } = place;
  return useMutation({
    mutationFn: deed,
    onSuccess: (fresh) => queries.setQueryData(membershipsQuery(locationId, clientId).queryKey, fresh),
    onSettled: () => {
      for (const key of [['memberships', locationId], ['accounts', locationId], ['checkout', locationId], ['refunds', locationId], ['clients']])
        void queries.invalidateQueries({ queryKey: key });
    },
  });
}
