import { type BuiltInRole, builtInRoleNames } from '@holdfast/contract/rights';
import type { Role } from '@holdfast/contract/roles';
import { useWords, type Words } from '../words.tsx';

/** What a role is called: a built-in one in the reader's language, another one as the salon named it. */
export function roleName(say: Words['say'], role: string, roles: readonly Pick<Role, 'id' | 'name'>[] = []): string {
  if (isBuiltIn(role)) return say(`users.role.${role}`);
  return roles.find(({ id }) => id === role)?.name ?? role;
}

export function useRoleName(roles: readonly Pick<Role, 'id' | 'name'>[] | undefined): (role: string) => string {
  const { say } = useWords();
  return (role) => roleName(say, role, roles);
}

export function isBuiltIn(role: string): role is BuiltInRole {
  return (builtInRoleNames as readonly string[]).includes(role);
}
