import type { AccountTypes, AccountTypeWish, NewAccountType } from '@holdfast/contract/accounts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';
import { accountTypesQuery } from './accounts-queries.ts';

/** A new account type, or with an `id` another wish for one. The answer is all types as they are then. */
export function useTypeChange() {
  const here = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, wish }: { id: string; wish: AccountTypeWish } | { id?: undefined; wish: NewAccountType }) =>
      id === undefined
        ? ask<AccountTypes>('POST', at(here.id, 'account-types'), wish)
        : ask<AccountTypes>('PUT', at(here.id, 'account-types', id), wish),
    onSuccess: (fresh) => queries.setQueryData(accountTypesQuery(here.id).queryKey, fresh),
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts', here.id] }),
  });
}
