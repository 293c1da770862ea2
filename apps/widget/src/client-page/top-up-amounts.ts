import { currencyExponent } from '@holdfast/contract/currency-exponent';

/** What a client may want to fill an account with: what is missing for the booking, and three round amounts of which the first pays for another like it. */
export function topUpAmounts({
  costMinor,
  missingMinor,
  leastMinor,
}: Readonly<Record<'costMinor' | 'missingMinor' | 'leastMinor', number>>): readonly number[] {
  const missing = missingMinor > 0 ? [Math.max(missingMinor, leastMinor)] : [];
  const round: number[] = [];
  for (let next = Math.max(costMinor, leastMinor, 1); round.length < 3; next = (round.at(-1) ?? 0) + 1) round.push(roundUp(next));
  return [...new Set([...missing, ...round])];
}

/** 1, 2 or 5 and zeros, as banknotes are. */
function roundUp(minor: number): number {
  const power = 10 ** Math.floor(Math.log10(minor));
  return power * ([1, 2, 5, 10].find((digit) => digit * power >= minor) ?? 10);
}

/** As somebody would type it. */
export function typedAmount(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const unit = 10 ** exponent;
  return minor % unit === 0 ? String(minor / unit) : (minor / unit).toFixed(exponent);
}
