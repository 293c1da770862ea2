import { randomUUID } from 'node:crypto';
import type { Journal } from '../../sandbox-kit/journal.ts';
import { Deliveries } from '../../sandbox-kit/webhook-delivery.ts';
import { type Kinds, type LetterRow, ownId } from './books.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** This PSP's own schedule: the standard leaves it to each. */
const waits = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];

/** Brings what is told to `{webhookUrl}/pix`, again and again until it is taken. */
export function deliveriesOf(journal: Journal<Kinds>, now: () => Date): Deliveries<LetterRow> {
  const current = (letter: LetterRow) => journal.get('letter', letter.id);
  return new Deliveries<LetterRow>({
    now,
    waits,
    waiting: () => journal.list('letter'),
    prepare: ({ account, chave, pix }) => {
      const webhook = journal.get('webhook', ownId(account, chave));
      if (!webhook) return undefined;
      return { url: `${webhook.webhookUrl}/pix`, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ pix }) };
    },
    taken: (status) => status >= 200 && status < 300,
    done: (letter) =>
      journal.write((tx) => {
        // What was added while it was on its way has not been told yet.
        const added = current(letter)?.pix.slice(letter.pix.length) ?? [];
        tx.drop('letter', letter.id);
        if (added.length > 0) {
          const id = randomUUID();
          tx.put('letter', id, { ...letter, id, pix: added, attempts: 0, dueAt: now().getTime() });
        }
      }),
    again: (letter, next) =>
      journal.write((tx) => {
        const row = current(letter);
        if (row) tx.put('letter', letter.id, { ...row, ...next });
      }),
  });
}
