import type { Outcome, PaymentKey } from '../payment-provider.ts';
import type { Bank } from './bank.ts';
import { referenceIn } from './pix-charge.ts';
import { type Cob, cobShape, cobsShape, txidShape } from './wire.ts';

const clockDifferenceMs = 2 * 60_000;
const longestListing = 500;

/** The charge of this name, with what was paid and given back; `undefined` = the bank has none. */
export async function readCob(bank: Bank, txid: string): Promise<Outcome<Cob | undefined>> {
  // what is no name of a charge is not asked for: it would be another address of the bank's
  if (!txidShape.safeParse(txid).success) return { kind: 'done', value: undefined };
  const found = await bank.ask({ method: 'GET', path: `/cob/${txid}` }, cobShape);
  return found.kind === 'missing' ? { kind: 'done', value: undefined } : found;
}

/**
 * Charges can only be listed by when they were made, and the details they carry looked at. Should there be several with our reference (made under several
 * keys), the one with money in it matters most, then the one that can still be paid.
 */
export async function txidByReference(
  bank: Bank,
  { reference, createdAt, payableUntil }: Pick<PaymentKey, 'reference' | 'createdAt' | 'payableUntil'>,
  now: Date,
): Promise<Outcome<string | undefined>> {
  const from = createdAt.getTime() - clockDifferenceMs;
  // nothing is made once its time is over
  const to = Math.max(Math.min(now.getTime(), payableUntil.getTime()), createdAt.getTime()) + clockDifferenceMs;
  let best: { readonly txid: string; readonly rank: number } | undefined;
  for (let page = 0; page < longestListing; page++) {
    const listed = await bank.ask({ method: 'GET', path: `/cob?${listingOf(from, to, page)}` }, cobsShape);
    if (listed.kind === 'missing') return { ...listed, kind: 'declined' };
    if (listed.kind !== 'done') return listed;
    const { parametros, cobs } = listed.value;
    for (const row of cobs) {
      const rank = row.status === 'CONCLUIDA' ? 2 : row.status === 'ATIVA' ? 1 : 0;
      if (referenceIn(row) === reference && (!best || rank > best.rank)) best = { txid: row.txid, rank };
    }
    if (page + 1 >= parametros.paginacao.quantidadeDePaginas) return { kind: 'done', value: best?.txid };
  }
  return { kind: 'unknown', message: 'PIX: more charges in this time than can be looked through' };
}

/** May this program look at charges? Asks for those of the last minute and changes nothing. */
export async function mayList(bank: Bank, now: Date): Promise<Outcome<undefined>> {
  const listed = await bank.ask({ method: 'GET', path: `/cob?${listingOf(now.getTime() - 60_000, now.getTime(), 0)}` }, cobsShape);
  if (listed.kind === 'missing') return { ...listed, kind: 'declined' };
  return listed.kind === 'done' ? { kind: 'done', value: undefined } : listed;
}

function listingOf(from: number, to: number, page: number): URLSearchParams {
  const at = (moment: number) => new Date(moment).toISOString();
  return new URLSearchParams({ inicio: at(from), fim: at(to), 'paginacao.paginaAtual': String(page), 'paginacao.itensPorPagina': '100' });
}
