import { createHash } from 'node:crypto';
import type { Account } from './work.ts';

/** `GET /api/messages/config/token`: what the webhook address has to answer, so that Viva knows it is the merchant's. */
export function verificationKey({ merchantId, apiKey }: Account): string {
  return createHash('sha1').update(`${merchantId} ${apiKey}`).digest('hex').toUpperCase();
}

/** Asks an address for the key, as "Verify" in the banking app does. Answers what is wrong, or nothing. */
export async function checkAddress(url: string, key: string, stop: AbortSignal): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([stop, AbortSignal.timeout(10_000)]) });
    const said = (await answer.text()).slice(0, 10_000);
    if (answer.status !== 200) return `GET answered ${answer.status}`;
    const body = JSON.parse(said) as { Key?: unknown } | null;
    return body?.Key === key ? undefined : 'GET did not answer {"Key": …} with this merchant’s key';
  } catch (error) {
    return error instanceof SyntaxError ? 'GET did not answer JSON' : 'GET was not answered';
  }
}
