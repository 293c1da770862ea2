import { rights } from '@holdfast/contract/rights';
import { expect, test } from 'vitest';
import en from '../texts/en.ts';
import { createWords } from '../words.tsx';
import { readAuditSearch } from './audit-search.ts';
import { actionWords, humane, knownActions, shownValue } from './audit-words.ts';
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

test('whatever the server writes into the log is a sentence', () => {
  const written = new Set(auditedActions());
  expect([...written].filter((action) => !(knownActions as readonly string[]).includes(action)).sort()).toEqual([]);
  expect(knownActions.filter((action) => !written.has(action))).toEqual([]);
});

/** Where an action is put together, it is one of these. */
const putTogether: Readonly<Record<string, readonly string[]>> = {
  'access/note-audit.ts': [],
  'booking/change-statuses.ts': ['service.changed', 'staff.changed', 'location.changed'],
  'catalog/delete-from-catalog.ts': ['service.deleted', 'staff.deleted', 'category.deleted', 'position.deleted'],
  'catalog/order-catalog.ts': ['categories.ordered', 'services.ordered', 'staff.ordered'],
  'desk/account-for-visit.ts': ['paid_from_account', 'account_payment_reversed', 'held_on_account', 'account_hold_released'].map(
    (what) => `visit.${what}`,
  ),
  'desk/cover-visit.ts': ['covered_by_membership', 'membership_cover_undone'].map((what) => `visit.${what}`),
  'desk/note-membership.ts': ['sold', 'link_made', 'link_cancelled', 'refunded', 'refund_asked', 'frozen', 'unfrozen'].map(
    (what) => `membership.${what}`,
  ),
  'desk/top-up-at-desk.ts': [
    'topped_up',
    'top_up_link_made',
    'top_up_link_sent',
    'top_up_link_cancelled',
    'top_up_reversed',
    'top_up_refund_asked',
    'rest_given_back',
    'rest_refund_asked',
  ].map((what) => `account.${what}`),
  'finance/put-in-order.ts': ['registers.ordered', 'payment_items.ordered'],
  'finance/write-by-hand.ts': ['transaction.written', 'transaction.transfer', 'transaction.opening'],
  'reconciliation/decide-otherwise.ts': ['settlement.dismissed', 'settlement.matched'],
  'refunds/change-refund.ts': ['refund.edited', 'refund.approved', 'refund.declined'],
  'setup/change-location-settings.ts': ['business.changed', 'company.changed', 'booking.changed'],
};

/** The server's own files: no action can be added there without a sentence here. */
const sources: Readonly<Record<string, string>> = import.meta.glob('../../../server/src/**/*.ts', { query: '?raw', import: 'default', eager: true });

function auditedActions(): string[] {
  return Object.entries(sources).flatMap(([path, text]) => {
    const name = path.replace(/^.*server\/src\//, '');
    if (name.endsWith('.test.ts') || !/\bnoteAudit\(/.test(text)) return [];
    if (name in putTogether) return [...(putTogether[name] ?? []), ...literals(text)];
    // an action that is put together and not listed above would be one that nobody can know
    expect(text, name).not.toMatch(/\baction: [^\n]*`/);
    const found = literals(text);
    expect(found, name).not.toEqual([]);
    return found;
  });
}

const nobodysAction = new Set<string>(rights);
/** What is told to others, and the field that a refusal is about, look like actions and are none. */
const literals = (text: string) =>
  [...text.matchAll(/(?<!\b(?:topic|field): )'([a-z_]+\.[a-z_]+)'/g)].map(([, word = '']) => word).filter((word) => !nobodysAction.has(word));
