import type { AccountPage } from '@holdfast/contract/accounts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountPageQuery } from './accounts-queries.ts';

/** Something that is done on an account: the answer is the account as it is then, and whatever else shows it is read anew, also after a refusal. */
export function useAccountDeed<In>(place: { locationId: string; accountId: string }, deed: (wish: In) => Promise<AccountPage>) {
  const queries = useQueryClient();
  const { locationId, accountId } = place;
  return useMutation({
    mutationFn: deed,
    onSuccess: (fresh) => queries.setQueryData(accountPageQuery(locationId, accountId).queryKey, fresh),
    onSettled: () => {
      for (const key of [['accounts', locationId], ['checkout', locationId], ['refunds', locationId], ['clients']])
        void queries.invalidateQueries({ queryKey: key });
    },
  });
}
