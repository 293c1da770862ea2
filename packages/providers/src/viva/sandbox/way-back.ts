import type { Account, OrderRow, TransactionRow } from './work.ts';

/**
 * Where the client goes from here: the address of the payment source, which is the same for every order. Viva appends what tells them apart; the
 * sandbox also fills in `{merchantTrns}` and `{orderCode}` where the address has them. Undefined: the source has no address.
 */
export function wayBack(account: Account, order: OrderRow, transaction: TransactionRow | undefined): string | undefined {
  const paid = transaction !== undefined && transaction.status !== 'E';
  const template = paid ? account.successUrl : account.failureUrl;
  if (!template) return undefined;
  const filled = template
    .replaceAll('{merchantTrns}', encodeURIComponent(order.merchantTrns))
    .replaceAll('{orderCode}', encodeURIComponent(order.code));
  const query = new URLSearchParams({
    // only a payment that was made has one
    ...(paid ? { t: transaction.id } : {}),
    s: order.code,
    lang: order.requestLang,
    eventId: String(transaction?.eventId ?? 0),
    eci: paid ? '1' : '0',
  });
  const [before = '', fragment] = filled.split('#');
  return `${before}${before.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
