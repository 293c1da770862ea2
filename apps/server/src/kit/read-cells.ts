import { currencyExponent, isKnownCurrency } from '@holdfast/contract/currency-exponent';
import { Temporal } from 'temporal-polyfill';

/**
 * An amount as files write them: `1 234,56`, `1.234,56 €`, `(12.30)`, `12.30-`. Undefined where it is anything else: an amount is never guessed. More digits
 * than the currency has are only zeros, and what parts thousands parts threes.
 */
export function readCellAmount(cell: string, currency: string, decimal: '.' | ','): bigint | undefined {
  if (!isKnownCurrency(currency)) return undefined;
  let text = cell
    .normalize('NFKC')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/[−–]/g, '-')
    .trim();
  text = text.replace(/^([-+(]?)\s*(?:[A-Z]{3}|\p{Sc}|R\$|грн\.?)\s*/iu, '$1').replace(/\s*(?:[A-Z]{3}|\p{Sc}|грн\.?)(\)?-?)$/iu, '$1');
  const bracketed = /^\((.*)\)$/.exec(text);
  let negative = bracketed !== null;
  text = (bracketed?.[1] ?? text).trim();
  const signed = /^([-+]?)\s*(.*?)\s*(-?)$/.exec(text);
  if (!signed) return undefined;
  const [, before = '', body = '', after = ''] = signed;
  if (before && (after || bracketed)) return undefined;
  if (before === '-' || after === '-') negative = true;
  const thousands = decimal === '.' ? "[, ']" : "[. ']";
  const shape = new RegExp(`^(?:\\d+|\\d{1,3}(${thousands})\\d{3}(?:\\1\\d{3})*)?(?:\\${decimal}(\\d+))?$`).exec(body);
  if (!shape || !/\d/.test(body)) return undefined;
  const [whole = '', fraction = ''] = body.split(decimal);
  const exponent = currencyExponent(currency);
  if (/[^0]/.test(fraction.slice(exponent))) return undefined;
  const digits = `${whole.replace(/\D/g, '')}${fraction.slice(0, exponent).padEnd(exponent, '0')}`;
  if (digits.length > 18) return undefined;
  const amount = BigInt(digits || '0');
  return negative ? -amount : amount;
}

const months: Readonly<Record<string, number>> = {
  jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12,
  fev: 2, abr: 4, mai: 5, ago: 8, set: 9, out: 10, dez: 12,
  січ: 1, лют: 2, бер: 3, кві: 4, тра: 5, чер: 6, лип: 7, сер: 8, вер: 9, жов: 10, лис: 11, гру: 12,
}; // biome-ignore format: a table

/** A file writes the same days again and again, and reading one takes long in a zone. */
const read = new Map<string, Date | undefined>();
const MOST_READ = 5_000;

/** A moment as files write them, at the place unless it says its zone; a day alone is its noon, so that no zone makes another day of it. */
export function readCellDate(cell: string, order: 'ymd' | 'dmy' | 'mdy', timeZone: string): Date | undefined {
  const key = `${timeZone} ${order} ${cell}`;
  if (!read.has(key)) {
    if (read.size >= MOST_READ) read.clear();
    read.set(key, dateOf(cell, order, timeZone));
  }
  return read.get(key);
}

function dateOf(cell: string, order: 'ymd' | 'dmy' | 'mdy', timeZone: string): Date | undefined {
  const text = cell.trim();
  const zoned = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})$/i.exec(text);
  if (zoned) {
    const at = new Date(
      text
        .replace(' ', 'T')
        .replace(/\s*UTC$/i, 'Z')
        .replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
        .replace(/\s+/g, ''),
    );
    return Number.isNaN(at.getTime()) ? undefined : at;
  }
  const shape =
    /^(\d{1,4}|[\p{L}]+)[-./ ]+(\d{1,2}|[\p{L}]+)\.?[-./, ]+(\d{1,4})(?:[,T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?)?$/iu.exec(
      text,
    );
  if (!shape) return undefined;
  const [, one = '', two = '', three = '', hour, minute = '0', second = '0', half] = shape;
  const day = dayOf([one, two, three], order);
  if (!day) return undefined;
  let h = hour === undefined ? 12 : Number(hour);
  if (half) {
    if (h < 1 || h > 12) return undefined;
    h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  try {
    const at = Temporal.PlainDateTime.from({ ...day, hour: h, minute: Number(minute), second: Number(second) }, { overflow: 'reject' });
    return new Date(at.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return undefined;
  }
}

function dayOf([one, two, three]: readonly [string, string, string], order: 'ymd' | 'dmy' | 'mdy') {
  const named = (text: string) => months[text.slice(0, 3).toLowerCase()];
  const year = (text: string) => (text.length === 4 ? Number(text) : text.length === 2 ? 2000 + Number(text) : Number.NaN);
  const made = (y: string, m: string, d: string) => {
    const month = /^\d+$/.test(m) ? Number(m) : named(m);
    const all = { year: year(y), month: month ?? Number.NaN, day: Number(d) };
    return Object.values(all).every(Number.isInteger) ? all : undefined;
  };
  if (/^\d{4}$/.test(one)) return made(one, two, three);
  if (/\p{L}/u.test(one)) return made(three, one, two);
  if (/\p{L}/u.test(two)) return made(three, two, one);
  if (order === 'ymd') return made(one, two, three);
  return order === 'dmy' ? made(three, two, one) : made(three, one, two);
}
