import type { Roles } from '@holdfast/contract/roles';
import type { User, UserChoices, Users } from '@holdfast/contract/users';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api.ts';

export const usersQuery = queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => ask<Users>('GET', 'users', undefined, signal) });
export const userQuery = (id: string) =>
  queryOptions({ queryKey: ['users', id], queryFn: ({ signal }) => ask<User>('GET', `users/${encodeURIComponent(id)}`, undefined, signal) });
export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => ask<Roles>('GET', 'roles', undefined, signal) });
export const choicesQuery = queryOptions({
  queryKey: ['user-choices'],
  queryFn: ({ signal }) => ask<UserChoices>('GET', 'user-choices', undefined, signal),
});
