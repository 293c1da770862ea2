import { formatMoney } from '@holdfast/contract/format-money';
import type { Language } from '@holdfast/contract/session';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type English from './texts/en.ts';

export type TextKey = keyof typeof English;
export type { Language } from '@holdfast/contract/session';
export type Catalogue = Readonly<Record<TextKey, string | Partial<Record<Intl.LDMLPluralRule, string>>>>;
export const languages: readonly Language[] = ['en', 'uk', 'pt'];
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', uk: 'Українська', pt: 'Português' };

/** One piece of the bundle per language. */
const catalogues: Readonly<Record<Language, () => Promise<{ default: unknown }>>> = {
  en: () => import('./texts/en.ts'),
  uk: () => import('./texts/uk.ts'),
  pt: () => import('./texts/pt.ts'),
};

/** Everything that is said on a screen: sentences, money, days and times. Times are a location's: its zone is always passed. */
export interface Words {
  readonly language: Language;
  readonly locale: string;
  /** A sentence; `{name}` in it is filled from `facts`, a plural is chosen by `facts.count`. */
  say(key: TextKey, facts?: Readonly<Record<string, string | number>>): string;
  money(amountMinor: number, currency: string): string;
  /** "1 h 30 min" */
  minutes(minutes: number): string;
  /** "Tuesday, 4 March" of a plain date (YYYY-MM-DD) */
  day(day: string): string;
  /** "Tue, 4 Mar" */
  shortDay(day: string): string;
  /** "14:30" at the place */
  time(instant: string | number, timeZone: string): string;
  /** "Tue, 4 Mar 2026, 14:30" at the place */
  when(instant: string | number, timeZone: string): string;
  weekday(isoWeekday: number, width: 'short' | 'long'): string;
  /** 1 = Monday … 7 = Sunday */
  readonly weekStartsOn: number;
}

export function createWords(catalogue: Catalogue, language: Language): Words {
  const locale = language === 'en' ? 'en-GB' : language === 'pt' ? 'pt-PT' : language;
  const plural = new Intl.PluralRules(locale);
  const kept = new Map<string, Intl.DateTimeFormat>(); // dear to make
  const format = (options: Intl.DateTimeFormatOptions, value: Date) => {
    const key = JSON.stringify(options);
    const made = kept.get(key) ?? new Intl.DateTimeFormat(locale, options);
    kept.set(key, made);
    return made.format(value);
  };
  const say: Words['say'] = (key, facts = {}) => {
    const text = catalogue[key];
    const sentence = typeof text === 'string' ? text : (text[plural.select(Number(facts['count']))] ?? text.other ?? '');
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
  };
  const plain = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    language,
    locale,
    say,
    money: (amountMinor, currency) => formatMoney(amountMinor, currency, locale),
    minutes: (minutes) => {
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      if (hours === 0) return say('frame.minutes', { minutes });
      return rest === 0 ? say('frame.hours', { hours }) : say('frame.hours_minutes', { hours, minutes: rest });
    },
    day: (day) => capital(format({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }, plain(day))),
    shortDay: (day) => capital(format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }, plain(day))),
    time: (instant, timeZone) => format({ hour: 'numeric', minute: '2-digit', timeZone }, new Date(instant)),
    when: (instant, timeZone) =>
      capital(
        format(
          { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone },
          new Date(instant),
        ),
      ),
    // 1 January 2024 was a Monday
    weekday: (isoWeekday, width) => format({ weekday: width, timeZone: 'UTC' }, new Date(Date.UTC(2024, 0, isoWeekday))),
    weekStartsOn: (new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }).getWeekInfo?.().firstDay ?? 1,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Chosen {
  readonly words: Words;
  choose(language: Language): void;
  follow(language: Language): void;
}

const WordsContext = createContext<Chosen | null>(null);
const KEPT = 'holdfast-language';

/** Speaks the language that was chosen in this browser, else the browser's own; nothing is drawn before its words are here. */
export function WordsRoot({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => knownLanguage(localStorage.getItem(KEPT)) ?? browserLanguage());
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let wanted = true;
    void catalogues[language]().then((catalogue) => {
      if (wanted) setWords(createWords(catalogue.default as Catalogue, language));
    });
    document.documentElement.lang = language;
    return () => {
      wanted = false;
    };
  }, [language]);
  const chosen = useMemo(
    () =>
      words && {
        words,
        choose: (next: Language) => {
          localStorage.setItem(KEPT, next);
          setLanguage(next);
        },
        follow: (next: Language) => {
          if (!knownLanguage(localStorage.getItem(KEPT))) setLanguage(next);
        },
      },
    [words],
  );
  return chosen ? <WordsContext.Provider value={chosen}>{children}</WordsContext.Provider> : null;
}

export function useWords(): Words {
  return useChosen().words;
}

export function useChooseLanguage(): (language: Language) => void {
  return useChosen().choose;
}

/** Speaks the user's own language, unless another one was chosen in this browser. Undefined: the user has none of their own. */
export function useFollowLanguage(language: Language | undefined): void {
  const { follow } = useChosen();
  useEffect(() => {
    if (language) follow(language);
  }, [follow, language]);
}

function useChosen(): Chosen {
  const chosen = useContext(WordsContext);
  if (!chosen) throw new Error('no words');
  return chosen;
}

function knownLanguage(tag: string | null): Language | undefined {
  return languages.find((one) => tag?.toLowerCase().split('-')[0] === one);
}

function browserLanguage(): Language {
  for (const tag of navigator.languages) {
    const known = knownLanguage(tag);
    if (known) return known;
  }
  return 'en';
}
