import { rights } from '@holdfast/contract/rights';
import { expect, test } from 'vitest';
import en from '../texts/en.ts';
import { createWords } from '../words.tsx';
import { readAuditSearch } from './audit-search.ts';
import { actionWords, humane, shownValue } from './audit-words.ts';
import { rightGroups } from './right-groups.ts';

const { say } = createWords(en as never, 'en');
const said = { yes: 'yes', no: 'no' };

test('an action reads like a sentence, also one that this version does not know', () => {
  expect(['user.invited', 'gift_card.sold_again', 'something'].map((action) => actionWords(say, action))).toEqual([
    'User invited',
    'Gift card: sold again',
    'Something',
  ]);
});

test('values of every kind can be read, and none is a program’s own', () => {
  expect([null, '', true, 0, [], {}, ['a', ['b']], { minPrice: 1, deep: { on: false } }].map((value) => shownValue(value, said))).toEqual([
    '–',
    '–',
    'yes',
    '0',
    '–',
    '–',
    'a, b',
    'Min price: 1; Deep: On: no',
  ]);
  expect(humane('refundLimitMinor')).toBe('Refund limit minor');
});

test('every right is in one group, once', () => {
  expect(rightGroups.flatMap((group) => [...group.rights]).sort()).toEqual([...rights].sort());
});

test('an address that makes no sense shows the whole log', () => {
  expect(readAuditSearch({ from: '2026-99-99', to: '2026-03-02', user: '', action: 'DROP', subject: 'srv_1', place: 7 })).toEqual({
    to: '2026-03-02',
    subject: 'srv_1',
  });
});
