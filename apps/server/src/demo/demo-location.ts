import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';

/** The demo chain. Its ids are readable on purpose: they turn up in addresses, logs and journeys. */
export const demoChain = { chainId: 'chn_demo', slug: 'demo', name: 'Linden & Salt' } as const;

/** At every location one simple service that must be paid online, one that may, and one that cannot: for a first try, and for journeys. */
export const firstTries = ['color', 'haircut', 'mens_cut'] as const;

export type DemoLanguage = 'en' | 'uk' | 'pt';

/** Local wall-clock minutes from midnight, half open: [540, 1080] is 09:00–18:00. */
export type Minutes = readonly [from: number, to: number];

export interface DayHours {
  readonly works: readonly Minutes[];
  readonly breaks: readonly Minutes[];
}

export interface DemoService {
  /** `haircut` becomes `srv_kyiv_haircut`. */
  readonly key: string;
  readonly category: string;
  readonly name: string;
  readonly description: string;
  /** In whole units of the currency (hryvnias, euros): lowest and highest. */
  readonly price: readonly [min: number, max: number];
  readonly minutes: number;
  readonly bufferBefore?: number;
  readonly bufferAfter?: number;
  readonly onlinePayment: OnlinePaymentStatus;
}

/** What a team member does differently from the service itself. */
export interface OwnTerms {
  readonly price?: readonly [min: number, max: number];
  readonly minutes?: number;
}

export interface DemoStaff {
  readonly key: string;
  readonly name: string;
  readonly position: string;
  readonly about: string;
  readonly color: string;
  readonly onlinePayment: OnlinePaymentStatus;
  /** By ISO weekday (1 = Monday); a day that is missing is a day off. */
  readonly week: Readonly<Record<number, DayHours>>;
  /** Works so many days, then is off so many, whatever the weekday: written out as dated hours. */
  readonly shifts?: { readonly on: number; readonly off: number; readonly hours: DayHours };
  /** Dated exceptions, by days from today. No `works` = day off. */
  readonly exceptions?: Readonly<Record<number, DayHours>>;
  /** Time taken on single days (a course, a doctor), by days from today. */
  readonly dated?: Readonly<Record<number, Minutes>>;
  readonly does: Readonly<Record<string, OwnTerms>>;
}

export interface DemoLocation {
  /** Also its slug, and part of every id: `kyiv`. */
  readonly key: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly language: DemoLanguage;
  readonly address: string;
  readonly phone: string;
  readonly cancellation: CancellationPolicy;
  /** Clients are spoken to in these languages, its own first; Arabic where it has terms in it. */
  readonly terms: Readonly<Record<DemoLanguage, string>> & { readonly ar?: string };
  readonly company: {
    readonly legalName: string;
    readonly registrationNumber: string;
    readonly taxNumber: string;
    readonly legalAddress: string;
    readonly bankDetails: string;
  };
  /** In all prices. */
  readonly tax?: { readonly name: string; readonly basisPoints: number };
  readonly categories: readonly { readonly key: string; readonly name: string }[];
  readonly services: readonly DemoService[];
  readonly staff: readonly DemoStaff[];
  /** First names of the people who book. */
  readonly clientNames: readonly string[];
}

/** `hours('09:00-18:00', '13:00-14:00')`: works, then breaks. Several stretches are separated by a blank. */
export function hours(works: string, breaks = ''): DayHours {
  return { works: stretches(works), breaks: stretches(breaks) };
}

/** `stretch('09:00-18:00')` → [540, 1080] */
export function stretch(text: string): Minutes {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  if (!match) throw new Error(`bug: "${text}" is no stretch of a day`);
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  return [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
}

function stretches(text: string): readonly Minutes[] {
  return text === '' ? [] : text.split(' ').map(stretch);
}

/** The same hours on several weekdays. */
export function weekOf(days: readonly number[], dayHours: DayHours): Readonly<Record<number, DayHours>> {
  return Object.fromEntries(days.map((day) => [day, dayHours]));
}

export function demoId(kind: string, location: DemoLocation, key: string | number): string {
  return `${kind}_${location.key}_${key}`;
}

export function locationId(location: DemoLocation): string {
  return `loc_${location.key}`;
}

/** What each service of an appointment keeps of the location's tax. */
export function demoTax(location: DemoLocation): { rateId: string; name: string; basisPoints: number; inclusive: boolean } | null {
  return location.tax ? { rateId: demoId('txr', location, 'vat'), ...location.tax, inclusive: true } : null;
}
