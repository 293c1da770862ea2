import type { Installation } from '@holdfast/contract/first-run';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api.ts';

/** Whether there is anything to sign in to, and whether it is a demo. */
export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: ({ signal }) => ask<Installation>('GET', 'setup', undefined, signal),
  staleTime: 60_000,
});
