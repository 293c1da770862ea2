import { type ClientLanguage, clientLanguages } from '@holdfast/contract/client-language';
import { type Catalogue, createWords, type Place, type Words } from '@holdfast/contract/client-words';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export type { ClientLanguage as Language } from '@holdfast/contract/client-language';
export type { Place, TextKey, Words } from '@holdfast/contract/client-words';

type Texts = Record<ClientLanguage, () => Promise<{ default: object }>>;
/** What later screens say comes with them. */
const later = {
  'client-page': {
    en: () => import('@holdfast/contract/texts/client-page/en.json'),
    uk: () => import('@holdfast/contract/texts/client-page/uk.json'),
    pt: () => import('@holdfast/contract/texts/client-page/pt.json'),
    ar: () => import('@holdfast/contract/texts/client-page/ar.json'),
  },
  'later-steps': {
    en: () => import('@holdfast/contract/texts/later-steps/en.json'),
    uk: () => import('@holdfast/contract/texts/later-steps/uk.json'),
    pt: () => import('@holdfast/contract/texts/later-steps/pt.json'),
    ar: () => import('@holdfast/contract/texts/later-steps/ar.json'),
  },
  waiting: {
    en: () => import('@holdfast/contract/texts/waiting/en.json'),
    uk: () => import('@holdfast/contract/texts/waiting/uk.json'),
    pt: () => import('@holdfast/contract/texts/waiting/pt.json'),
    ar: () => import('@holdfast/contract/texts/waiting/ar.json'),
  },
} satisfies Record<string, Texts>;
/** One piece of the bundle per language: a client reads only one. */
const first: Texts = {
  en: () => import('@holdfast/contract/texts/widget/en.json'),
  uk: () => import('@holdfast/contract/texts/widget/uk.json'),
  pt: () => import('@holdfast/contract/texts/widget/pt.json'),
  ar: () => import('@holdfast/contract/texts/widget/ar.json'),
};

type Later = keyof typeof later;
const wanted = new Set<Later>();
const said = new WeakMap<Words, { catalogue: object; more: Set<Later> }>();
/** What the client's own page says: its own words, and what it shares with the later steps. */
export const pageWords = ['later-steps', 'client-page'] as const;

/** The words of a language; `more`: also what these screens say, from now on in every language. */
export async function loadWords(language: ClientLanguage, place: Place, ...more: readonly Later[]): Promise<Words> {
  for (const one of more) wanted.add(one);
  const all = [...wanted];
  const texts = await Promise.all([first, ...all.map((one) => later[one])].map((piece) => piece[language]()));
  const catalogue = Object.assign({}, ...texts.map((one) => one.default)) as Catalogue;
  const words = createWords(catalogue, language, place);
  said.set(words, { catalogue, more: new Set(all) });
  return words;
}

/** Adds to these words what later screens say, from now on in every language. */
export async function bringWords(words: Words, more: Later): Promise<void> {
  wanted.add(more);
  const here = said.get(words);
  if (!here || here.more.has(more)) return;
  Object.assign(here.catalogue, (await later[more][words.language]()).default);
  here.more.add(more);
}

/** Whether these words have what such screens say. */
export function areSaid(words: Words, more: Later): boolean {
  return said.get(words)?.more.has(more) ?? false;
}

export function knownLanguage(tag: string | null | undefined): ClientLanguage | null {
  return clientLanguages.find((language) => tag?.toLowerCase().split('-')[0] === language) ?? null;
}

const WordsContext = createContext<Words | null>(null);
export const WordsProvider = WordsContext.Provider;

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no words');
  return words;
}
