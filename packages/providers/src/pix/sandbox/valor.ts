/** Reais in centavos: `123.45` is 12345n. */
export function minorOf(valor: string): bigint {
  return BigInt(valor.replace('.', ''));
}

/** Centavos as the API writes them, always with two decimals. */
export function valorOf(minor: bigint): string {
  const digits = minor.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
