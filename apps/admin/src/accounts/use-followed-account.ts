import type { AccountPage } from '@holdfast/contract/accounts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { accountPageQuery } from './accounts-queries.ts';

/** An account with its top-ups. When something becomes of one while one looks, its balance and statement are read anew. */
export function useFollowedAccount(locationId: string, accountId: string) {
  const queries = useQueryClient();
  const page = useQuery(accountPageQuery(locationId, accountId));
  const told = page.data && standOf(page.data);
  const before = useRef(told);
  useEffect(() => {
    const isNews = before.current !== undefined && told !== before.current;
    before.current = told;
    if (isNews) void queries.invalidateQueries({ queryKey: ['accounts', locationId], predicate: ({ queryKey }) => queryKey[2] !== 'one' });
  }, [told, queries, locationId]);
  return page;
}

function standOf({ account, topUps }: AccountPage): string {
  return JSON.stringify([account.balanceMinor, account.heldMinor, topUps.map(({ id, state }) => [id, state])]);
}
