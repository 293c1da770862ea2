import { safeHtml } from '../../sandbox-kit/hosted-page.ts';
import { type PageLanguage, pageWords } from '../../sandbox-kit/page-words.ts';
import { type AppWords, appWords } from './app-words.ts';
import type { AccountRow, CobRow } from './books.ts';
import { endOf } from './pay-cob.ts';
import { pixPages } from './pix-pages.ts';

export type Trouble = 'unreadable' | 'static' | 'unknown' | 'expired' | 'removed' | 'done';
/** What came of pressing the button without the money having gone. */
export const mishaps = ['refused', 'broken'] as const;
export type Mishap = (typeof mishaps)[number];

export interface Charge {
  readonly account: AccountRow;
  readonly row: CobRow;
}

/** Where a code is pasted, with what was wrong about the last one. */
export function pastePage(language: PageLanguage, code: string, trouble: Trouble | undefined): string {
  const say = appWords[language];
  const main = `<section class="card"><h1 class="title">${safeHtml(say.title)}</h1>
${trouble === undefined ? '' : `<p class="alert" role="alert">${safeHtml(say[trouble])}</p>`}
<form method="get" action="/app" class="fields">
<label for="code">${safeHtml(say.paste)}</label>
<textarea id="code" name="code" rows="5" required maxlength="2000" spellcheck="false" autocomplete="off" aria-describedby="hint">${safeHtml(code)}</textarea>
<small id="hint">${safeHtml(say.pasteHint)}</small>
<input type="hidden" name="lang" value="${language}"><button>${safeHtml(say.next)}</button></form></section>`;
  return pixPages.frame(say.title, main, language, 'narrow', code === '' ? {} : { code });
}

/** Who gets how much, and the banks to choose from. */
export function payPage(language: PageLanguage, code: string, { account, row }: Charge, mishap: Mishap | undefined): string {
  const say = appWords[language];
  const { toPay, pay, back } = pageWords[language];
  const price = safeHtml(priceOf(row, language));
  const choices = (['pays', 'refuses', 'never'] as const).map(
    (bank, at) =>
      `<label class="choice"><input type="radio" name="bank" value="${bank}"${at === 0 ? ' checked' : ''}><span>${safeHtml(say[bank])}<small>${safeHtml(say[`${bank}Hint`])}</small></span></label>`,
  );
  const main = `<section aria-label="${safeHtml(toPay)}"><h1 class="small">${safeHtml(toPay)}</h1>
<p class="sum">${price}</p>${details(say, account, row, language)}</section>
<section class="card" aria-label="${safeHtml(say.title)}">
${mishap === undefined ? '' : `<p class="alert" role="alert">${safeHtml(say[mishap])}</p>`}
<form method="post" action="/app?lang=${language}"><input type="hidden" name="code" value="${safeHtml(code)}">
<fieldset><legend>${safeHtml(say.choose)}</legend>
${choices.join('\n')}
</fieldset><div class="row"><button>${safeHtml(pay)} ${price}</button></div></form>
<a class="back" href="/app?lang=${language}">${safeHtml(back)}</a></section>`;
  return pixPages.frame(say.title, main, language, '', { code });
}

export function paidPage(language: PageLanguage, code: string, { account, row }: Charge): string {
  const say = appWords[language];
  const { paidTitle } = pageWords[language];
  const main = `<section class="card"><h1 class="title">${safeHtml(paidTitle)}</h1><p class="sum">${safeHtml(priceOf(row, language))}</p>
<p role="status">${safeHtml(say.paidText)}</p>
<dl><div><dt>${safeHtml(say.receiver)}</dt><dd>${safeHtml(account.receiverName)}</dd></div></dl>
<div class="row"><a class="button quiet" href="/app?lang=${language}">${safeHtml(say.another)}</a></div></section>`;
  return pixPages.frame(paidTitle, main, language, 'narrow', { code, result: 'paid' });
}

function details(say: AppWords, { receiverName, receiverCity, pixKey }: AccountRow, row: CobRow, language: PageLanguage): string {
  const { solicitacaoPagador, infoAdicionais = [] } = row.content;
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'America/Sao_Paulo' }).format(endOf(row));
  const facts = [
    [say.receiver, receiverName],
    [say.city, receiverCity],
    [say.key, pixKey],
    ...(solicitacaoPagador === undefined ? [] : [[say.message, solicitacaoPagador]]),
    ...infoAdicionais.map(({ nome, valor }) => [nome, valor]),
    [say.until, `${until} (São Paulo)`],
  ];
  return `<dl>${facts.map(([name = '', value = '']) => `<div><dt>${safeHtml(name)}</dt><dd>${safeHtml(value)}</dd></div>`).join('\n')}</dl>`;
}

function priceOf({ content }: CobRow, language: PageLanguage): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'BRL', currencyDisplay: 'narrowSymbol' }).format(
    content.valor.original as `${number}`,
  );
}
