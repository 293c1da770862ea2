import type { ProviderAnswer, Refusal } from '../kit/ask-provider.ts';
import type { Outcome } from '../payment-provider.ts';
import { errorShape } from './wire.ts';

/** monobank's words of refusal: `{errCode, errText}` with a status of 400 or more. */
export function monoRefusal({ status, json }: ProviderAnswer): Refusal | undefined {
  if (status < 400) return undefined;
  const said = errorShape.safeParse(json);
  if (!said.success) return undefined;
  const { errCode, errText } = said.data;
  const code = status === 403 && errCode === 'FORBIDDEN' ? 'bad_credentials' : status === 404 ? 'NOT_FOUND' : errCode;
  // documented among the failures of its own (500), though it is an answer: this payment cannot be given back
  return { code, message: errText, alsoAsFailure: errCode === 'CANCEL_NOT_AVAILABLE' };
}

/** monobank knows no such invoice of this merchant. */
export function isMissing(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'declined' && outcome.code === 'NOT_FOUND';
}
