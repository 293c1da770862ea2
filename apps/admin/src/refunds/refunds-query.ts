import type { RefundList } from '@holdfast/contract/refunds';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import type { TextKey } from '../words.tsx';

/** What is on its way is followed: the list looks again by itself. */
export function refundsQuery(locationId: string, state: 'todo' | 'closed' | 'all', of: string | undefined) {
  const search = new URLSearchParams({ state, ...(of ? { appointment: of } : {}) });
  return queryOptions({
    queryKey: ['refunds', locationId, 'list', state, of ?? ''],
    queryFn: ({ signal }) => ask<RefundList>('GET', `${at(locationId, 'refunds')}?${search}`, undefined, signal),
    refetchInterval: 10_000,
  });
}

/** Something that is done with a refund; whatever shows money is read anew, also after a refusal. */
export function useRefundDeed<In>(locationId: string, deed: (wish: In) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSettled: () => {
      for (const area of ['refunds', 'checkout', 'appointment', 'calendar', 'accounts', 'reports', 'transactions', 'attention'])
        void queries.invalidateQueries({ queryKey: [area, locationId] });
    },
  });
}

/** Words for what is refused here. */
export const refundWords: Readonly<Record<string, TextKey>> = {
  more_than_left: 'refunds.trouble.more_than_left',
  second_person_needed: 'refunds.trouble.second_person',
  not_enough_on_account: 'refunds.trouble.not_on_account',
  step_not_allowed: 'refunds.trouble.not_now',
  already_there: 'refunds.trouble.already_there',
};
