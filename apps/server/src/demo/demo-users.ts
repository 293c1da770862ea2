import type { BuiltInRole } from '@holdfast/contract/rights';
import type { Language } from '@holdfast/contract/session';
import type { Row } from './seed-rows.ts';

interface DemoUser {
  /** Also their role: the demo has one of each. */
  readonly key: BuiltInRole;
  readonly name: string;
  readonly language: Language;
  /** Location key → the team member they are there, or null. */
  readonly places: Readonly<Record<string, string | null>>;
}

/** One of each built-in role. They sign in by the demo's links, not by a password. */
export const demoUsers: readonly DemoUser[] = [
  { key: 'owner', name: 'Owner', language: 'en', places: { kyiv: null, lisbon: null, saopaulo: null } },
  { key: 'administrator', name: 'Administrator', language: 'en', places: { kyiv: null, lisbon: null, saopaulo: null } },
  { key: 'reception', name: 'Reception', language: 'en', places: { kyiv: null } },
  { key: 'team_member', name: 'Team member', language: 'en', places: {} },
  { key: 'accountant', name: 'Accountant', language: 'en', places: { kyiv: null, lisbon: null, saopaulo: null } },
];

export function userId(key: string): string {
  return `usr_demo_${key}`;
}

/** The rows of `users` and `user_locations`. `member`: whom the team member is, at each location. */
export function userRows(
  chainId: string,
  member: Readonly<Record<string, string>>,
  at: Date,
): ReadonlyMap<'users' | 'user_locations', readonly Row[]> {
  return new Map<'users' | 'user_locations', readonly Row[]>([
    [
      'users',
      demoUsers.map(({ key, name, language }) => ({
        chain_id: chainId,
        user_id: userId(key),
        email: `${key.replace('_', '.')}@example.com`,
        name,
        language,
        created_at: at,
        recovery_codes: '{}',
      })),
    ],
    [
      'user_locations',
      demoUsers.flatMap(({ key, places }) =>
        Object.entries(key === 'team_member' ? member : places).map(([location, staffId]) => ({
          chain_id: chainId,
          user_id: userId(key),
          location_id: `loc_${location}`,
          role: key,
          staff_id: staffId,
        })),
      ),
    ],
  ]);
}
