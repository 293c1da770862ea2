import type { Transaction } from '@holdfast/contract/transactions';

/** Everybody and everything that says what a transaction was for. A provider's name for a payment says it to nobody: it stands in the payment's detail. */
export function whoAndWhy({ client, staff, counterparty, comment, reference, payment, operation, reverses }: Transaction): readonly string[] {
  const said = reverses !== null || (payment === null && operation !== 'fee') ? reference : null;
  return [client?.name, staff?.name, counterparty, comment, said].filter((text): text is string => typeof text === 'string' && text !== '');
}
