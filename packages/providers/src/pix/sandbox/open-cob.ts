import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { type AccountRow, type CobContent, type CobRow, ownId } from './books.ts';
import { type changedCob, newCob, txidShape } from './cob-shapes.ts';
import { violates } from './problem.ts';
import type { Work } from './psp.ts';
import { readBody } from './read-shape.ts';
import { minorOf } from './valor.ts';

const DAY_SECONDS = 86_400;

/**
 * Makes a charge under a txid, the PSP's own where none is given. The same txid again is a change of a charge that is ATIVA, and refused of any
 * other, or always, where that is this PSP's habit.
 */
export function openCob(work: Work, account: AccountRow, txid: string | undefined, body: unknown): CobRow {
  const wish = readBody(newCob, body, { kind: 'CobOperacaoInvalida', prefix: 'cob' });
  if (txid !== undefined && !txidShape.test(txid))
    throw violates('CobOperacaoInvalida', 'txid', 'O txid deve ter de 26 a 35 letras e algarismos.', txid);
  const content: CobContent = {
    expiracao: wish.calendario.expiracao ?? DAY_SECONDS,
    status: 'ATIVA',
    valor: wish.valor,
    chave: wish.chave,
    devedor: wish.devedor,
    solicitacaoPagador: wish.solicitacaoPagador,
    infoAdicionais: wish.infoAdicionais,
  };
  mayBeAsked(account, content);
  const known = txid === undefined ? undefined : work.tx.get('cob', ownId(account.id, txid));
  mayUseLocation(work, account, wish.loc, known);
  if (known) {
    if (account.habits.refusesRepeatedTxid) throw violates('CobOperacaoInvalida', 'txid', 'Este txid já foi usado por este recebedor.', txid);
    if (known.content.status !== 'ATIVA') throw notActive(known);
    return revise(work, known, content);
  }
  return make(work, account, txid ?? randomBytes(16).toString('hex'), content);
}

/** Puts a new content in the place of the old one; the same content again is no revision. */
export function revise({ tx }: Work, row: CobRow, content: CobContent): CobRow {
  if (JSON.stringify(content) === JSON.stringify(row.content)) return row;
  const revised: CobRow = { ...row, content, earlier: [...row.earlier, row.content] };
  tx.put('cob', ownId(row.account, row.txid), revised);
  return revised;
}

/** What the spec forbids of a charge beyond its shape. */
export function mayBeAsked(account: AccountRow, { valor, chave }: CobContent): void {
  if (minorOf(valor.original) === 0n)
    throw violates('CobOperacaoInvalida', 'cob.valor.original', 'O valor da cobrança não pode ser zero.', valor.original);
  if (chave !== account.pixKey) throw violates('CobOperacaoInvalida', 'cob.chave', 'Esta chave não pertence a este recebedor.', chave);
}

/** Every location of this PSP is made with its charge, so it can be named only by that charge. */
export function mayUseLocation({ tx }: Work, account: AccountRow, loc: z.output<typeof changedCob>['loc'], known: CobRow | undefined): void {
  if (loc === undefined || loc.id === known?.loc.id) return;
  const taken = tx.list('cob').some((row) => row.account === account.id && row.loc.id === loc.id);
  throw violates(
    'CobOperacaoInvalida',
    'cob.loc.id',
    taken ? 'Esta location já está em uso por outra cobrança.' : 'Esta location não existe.',
    loc.id,
  );
}

export function notActive({ txid, content }: CobRow) {
  return violates('CobOperacaoInvalida', 'cob.status', `A cobrança ${txid} não está ATIVA e não pode ser alterada.`, content.status);
}

function make({ tx, now, pagesHost }: Work, account: AccountRow, txid: string, content: CobContent): CobRow {
  const token = randomBytes(16).toString('hex');
  const criacao = now.toISOString();
  const loc = { id: tx.list('location').length + 1, location: `${pagesHost}/qr/v2/${token}`, criacao };
  const row: CobRow = { account: account.id, txid, criacao, loc, content, earlier: [] };
  tx.put('cob', ownId(account.id, txid), row);
  tx.put('location', token, { account: account.id, txid });
  return row;
}
