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
} satisfies Record<string, Texts>;
/** One piece of the bundle per language: a client reads only one. */
const first: Texts = {
  en: () => import('@holdfast/contract/texts/widget/en.json'),
  uk: () => import('@holdfast/contract/texts/widget/uk.json'),
  pt: () => import('@holdfast/contract/texts/widget/pt.json'),
  ar: () => import('@holdfast/contract/texts/widget/ar.json'),
};

const wanted = new Set<keyof typeof later>();
const catalogueOf = new WeakMap<Words, object>();

/** The words of a language; `more`: also what these screens say, from now on in every language. */
export async function loadWords(language: ClientLanguage, place: Place, ...more: (keyof typeof later)[]): Promise<Words> {
  for (const one of more) wanted.add(one);
  const texts = await Promise.all([first, ...[...wanted].map((one) => later[one])].map((piece) => piece[language]()));
  const catalogue = Object.assign({}, ...texts.map((one) => one.default)) as Catalogue;
  const words = createWords(catalogue, language, place);
  catalogueOf.set(words, catalogue);
  return words;
}

/** Adds to these words what later screens say, from now on in every language. */
export async function bringWords(words: Words, more: keyof typeof later): Promise<void> {
  wanted.add(more);
  Object.assign(catalogueOf.get(words) ?? {}, (await later[more][words.language]()).default);
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
