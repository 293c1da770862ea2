import type { Appointment } from '@holdfast/contract/calendar';
import { expect, test } from 'vitest';
import english from '../texts/en.ts';
import portuguese from '../texts/pt.ts';
import ukrainian from '../texts/uk.ts';
import { type Catalogue, createWords } from '../words.tsx';
import { byWhom, describeChange } from './describe-change.ts';

const words = createWords(english as unknown as Catalogue, 'en');
const place = { currency: 'EUR', timeZone: 'Europe/Lisbon' };
type Change = Appointment['changes'][number];
const change = (what: string, detail: Change['detail'] = {}): Change => ({ no: 1, at: '2026-11-21T10:00:00Z', what, by: 'Olena', detail });
const said = (what: string, detail?: Change['detail']) => describeChange(change(what, detail), place, words);

const before = { staffId: 'stf_a', staffName: 'Anna', startsAt: '2026-11-21T10:00:00Z', endsAt: '2026-11-21T11:00:00Z' };

test('a move says from when to when, and with whom only if that is another person', () => {
  const after = { ...before, startsAt: '2026-11-21T12:00:00Z', endsAt: '2026-11-21T13:00:00Z' };
  expect(said('moved', { before, after })).toBe('Moved: Sat, 21 Nov 2026, 10:00 → Sat, 21 Nov 2026, 12:00');
  expect(said('moved', { before, after: { ...after, staffId: 'stf_b', staffName: 'Boris' } })).toBe(
    'Moved: Sat, 21 Nov 2026, 10:00, Anna → Sat, 21 Nov 2026, 12:00, Boris',
  );
  expect(said('moved', { startsAt: after.startsAt, staffId: 'stf_a' })).toBe('Moved to Sat, 21 Nov 2026, 12:00');
  expect(said('moved', { before, after, outsideHours: 'day_off' })).toMatch(/ \(outside working hours\)$/);
});

test('lengths, services with their prices and comments are said before and after', () => {
  expect(said('resized', { before, after: { ...before, endsAt: '2026-11-21T11:30:00Z' } })).toBe('Length: 1 h → 1 h 30 min');
  const cut = { name: 'Cut', costMinor: 4000 };
  expect(said('services_changed', { before: { services: [cut] }, after: { services: [cut, { name: 'Beard', costMinor: 1550 }] } })).toBe(
    'Services: Cut (€40) → Cut (€40), Beard (€15.50)',
  );
  expect(said('commented', { before: { comment: '' }, after: { comment: 'late' } })).toBe('Comment written: “late”');
  expect(said('commented', { before: { comment: 'late' }, after: { comment: '' } })).toBe('Comment removed: “late”');
});

test('money says how much, and a reason is quoted', () => {
  expect(said('paid', { amountMinor: 4550 })).toBe('Paid online: €45.50');
  expect(said('taken_at_desk', { amountMinor: 4000, register: 'main' })).toBe('Paid at the desk: €40');
  expect(said('desk_payment_reversed', { amountMinor: 4000, because: 'wrong client' })).toBe('Desk payment reversed: €40, “wrong client”');
  expect(said('cancelled', { because: '<script>' })).toBe('Cancelled: “<script>”');
});

test('what is not known, or comes without its facts, still makes a line', () => {
  expect(said('reminded')).toBe('Changed (reminded)');
  for (const what of ['moved', 'resized', 'services_changed', 'commented', 'paid', 'refunded', 'cancelled', 'constructor'])
    expect(said(what, { before: null, after: 7 })).not.toBe('');
});

test('who did it is said in the language of who reads; a person keeps their name', () => {
  for (const [catalogue, language] of [
    [english, 'en'],
    [ukrainian, 'uk'],
    [portuguese, 'pt'],
  ] as const) {
    const spoken = createWords(catalogue as unknown as Catalogue, language);
    expect(byWhom('Olena', spoken)).toBe('Olena');
    for (const by of ['client', 'clock', 'payment']) expect(byWhom(by, spoken)).not.toBe(by);
  }
  expect(byWhom('constructor', words)).toBe('constructor');
});

test('money of a client account, and money that went back, say which way they went', () => {
  expect(said('paid_from_account', { amountMinor: 2000 })).toBe('Paid from the client’s account: €20');
  expect(said('account_payment_reversed', { amountMinor: 2000, because: 'not today' })).toBe('Put back on the client’s account: €20, “not today”');
  expect(said('refunded', { amountMinor: 500 })).toBe('Refunded: €5');
  expect(said('refunded', { amountMinor: 500, way: 'account' })).toBe('Refunded to the client’s account: €5');
  expect(said('refunded', { amountMinor: 500, way: 'register' })).toBe('Refunded at the desk: €5');
});

test('whatever the server writes into a visit’s history is a sentence, in every language', () => {
  const whats = writtenIntoHistory();
  expect(whats).toContain('account_hold_spent');
  expect(whats).toContain('expired');
  for (const [catalogue, language] of [
    [english, 'en'],
    [ukrainian, 'uk'],
    [portuguese, 'pt'],
  ] as const) {
    const spoken = createWords(catalogue as unknown as Catalogue, language);
    const unsaid = whats.filter((what) => describeChange(change(what), place, spoken) === spoken.say('appointment.change.other', { what }));
    expect(unsaid).toEqual([]);
  }
});

/** The server's own files. */
const files: Readonly<Record<string, string>> = import.meta.glob(['../../../server/src/booking/*.ts', '!**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const schemas: Readonly<Record<string, string>> = import.meta.glob('../../../../db/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The words in its calls, and in the types of what is handed on to them. */
function writtenIntoHistory(): string[] {
  const sources = Object.values(files);
  const schema = Object.values(schemas).join('\n');
  const found = [
    ...sources.flatMap((text) => [...text.matchAll(/\bnoteChange\(([\s\S]*?)\);/g)].flatMap(([, said = '']) => quoted(said.split('{')[0] ?? ''))),
    ...sources.flatMap((text) => [...text.matchAll(/\bwhat: ([^,;{}\n]*'[^,;{}\n]*)/g)].flatMap(([, said = '']) => quoted(said))),
    ...[...schema.matchAll(/note_change\([^)]*\)/g)].flatMap(([call]) => quoted(call).slice(0, 1)),
    'keep_credit',
    'ask_refund',
  ];
  return [...new Set(found)].filter((what) => !['payment', 'client', 'clock', 'staff'].includes(what)).sort();
}

const quoted = (text: string) => [...text.matchAll(/'([a-z_]+)'/g)].map(([, word = '']) => word);
