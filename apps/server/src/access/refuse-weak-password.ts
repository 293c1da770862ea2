import { whyWeakPassword } from '@holdfast/contract/password-rules';
import { Problem } from '../kit/problem.ts';

export function refuseWeakPassword(password: string, you: { readonly email: string; readonly name: string }): void {
  const reason = whyWeakPassword(password, you);
  if (reason) throw new Problem('weak_password', 422, 'This password is too easy to guess.', { reason });
}
