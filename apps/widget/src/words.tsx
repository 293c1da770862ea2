import { type ClientLanguage, clientLanguages } from '@holdfast/contract/client-language';
import { type Catalogue, createWords, type Place, type Words } from '@holdfast/contract/client-words';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export type { ClientLanguage as Language } from '@holdfast/contract/client-language';
export type { Place, TextKey, Words } from '@holdfast/contract/client-words';

/** One piece of the bundle per language: a client reads only one. */
const catalogues: Record<ClientLanguage, () => Promise<{ default: unknown }>> = {
  en: () => import('@holdfast/contract/texts/widget/en.json'),
  uk: () => import('@holdfast/contract/texts/widget/uk.json'),
  pt: () => import('@holdfast/contract/texts/widget/pt.json'),
  ar: () => import('@holdfast/contract/texts/widget/ar.json'),
};

export async function loadWords(language: ClientLanguage, place: Place): Promise<Words> {
  const catalogue = (await catalogues[language]()).default as Catalogue;
  return createWords(catalogue, language, place);
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
