import type { AttentionCount, AttentionList, AttentionWish } from '@holdfast/contract/attention';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

/** New trouble shows by itself: money does not wait until somebody reloads. */
const ANEW_MS = 20_000;

export const attentionQuery = (locationId: string, state: 'open' | 'done') =>
  queryOptions({
    queryKey: ['attention', locationId, state],
    queryFn: ({ signal }) => ask<AttentionList>('GET', `${at(locationId, 'attention')}?state=${state}`, undefined, signal),
    refetchInterval: ANEW_MS,
  });

export const attentionCountQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['attention', locationId, 'count'],
    queryFn: ({ signal }) => ask<AttentionCount>('GET', at(locationId, 'attention', 'count'), undefined, signal),
    refetchInterval: ANEW_MS,
  });

/** Does what ends one of them. */
export function useDecide() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ attention, wish }: { attention: string; wish: AttentionWish }) =>
      ask<AttentionList>('POST', at(id, 'attention', attention, 'resolution'), wish),
    onSuccess: (list) => {
      queries.setQueryData(attentionQuery(id, 'open').queryKey, list);
      queries.setQueryData(attentionCountQuery(id).queryKey, { open: list.open });
      void queries.invalidateQueries({ queryKey: attentionQuery(id, 'done').queryKey });
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['attention', id] }),
  });
}
