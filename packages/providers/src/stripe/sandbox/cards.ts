/** What a test card does, by the numbers of docs.stripe.com/testing. */
export interface TestCard {
  readonly number: string;
  readonly outcome: 'pays' | 'declines' | 'asks_bank';
  readonly brand: 'visa' | 'mastercard';
  readonly declineCode?: 'generic_decline' | 'insufficient_funds';
  /** Its holder disputes the payment as soon as it was made. */
  readonly disputes?: { readonly reason: string; readonly inquiry?: true };
}

export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', outcome: 'pays', brand: 'visa' },
  { number: '5555555555554444', outcome: 'pays', brand: 'mastercard' },
  { number: '4000000000000002', outcome: 'declines', brand: 'visa', declineCode: 'generic_decline' },
  { number: '4000000000009995', outcome: 'declines', brand: 'visa', declineCode: 'insufficient_funds' },
  { number: '4000002500003155', outcome: 'asks_bank', brand: 'visa' },
  { number: '4000000000000259', outcome: 'pays', brand: 'visa', disputes: { reason: 'fraudulent' } },
  { number: '4000000000002685', outcome: 'pays', brand: 'visa', disputes: { reason: 'product_not_received' } },
  { number: '4000000000001976', outcome: 'pays', brand: 'visa', disputes: { reason: 'fraudulent', inquiry: true } },
];

/** Spaces are allowed; `undefined` = no such test card. */
export function testCard(number: string): TestCard | undefined {
  const digits = number.replaceAll(/\s/g, '');
  return testCards.find((card) => card.number === digits);
}

export function inGroups(number: string): string {
  return number.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}
