import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { Language } from '@holdfast/contract/session';
import english from '@holdfast/contract/texts/admin/transactions/en.json' with { type: 'json' };
import portuguese from '@holdfast/contract/texts/admin/transactions/pt.json' with { type: 'json' };
import ukrainian from '@holdfast/contract/texts/admin/transactions/uk.json' with { type: 'json' };
import type { MoneyPlace, Transaction } from '@holdfast/contract/transactions';
import { Temporal } from 'temporal-polyfill';

const catalogues: Readonly<Record<Language, Readonly<Record<string, unknown>>>> = { en: english, uk: ukrainian, pt: portuguese };

const columns = [
  'day',
  'time',
  'operation',
  'item',
  'in',
  'out',
  'within',
  'currency',
  'from',
  'to',
  'client',
  'staff',
  'counterparty',
  'comment',
  'reference',
  'by',
  'recorded',
  'state',
  'id',
  'undoes',
] as const;

/** The file's first line, and how a transaction becomes one of the others: in the words of whoever asks, in the location's time. */
export function transactionLines(
  language: Language,
  timeZone: string,
): { readonly heading: readonly string[]; line(one: Transaction): readonly unknown[] } {
  const texts = catalogues[language];
  const say = (key: string) => (typeof texts[key] === 'string' ? texts[key] : key);
  const local = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const where = ({ kind, name }: MoneyPlace) => {
    if (kind === 'register' && (name === 'main' || name === 'card')) return say(`transactions.register.${name}`);
    return name === '' ? say(`transactions.place.${kind}`) : name;
  };
  return {
    heading: columns.map((column) => say(`transactions.csv.${column}`)),
    line(one) {
      const amount = decimal(one.amountMinor, one.currency);
      const at = local(one.happenedAt);
      return [
        at.toPlainDate().toString(),
        at.toPlainTime().toString({ smallestUnit: 'minute' }),
        say(`transactions.operation.${one.operation}`),
        one.itemId === null ? '' : (one.itemName ?? say(`transactions.item.${one.itemId}`)),
        ...(['in', 'out', 'within'] as const).map((direction) => (one.direction === direction ? amount : '')),
        one.currency,
        where(one.from),
        where(one.to),
        one.client?.name,
        one.staff?.name,
        one.counterparty,
        one.comment,
        one.reference,
        one.by,
        local(one.recordedAt).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
        one.reversedBy !== null ? say('transactions.state.deleted') : one.reverses !== null ? say('transactions.state.reversal') : '',
        one.entryId,
        one.reverses ?? '',
      ];
    },
  };
}

/** `1234.50`: as every table program can read it. Never below nothing: the column says which way. */
function decimal(amountMinor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
