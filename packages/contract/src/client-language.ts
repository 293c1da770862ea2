/** The languages in which clients are spoken to, by pages, the widget and messages. The salon's own people have fewer: see session.ts. */
export const clientLanguages = ['en', 'uk', 'pt', 'ar'] as const;
export type ClientLanguage = (typeof clientLanguages)[number];

export const clientLanguageNames: Readonly<Record<ClientLanguage, string>> = {
  en: 'English',
  uk: 'Українська',
  pt: 'Português',
  ar: 'العربية',
};

export function directionOf(language: string): 'ltr' | 'rtl' {
  return language.slice(0, 2) === 'ar' ? 'rtl' : 'ltr';
}

/**
 * How dates, times and amounts are written. Where a language is at home in several countries the currency says which. Arabic with the digits and the
 * calendar that stand on bank cards, in addresses and on the clock of a phone.
 */
export function clientLocale(language: string, currency = ''): string {
  if (language === 'en') return currency === 'USD' ? 'en-US' : 'en-GB';
  if (language === 'pt') return currency === 'BRL' ? 'pt-BR' : 'pt-PT';
  return language === 'ar' ? 'ar-u-ca-gregory-nu-latn' : language;
}

/** A name, a number or an address inside a right-to-left sentence must not change its order, nor be changed by it (Unicode's isolates). */
export function isolated(language: string, text: string): string {
  return directionOf(language) === 'rtl' && !/^\d*$/.test(text) ? `\u2068${text}\u2069` : text;
}
