import type { TextKey } from '../words.tsx';

/** What a refusal means where users are edited. */
export const userTrouble: Readonly<Record<string, TextKey>> = {
  last_owner: 'users.reason.last_owner',
  not_yourself: 'users.reason.own_role',
  right_missing: 'users.reason.beyond_your_rights',
  already_there: 'users.email.taken',
  wrong_credentials: 'users.own_password.wrong',
};
