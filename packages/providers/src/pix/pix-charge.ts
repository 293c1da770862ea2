import { createHash } from 'node:crypto';
import { toDecimal } from '../kit/decimal-amount.ts';
import type { Credentials, OpenedPayment, Outcome, PaymentOrder } from '../payment-provider.ts';
import { foldedTo, readBrCode, writeBrCode } from './br-code.ts';
import type { Cob } from './wire.ts';

/** Under this name our reference stands among the details a charge carries. The payer's bank shows them, so it is one for people. */
const referenceName = 'Ref. Holdfast';

const mostMinor = 999_999_999_999n;
const longestText = 140;
const defaultSeconds = 86_400;

/** A charge as the bank is asked for it: `PUT /cob/{txid}`. */
export interface ChargeWish {
  readonly txid: string;
  readonly body: object;
}

/**
 * The name of a charge is made of the attempt's key, so that saying it again names the same one. Unique for the receiver, for ever; ours never collide with
 * those of other programs, which have no such keys.
 */
export function txidOf({ reference, idempotencyKey }: Pick<PaymentOrder, 'reference' | 'idempotencyKey'>): string {
  return hashed('charge', reference, idempotencyKey);
}

/** The name of a refund: the same refund, the same name. */
export function devolucaoIdOf({ reference, idempotencyKey }: { readonly reference: string; readonly idempotencyKey: string }): string {
  return hashed('refund', reference, idempotencyKey);
}

/** What to ask for, or why it cannot be asked. */
export function chargeWish(order: PaymentOrder, { pixKey = '' }: Credentials, now: Date): ChargeWish | { readonly refused: Outcome<never> } {
  const { amountMinor, currency, payableUntil, reference, lines } = order;
  if (currency !== 'BRL') return refused('currency_not_supported', `PIX takes reais, not ${currency}.`);
  if (amountMinor < 1n || amountMinor > mostMinor) return refused('amount_not_chargeable', 'PIX takes from R$ 0.01 up to R$ 9,999,999,999.99.');
  // from now and not from when the attempt was made: a repeat that arrives late must not live longer
  const seconds = Math.ceil((payableUntil.getTime() - now.getTime()) / 1000);
  if (seconds < 1) return refused('too_late', 'The time to pay this is over.');
  const text = plainText(lines.map((line) => line.text).join('; '));
  const body = {
    calendario: { expiracao: seconds },
    valor: { original: toDecimal(amountMinor, 'BRL') },
    chave: pixKey,
    ...(text === '' ? {} : { solicitacaoPagador: text }),
    infoAdicionais: [{ nome: referenceName, valor: reference }],
  };
  return { txid: txidOf(order), body };
}

/** The page of a charge that exists: ours, with its code. Undefined when the bank gives nothing that a code could be made of. */
export function pageOf(cob: Cob, { receiverName = '', receiverCity = '' }: Credentials, ownPageUrl: string): OpenedPayment | undefined {
  const code = codeOf(cob, receiverName, receiverCity);
  return code === undefined ? undefined : { providerPaymentId: cob.txid, pageUrl: ownPageUrl, closesAt: endOf(cob), page: { kind: 'code', code } };
}

/** A charge that has run out keeps its status at the bank: this is how it is told. */
export function endOf({ calendario: { criacao, expiracao } }: Cob): Date {
  return new Date(criacao.getTime() + (expiracao ?? defaultSeconds) * 1000);
}

export function referenceIn({ infoAdicionais }: Pick<Cob, 'infoAdicionais'>): string | undefined {
  return infoAdicionais?.find(({ nome }) => nome === referenceName)?.valor;
}

/** The bank's own code, if it is a good one; else one made of the charge's location. */
function codeOf({ pixCopiaECola, location, loc }: Cob, receiverName: string, receiverCity: string): string | undefined {
  if (pixCopiaECola && readBrCode(pixCopiaECola)) return pixCopiaECola;
  const place = (location || loc?.location || '').replace(/^https?:\/\//i, '');
  try {
    const names = { receiverName: foldedTo(25, receiverName), receiverCity: foldedTo(15, receiverCity) };
    return writeBrCode({ pay: { location: place }, ...names, txid: '***', oneTime: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Banks refuse texts with signs they do not know: letters of Western Europe are known everywhere. */
function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestText)
    .trim();
}

function hashed(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function refused(code: string, message: string): { readonly refused: Outcome<never> } {
  return { refused: { kind: 'declined', code, message } };
}
