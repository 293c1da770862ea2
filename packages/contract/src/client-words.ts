import { type ClientLanguage, clientLocale, isolated } from './client-language.ts';
import { formatMoney } from './format-money.ts';
import type EnglishPage from './texts/client-page/en.json';
import type EnglishSteps from './texts/later-steps/en.json';
import type EnglishWaiting from './texts/waiting/en.json';
import type EnglishFlow from './texts/widget/en.json';

/** What is said on the way to a booking, what only some of its steps say, what only the client's own page says, and what waiting lists say. */
export type TextKey = keyof typeof EnglishFlow | keyof typeof EnglishSteps | keyof typeof EnglishPage | keyof typeof EnglishWaiting;
export type Catalogue = Readonly<Record<TextKey, string | Partial<Record<Intl.LDMLPluralRule, string>>>>;

export interface Place {
  currency: string;
  timeZone: string;
}

/** Everything that is said on a screen: sentences, money, days and times, in one language and for one place. */
export interface Words {
  language: ClientLanguage;
  locale: string;
  timeZone: string;
  say: (key: TextKey, facts?: Record<string, string | number>) => string;
  money: (amountMinor: number) => string;
  moneyRange: (minMinor: number, maxMinor: number) => string;
  minutes: (min: number, max?: number) => string;
  /** 1 = Monday … 7 = Sunday */
  weekStartsOn: number;
  weekday: (isoWeekday: number, width: 'short' | 'long') => string;
  /** "Tuesday, 4 March" of a plain date */
  day: (day: string) => string;
  month: (month: string) => string;
  /** "14:30" at the place */
  time: (instant: string) => string;
  /** "Tue, 4 March, 14:30" at the place */
  when: (instant: string) => string;
  /** "Eastern European Summer Time" at that instant */
  zoneName: (instant: string) => string;
}

export function createWords(catalogue: Catalogue, language: ClientLanguage, { currency, timeZone }: Place): Words {
  const locale = clientLocale(language, currency);
  const plural = new Intl.PluralRules(locale);
  const style = (options: Intl.DateTimeFormatOptions) => {
    let made: Intl.DateTimeFormat | undefined; // dear to make, and the first screen needs few of them
    return () => (made ??= new Intl.DateTimeFormat(locale, options));
  };
  const dayStyle = style({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const monthStyle = style({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const timeStyle = style({ hour: 'numeric', minute: '2-digit', timeZone });
  const whenStyle = style({ weekday: 'short', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone });
  const zoneStyle = style({ timeZoneName: 'long', timeZone });
  const weekdayStyles = {
    short: style({ weekday: language === 'ar' ? 'narrow' : 'short', timeZone: 'UTC' }),
    long: style({ weekday: 'long', timeZone: 'UTC' }),
  };

  const say: Words['say'] = (key, facts = {}) => {
    const text = catalogue[key];
    const sentence = typeof text === 'string' ? text : (text[plural.select(Number(facts['count']))] ?? text.other ?? '');
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => isolated(language, String(facts[name] ?? '')));
  };
  const money = (amountMinor: number) => formatMoney(amountMinor, currency, locale);
  const length = (minutes: number) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return say('length.minutes', { minutes });
    return rest === 0 ? say('length.hours', { hours }) : say('length.hours_minutes', { hours, minutes: rest });
  };
  return {
    language,
    locale,
    timeZone,
    say,
    money,
    moneyRange: (min, max) => {
      if (min === 0 && max === 0) return say('price.free');
      return min === max ? money(min) : say('price.range', { from: money(min), to: money(max) });
    },
    minutes: (min, max = min) => (min === max ? length(min) : `${length(min)} – ${length(max)}`),
    weekStartsOn: firstWeekday(locale),
    weekday: (isoWeekday, width) => {
      const name = weekdayStyles[width]().format(new Date(Date.UTC(2024, 0, isoWeekday))); // 1 January 2024 was a Monday
      // "segunda" is what Portuguese calls short; a column has room for three letters, of which Arabic ones say nothing
      return width === 'short' && language !== 'ar' ? name.slice(0, 3) : name;
    },
    day: (day) => capital(dayStyle().format(new Date(`${day}T00:00:00Z`))),
    month: (month) => capital(monthStyle().format(new Date(`${month}-01T00:00:00Z`))),
    time: (instant) => timeStyle().format(new Date(instant)),
    when: (instant) => capital(whenStyle().format(new Date(instant))),
    zoneName: (instant) =>
      zoneStyle()
        .formatToParts(new Date(instant))
        .find((part) => part.type === 'timeZoneName')?.value ?? timeZone,
  };
}

function firstWeekday(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return known.getWeekInfo?.().firstDay ?? 1;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
