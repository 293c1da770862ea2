import { type AccountRow, ownId } from './books.ts';
import type { Work } from './psp.ts';

/** From now on Pix to this merchant's key are told at this address, and what waits goes there too. The same address again stays what it was. */
export function registerWebhook({ tx, now }: Work, { id: account, pixKey: chave }: AccountRow, webhookUrl: string): void {
  if (tx.get('webhook', ownId(account, chave))?.webhookUrl === webhookUrl) return;
  tx.put('webhook', ownId(account, chave), { account, chave, webhookUrl, criacao: now.toISOString() });
}
