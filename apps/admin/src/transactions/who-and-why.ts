import type { Transaction } from '@holdfast/contract/transactions';

/** Everybody and everything that says what a transaction was for. */
export function whoAndWhy({ client, staff, counterparty, comment, reference }: Transaction): readonly string[] {
  return [client?.name, staff?.name, counterparty, comment, reference].filter((text): text is string => text !== undefined && text !== '');
}
