/** A number in JSON written digit by digit: order codes are beyond 2^53, amounts have decimals. */
export interface ExactNumber {
  readonly rawJSON: string;
}

const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => ExactNumber };

export function exactInteger(digits: string): ExactNumber {
  return rawJSON(digits);
}

/** Minor units as Viva writes amounts everywhere but where one asks for them: 1050 → 10.50. */
export function exactMajor(amountMinor: number): ExactNumber {
  return rawJSON(majorText(amountMinor));
}

export function majorText(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0');
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
