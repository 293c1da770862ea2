import type { TextKey, Words } from '@holdfast/contract/client-words';
import type { WrongCode } from '@holdfast/contract/phone-codes';
import { Problem } from '../../kit/problem.ts';
import type { CodeStands } from './phone-page.ts';
import type { Place, PlainSources } from './plain-sources.ts';

interface Asked {
  readonly draftId: string;
  readonly phone: string;
  readonly language: string;
}

/** Sends a code, within a minute of the last one none: what the page says then. Refuses as asking does, but for too many of them. */
export async function sendCode(
  sources: PlainSources,
  at: Place,
  asked: Asked,
  address: string,
): Promise<{ readonly status: number; readonly stands: CodeStands }> {
  try {
    return { status: 200, stands: { code: await sources.askCode(at, asked, address) } };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'too_many_requests') throw error;
    return { status: error.status, stands: { refused: error } };
  }
}

/** The proof for a code that was typed, or what is wrong with it. */
export async function tryCode(
  sources: PlainSources,
  at: Place,
  tried: { readonly draftId: string; readonly phone: string; readonly digits: string },
  { say }: Words,
): Promise<{ readonly proof: string } | { readonly fault: string }> {
  const { draftId, phone, digits } = tried;
  if (digits.length !== 6) return { fault: say('phone.code_needed') };
  try {
    return { proof: await sources.confirmPhone(at, { draftId, phone, code: digits }) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'wrong_code') throw error;
    const count = Number(error.detail['triesLeft'] ?? 0);
    const because = error.detail['because'] as WrongCode;
    // the last try is gone: whoever reads "wrong" would try a sixth time
    const key: TextKey = because === 'wrong' && count === 0 ? 'phone.too_many_tries' : `phone.${because}`;
    return { fault: say(key, { count }) };
  }
}
