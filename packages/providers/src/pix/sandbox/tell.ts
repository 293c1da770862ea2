import { randomUUID } from 'node:crypto';
import { type AccountRow, ownId, type PixRow } from './books.ts';
import type { Work } from './psp.ts';
import { showPix } from './show.ts';

/**
 * Tells the merchant's webhook how this Pix stands: when the money came, and when a devolução has ended. Written beside the change it tells of. A key
 * without a webhook is told nothing, also not later.
 */
export function tell({ tx, now }: Work, account: AccountRow, pix: PixRow): void {
  if (!tx.get('webhook', ownId(account.id, pix.chave))) return;
  const { pixPerCall } = account.habits;
  const withRoom = tx
    .list('letter')
    .findLast((letter) => letter.account === account.id && letter.chave === pix.chave && letter.pix.length < pixPerCall);
  const letter = withRoom ?? { id: randomUUID(), account: account.id, chave: pix.chave, pix: [], attempts: 0, dueAt: now.getTime() };
  tx.put('letter', letter.id, { ...letter, pix: [...letter.pix, showPix(pix)] });
}
