import type { WrongCode } from '@holdfast/contract/phone-codes';
import type { Trouble } from './api.ts';
import type { TextKey } from './words.tsx';

const faults: Readonly<Record<WrongCode, TextKey>> = { wrong: 'phone.wrong', run_out: 'phone.run_out', too_many_tries: 'phone.too_many_tries' };

/** What is wrong with the code, in words; undefined: it is something else that went wrong. */
export function faultOfCode(trouble: Trouble): { key: TextKey; triesLeft: number } | undefined {
  if (trouble.kind !== 'refused' || trouble.code !== 'wrong_code') return undefined;
  const because = trouble.detail['because'] as WrongCode;
  const triesLeft = Number(trouble.detail['triesLeft'] ?? 0);
  // the last try is gone: whoever reads "wrong" would try a sixth time
  return { key: because === 'wrong' && triesLeft === 0 ? faults.too_many_tries : (faults[because] ?? faults.wrong), triesLeft };
}

/** Nothing more is sent for now; undefined: it is something else that went wrong. */
export function tooManyCodes(trouble: Trouble): { key: TextKey; retryAt: string | null } | undefined {
  if (trouble.kind !== 'refused' || trouble.code !== 'too_many_requests') return undefined;
  const { limit, retryAt } = trouble.detail;
  return { key: limit === 'phone' ? 'phone.too_many_for_phone' : 'phone.too_many', retryAt: typeof retryAt === 'string' ? retryAt : null };
}
