import type { AttentionItem } from '@holdfast/contract/attention';
import { expect, test } from 'vitest';
import english from '../texts/en.ts';
import portuguese from '../texts/pt.ts';
import ukrainian from '../texts/uk.ts';
import { type Catalogue, createWords } from '../words.tsx';
import { headingOf, meaningOf } from './say-attention.ts';

const [source = ''] = Object.values(
  import.meta.glob<string>('../../../server/src/payments/open-attention.ts', { query: '?raw', import: 'default', eager: true }),
);

test('everything that the server puts before a person has a heading and says what it means, in every language', () => {
  // the server's own list
  const [, list = ''] = /export type AttentionKind =([\s\S]*?);\n/.exec(source) ?? [];
  const kinds = [...list.matchAll(/\| '([a-z_]+)'/g)].map(([, kind = '']) => kind);
  expect(kinds).toContain('late_payment');
  for (const [catalogue, language] of [
    [english, 'en'],
    [ukrainian, 'uk'],
    [portuguese, 'pt'],
  ] as const) {
    const words = createWords(catalogue as unknown as Catalogue, language);
    const item = (kind: string) =>
      ({ kind, subject: { kind: 'payment', id: 'x' }, detail: {}, amountMinor: 100, currency: 'EUR' }) as unknown as AttentionItem;
    expect(
      kinds.filter((kind) => headingOf(words, item(kind)) === words.say('attention.kind.other', { kind }) || meaningOf(words, item(kind)) === ''),
    ).toEqual([]);
  }
});
