import type { ClientLanguage } from '@holdfast/contract/client-language';
import type { FirstRun } from '@holdfast/contract/first-run';
import type { Language } from '../../words.tsx';

export interface ServiceAnswer {
  readonly id: number;
  readonly name: string;
  readonly priceMinor: number | null;
  readonly minutes: number | '';
}

/** What has been answered so far, as it is typed. */
export interface Answers {
  readonly code: string;
  readonly owner: { readonly name: string; readonly email: string; readonly password: string };
  readonly chain: { readonly name: string; readonly slug: string };
  readonly location: Omit<FirstRun['location'], 'languages'> & { readonly languages: readonly ClientLanguage[] };
  readonly category: string;
  readonly services: readonly ServiceAnswer[];
  readonly team: {
    readonly works: boolean;
    readonly name: string;
    readonly position: string;
    readonly weekdays: readonly number[];
    readonly from: string;
    readonly to: string;
  };
  /** Whether the names' parts of addresses were typed by hand. */
  readonly ownSlugs: { readonly chain: boolean; readonly location: boolean };
}

export type Change = (part: Partial<Answers>) => void;

export interface StepProps {
  readonly answers: Answers;
  readonly change: Change;
}

/** A row of the list in which something was answered; the others are left out. */
export function isAnswered({ name, priceMinor, minutes }: ServiceAnswer): boolean {
  return name.trim() !== '' || priceMinor !== null || minutes !== '';
}

export function isWhole({ name, priceMinor, minutes }: ServiceAnswer): boolean {
  return name.trim() !== '' && priceMinor !== null && minutes !== '' && minutes >= 5 && minutes <= 1440;
}

/** "09:30" → 570 */
export function minuteOfDay(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** The answers as the server takes them. */
export function toFirstRun({ code, owner, chain, location, category, services, team }: Answers, language: Language): FirstRun {
  const offered = services
    .filter(isAnswered)
    .flatMap(({ name, priceMinor, minutes }) => (priceMinor === null || minutes === '' ? [] : [{ name: name.trim(), priceMinor, minutes }]));
  return {
    code,
    chain,
    owner: { ...owner, language },
    location: { ...location, languages: [...location.languages] },
    catalogue: offered.length > 0 ? { category: category.trim(), services: offered } : null,
    teamMember: team.works
      ? {
          name: team.name.trim() || owner.name,
          position: team.position.trim(),
          weekdays: [...team.weekdays],
          from: minuteOfDay(team.from) ?? 0,
          to: minuteOfDay(team.to) ?? 0,
        }
      : null,
  };
}
