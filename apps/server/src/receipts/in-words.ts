import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { IssuedReceipt } from './read-receipts.ts';
import { type ReceiptWords, receiptWords } from './receipt-words.ts';

/** A document in the words it is shown in, on a page and on paper alike. */
export interface WordedReceipt {
  readonly words: ReceiptWords;
  readonly title: string;
  readonly issuer: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly about: string;
  readonly lines: readonly { readonly name: string; readonly tax: string; readonly amount: string }[];
  readonly taxes: readonly { readonly rate: string; readonly net: string; readonly tax: string; readonly gross: string }[];
  readonly total: readonly [label: string, amount: string];
  readonly footer: string;
}

/** Nobody's name is longer on paper. */
const LONGEST_NAME = 160;

export function inWords(receipt: IssuedReceipt): WordedReceipt {
  const { content, kind, currency } = receipt;
  const words = receiptWords(receipt.language);
  const digits = currencyExponent(currency);
  const format = new Intl.NumberFormat(words.locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
  const money = (minor: number) => format.format(minor / 10 ** digits);
  const percent = (basisPoints: number) =>
    new Intl.NumberFormat(words.locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
  const { timeZone } = content.location;
  const when = (at: string) => new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(at));
  const day = (at: string) => new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone }).format(new Date(at));
  const { company, location } = content;
  const how = { cash: words.cash, card: words.card, account: words.onAccount, online: words.online }[content.paidBy] ?? providerName(content.paidBy);
  const name = receipt.erased ? words.erased : short(receipt.clientName ?? '');
  const back = kind === 'credit_note';
  return {
    words,
    title: `${words[kind]} ${receipt.name}`,
    issuer: [
      ...(company
        ? [
            company.legalName,
            company.legalAddress,
            company.registrationNumber && `${words.registration}: ${company.registrationNumber}`,
            company.taxNumber && `${words.taxNumber}: ${company.taxNumber}`,
          ]
        : []),
      [location.name, location.address].filter(Boolean).join(', '),
      location.phone,
    ].filter(Boolean),
    facts: [
      [words.number, receipt.name],
      [words.date, when(receipt.happenedAt)],
      ...(name ? [[words.client, name] as const] : []),
      ...(content.of
        ? [
            [
              '',
              (receipt.kind === 'receipt' ? words.instead : words.of)
                .replace('{name}', content.of.name)
                .replace('{when}', day(content.of.happenedAt)),
            ] as const,
          ]
        : []),
    ],
    about: words[content.for].replace('{when}', content.visitAt ? when(content.visitAt) : ''),
    lines: content.lines.map((line) => ({
      name: short(line.name),
      tax: line.tax ? `${line.tax.name} ${percent(line.tax.basisPoints)}` : '',
      amount: money(line.amountMinor),
    })),
    taxes: content.taxes.map((one) => ({
      rate: `${one.name} ${percent(one.basisPoints)}`,
      net: money(one.netMinor),
      tax: money(one.taxMinor),
      gross: money(one.grossMinor),
    })),
    total: [`${back ? words.paidBack : words.total} · ${back ? words.givenBackBy : words.paidBy}: ${how}`, money(receipt.amountMinor)],
    footer: content.footer,
  };
}

function providerName(id: string): string {
  return { stripe: 'Stripe', viva: 'Viva', mono: 'monobank', liqpay: 'LiqPay', pix: 'PIX' }[id] ?? id;
}

function short(text: string): string {
  const plain = text.replaceAll(/\p{Cc}/gu, ' ');
  return plain.length <= LONGEST_NAME ? plain : `${plain.slice(0, LONGEST_NAME - 1)}…`;
}
