import { createWords } from '@holdfast/contract/client-words';
import arPage from '@holdfast/contract/texts/client-page/ar.json' with { type: 'json' };
import enPage from '@holdfast/contract/texts/client-page/en.json' with { type: 'json' };
import ptPage from '@holdfast/contract/texts/client-page/pt.json' with { type: 'json' };
import ukPage from '@holdfast/contract/texts/client-page/uk.json' with { type: 'json' };
import arSteps from '@holdfast/contract/texts/later-steps/ar.json' with { type: 'json' };
import enSteps from '@holdfast/contract/texts/later-steps/en.json' with { type: 'json' };
import ptSteps from '@holdfast/contract/texts/later-steps/pt.json' with { type: 'json' };
import ukSteps from '@holdfast/contract/texts/later-steps/uk.json' with { type: 'json' };
import arWaiting from '@holdfast/contract/texts/waiting/ar.json' with { type: 'json' };
import enWaiting from '@holdfast/contract/texts/waiting/en.json' with { type: 'json' };
import ptWaiting from '@holdfast/contract/texts/waiting/pt.json' with { type: 'json' };
import ukWaiting from '@holdfast/contract/texts/waiting/uk.json' with { type: 'json' };
import arFlow from '@holdfast/contract/texts/widget/ar.json' with { type: 'json' };
import enFlow from '@holdfast/contract/texts/widget/en.json' with { type: 'json' };
import ptFlow from '@holdfast/contract/texts/widget/pt.json' with { type: 'json' };
import ukFlow from '@holdfast/contract/texts/widget/uk.json' with { type: 'json' };
import { expect, test } from 'vitest';

type Text = string | Record<string, string>;
const [en, uk, pt, ar] = [
  { ...enFlow, ...enSteps, ...enPage, ...enWaiting },
  { ...ukFlow, ...ukSteps, ...ukPage, ...ukWaiting },
  { ...ptFlow, ...ptSteps, ...ptPage, ...ptWaiting },
  { ...arFlow, ...arSteps, ...arPage, ...arWaiting },
];
const catalogues: Record<string, Record<string, Text>> = { en, uk, pt, ar };
const sources = Object.values(
  import.meta.glob<string>(
    [
      './**/*.ts',
      './**/*.tsx',
      '../../../packages/contract/src/client-words.ts',
      '../../../packages/contract/src/say-membership.ts',
      '../../../packages/contract/src/say-waiting.ts',
      '../../server/src/channels/**/*.ts',
      '!./**/*.test.ts',
    ],
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  ),
);

const forms = (text: Text | undefined): string[] => (typeof text === 'string' ? [text] : Object.values(text ?? {}));
const facts = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort((one, other) => one.localeCompare(other));

/** A form for a single number may say it in a word: Arabic has one for "two times". */
function isSaidInWords(language: string, text: Text | undefined, form: string): boolean {
  if (typeof text !== 'object' || form.includes('{count}')) return false;
  const plural = new Intl.PluralRules(language);
  const meant = Array.from({ length: 201 }, (_, count) => count).filter((count) => text[plural.select(count)] === form);
  return meant.length === 1;
}

test('what the way to a booking says is not said a second time for the page after it, and comes with it alone', () => {
  expect(Object.keys(enFlow).filter((key) => key in enPage || key in enSteps || key in enWaiting)).toEqual([]);
  expect(Object.keys(arFlow)).toEqual(Object.keys(enFlow));
});

test('every sentence is there in every language', () => {
  for (const catalogue of Object.values(catalogues)) expect(Object.keys(catalogue)).toEqual(Object.keys(en));
});

test('no sentence is empty, and all speak of the same facts', () => {
  for (const [key, english] of Object.entries(catalogues['en'] ?? {})) {
    for (const [language, catalogue] of Object.entries(catalogues)) {
      const text = catalogue[key];
      for (const form of forms(text)) {
        expect(form.trim(), key).not.toBe('');
        const wanted = facts(forms(english)[0] ?? '');
        expect(facts(form), key).toEqual(isSaidInWords(language, text, form) ? wanted.filter((one) => one !== 'count') : wanted);
      }
    }
  }
});

test('what is counted has every form that its language knows', () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    const known = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    for (const [key, text] of Object.entries(catalogue))
      if (typeof text !== 'string') expect(Object.keys(text).sort(), `${language} ${key}`).toEqual(known);
  }
});

test('no sentence is left over that no screen says', () => {
  const code = sources.join('\n');
  const said = new Set([...code.matchAll(/['"`]([a-z_]+(?:\.[a-z_]+)+)['"`]/g)].map(([, key]) => key));
  const composed = [...code.matchAll(/`((?:[a-z_]+\.)+)\$\{\w+(?:\.\w+)?\}((?:\.[a-z_]+)*)`/g)].map(
    ([, before, after]) => new RegExp(`^${before}[a-z_]+${after}$`),
  );
  expect(composed.length).toBeGreaterThan(0);
  const unsaid = Object.keys(en).filter((key) => !said.has(key) && !composed.some((pattern) => pattern.test(key)));
  expect(unsaid).toEqual([]);
});

test('five is spoken of differently from two in Ukrainian', () => {
  const { say } = createWords(uk, 'uk', { currency: 'UAH', timeZone: 'Europe/Kyiv' });
  expect([1, 2, 5, 11, 21, 22].map((count) => say('time.free_count', { count }))).toEqual([
    '1 вільний час',
    '2 вільні часи',
    '5 вільних часів',
    '11 вільних часів',
    '21 вільний час',
    '22 вільні часи',
  ]);
});

test('Arabic has a form of its own for two, for few and for many', () => {
  const { say } = createWords(ar, 'ar', { currency: 'EUR', timeZone: 'Europe/Lisbon' });
  expect([0, 1, 2, 3, 10, 11, 99, 100].map((count) => say('bar.services', { count }).replaceAll(/[\u2068\u2069]/g, ''))).toEqual([
    'لا خدمات',
    'خدمة واحدة',
    'خدمتان',
    '3 خدمات',
    '10 خدمات',
    '11 خدمة',
    '99 خدمة',
    '100 خدمة',
  ]);
});

test('a name or a number inside a right-to-left sentence keeps its own order', () => {
  const words = createWords(ar, 'ar', { currency: 'EUR', timeZone: 'Europe/Lisbon' });
  expect(words.say('cancel.call', { phone: '+351 210 000 000' })).toContain('\u2068+351 210 000 000\u2069');
  expect(words.time('2026-07-01T09:30:00Z')).toMatch(/10:30/);
  expect(createWords(en, 'en', { currency: 'EUR', timeZone: 'Europe/Lisbon' }).say('card.with', { staff: 'Ana' })).toBe('with Ana');
});

test('times are those at the salon, amounts in its currency', () => {
  const words = createWords(pt, 'pt', { currency: 'EUR', timeZone: 'Europe/Lisbon' });
  expect(words.time('2026-07-01T09:30:00Z')).toBe('10:30');
  expect(words.moneyRange(3800, 6800).replaceAll(/\s/g, ' ')).toBe('38 € – 68 €');
  expect(words.moneyRange(0, 0)).toBe('Grátis');
  expect(words.day('2026-03-04')).toBe('Quarta-feira, 4 de março');
});
