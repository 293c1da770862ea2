import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pageLanguage } from '../../sandbox-kit/page-words.ts';
import { type Mishap, mishaps, paidPage, pastePage, payPage, type Trouble } from './app-page.ts';
import type { CobRow } from './books.ts';
import { readBrCode } from './br-code.ts';
import { isPayable, payCob } from './pay-cob.ts';
import { pixPages } from './pix-pages.ts';
import type { Psp } from './psp.ts';

/** The payer's bank: paste or open a code, see who gets how much, pay or not. */
export function appRoutes(app: FastifyInstance, psp: Psp): void {
  app.get('/', (_request, reply) => reply.redirect('/app', 303));

  app.get('/app', (request, reply) => {
    const query = queryOf(request);
    const language = languageOf(request);
    const code = query.get('code') ?? '';
    if (code === '') return pixPages.send(reply, pastePage(language, '', undefined));
    const found = chargeOf(psp, code);
    if (typeof found === 'string') return pixPages.send(reply, pastePage(language, code, found));
    const charge = { account: psp.account(found.account), row: found };
    const result = query.get('result');
    if (result === 'paid' && psp.pixOf(found)) return pixPages.send(reply, paidPage(language, code, charge));
    const trouble = troubleOf(found, psp.now());
    if (trouble) return pixPages.send(reply, pastePage(language, code, trouble));
    const mishap = mishaps.find((one) => one === result);
    return pixPages.send(reply, payPage(language, code, charge, mishap));
  });

  // Each answer is a redirect, so that reloading the page never pays.
  app.post('/app', (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const code = form.get('code') ?? '';
    const found = chargeOf(psp, code);
    const result = typeof found === 'string' ? '' : press(psp, found, form.get('bank'));
    return reply.redirect(`/app?${new URLSearchParams({ lang: languageOf(request), code, ...(result === '' ? {} : { result }) })}`, 303);
  });
}

function press(psp: Psp, row: CobRow, bank: string | null): 'paid' | Mishap | '' {
  if (!isPayable(row, psp.now())) return '';
  if (bank === 'refuses') return 'refused';
  if (bank !== 'pays') return 'broken';
  return psp.deed((work) => payCob(work, psp.account(row.account), row)) === 'captured' ? 'paid' : '';
}

function chargeOf(psp: Psp, pasted: string): CobRow | Trouble {
  const code = readBrCode(pasted);
  return code.kind === 'dynamic' ? (psp.cobAt(code.location) ?? 'unknown') : code.kind;
}

function troubleOf(row: CobRow, now: Date): Trouble | undefined {
  if (isPayable(row, now)) return undefined;
  if (row.content.status === 'ATIVA') return 'expired';
  return row.content.status === 'CONCLUIDA' ? 'done' : 'removed';
}

function languageOf(request: FastifyRequest) {
  return pageLanguage(queryOf(request).get('lang') ?? undefined, undefined, request.headers['accept-language']);
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1] ?? '');
}
