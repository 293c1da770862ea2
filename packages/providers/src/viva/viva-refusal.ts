import type { ProviderAnswer, Refusal } from '../kit/ask-provider.ts';
import { newRefusalShape, refusalShape } from './wire.ts';

/** Which of the merchant's two pairs a call was made with. */
export type KeyPair = 'client' | 'merchant';

export const wrongPair: Readonly<Record<KeyPair, string>> = {
  client: 'Viva does not take this Client ID and Client Secret (Smart Checkout Credentials) in this environment.',
  merchant: 'Viva does not take this Merchant ID and API Key in this environment.',
};

/**
 * Viva's "no". The older interface says it with status 200 and an ErrorCode; one of 500 and above is a failure of Viva's, unless what was asked for is said
 * to have failed. A 403 or 404 that is no JSON is a page of something in between: Viva has answered so for payments that exist (VivaPayments/API #2580).
 */
export function vivaRefusal(pair: KeyPair, { status, json }: ProviderAnswer): Refusal | undefined {
  if (status === 401) return { code: 'bad_credentials', message: wrongPair[pair] };
  const older = refusalShape.safeParse(json);
  if (older.success && older.data.ErrorCode != null && (older.data.ErrorCode !== '0' || older.data.Success === false)) {
    const { ErrorCode: code, ErrorText, StatusId } = older.data;
    if (code === '401') return { code: 'bad_credentials', message: wrongPair[pair] };
    if (Number(code) >= 500 && StatusId !== 'E') return undefined;
    return { code: code === '404' ? 'not_found' : `viva_${code.slice(0, 20)}`, message: ErrorText || `Viva refused with code ${code}.` };
  }
  if (status < 400 || typeof json !== 'object' || json === null) return undefined;
  const newer = newRefusalShape.safeParse(json);
  const { message, error, error_description } = newer.success ? newer.data : {};
  if (error === 'invalid_client') return { code: 'bad_credentials', message: wrongPair[pair] };
  return {
    code: status === 404 ? 'not_found' : `viva_${status}`,
    message: error_description || message || error || `Viva refused with status ${status}.`,
  };
}
