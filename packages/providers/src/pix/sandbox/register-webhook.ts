import { type AccountRow, ownId } from './books.ts';
import type { Work } from './psp.ts';

/** From now on Pix to this merchant's key are told at this address, and what waits goes there too. The same address again stays what it was. */
export function registerWebhook({ tx, now }: Work, { id: account, pixKey: chave }: AccountRow, webhookUrl: string): void {
  if (tx.get('webhook', ownId(account, chave))?.webhookUrl === webhookUrl) return;
  tx.put('webhook', ownId(account, chave), { account, chave, webhookUrl, criacao: now.toISOString() });
}

const TRIAL_WITHIN_MS = 5000;

/** Efí's way, not the standard's: an address that is to be called without certificates is called once before it is taken. */
export async function takesTrial(webhookUrl: string, now: Date): Promise<boolean> {
  try {
    const answer = await fetch(webhookUrl, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ evento: 'teste_webhook', data_criacao: now.toISOString() }),
      signal: AbortSignal.timeout(TRIAL_WITHIN_MS),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
