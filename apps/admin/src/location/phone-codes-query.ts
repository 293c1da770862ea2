import type { PhoneCodeBudgetWish, PhoneCodes } from '@holdfast/contract/phone-codes';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

const codesQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['location', locationId, 'phone-codes'],
    queryFn: ({ signal }) => ask<PhoneCodes>('GET', at(locationId, 'phone-codes'), undefined, signal),
  });

export function usePhoneCodes() {
  return useQuery(codesQuery(useLocationHere().id));
}

function useDeed<Wish>(deed: (locationId: string, wish: Wish) => Promise<PhoneCodes>) {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => deed(id, wish),
    onSuccess: (codes) => {
      queries.setQueryData(codesQuery(id).queryKey, codes);
      void queries.invalidateQueries({ queryKey: ['attention', id] });
    },
    onError: () => void queries.invalidateQueries({ queryKey: codesQuery(id).queryKey }),
  });
}

export const useSaveBudget = () => useDeed((id, wish: PhoneCodeBudgetWish) => ask<PhoneCodes>('PUT', at(id, 'phone-codes', 'budget'), wish));
export const useUnblock = () => useDeed((id, prefix: string) => ask<PhoneCodes>('POST', at(id, 'phone-codes', 'unblocked-prefixes'), { prefix }));
