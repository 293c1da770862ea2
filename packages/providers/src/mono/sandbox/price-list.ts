/** What the bank keeps: 1.3 %, half a kopiyka rounded up. Giving back brings no fee back. */
export function feeOf(amount: number): number {
  return Number((BigInt(amount) * 13n + 500n) / 1000n);
}
