import { acceptedLanguages } from '../kit/accepted-languages.ts';

/** What was asked for in the address, else the first of the browser's languages that the location speaks, else the location's own. */
export function pickLanguage(spoken: readonly string[], asked: string | undefined, accepted: string | undefined, otherwise: string): string {
  const wanted = [(asked ?? '').slice(0, 2).toLowerCase(), ...acceptedLanguages(accepted ?? '')];
  return wanted.find((one) => spoken.includes(one)) ?? otherwise;
}
