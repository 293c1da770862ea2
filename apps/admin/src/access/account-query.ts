import type { Account } from '@holdfast/contract/signing-in';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api.ts';

export const accountQuery = queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => ask<Account>('GET', 'account', undefined, signal) });
