import { type Language, languages, type Words, words } from './app-words.ts';
import type { AccountRow, CobRow } from './books.ts';
import { escaped, type Page } from './page-frame.ts';
import { endOf } from './pay-cob.ts';

export type Trouble = 'unreadable' | 'static' | 'unknown' | 'expired' | 'removed' | 'done';
/** What came of pressing the button without the money having gone. */
export const mishaps = ['refused', 'broken'] as const;
export type Mishap = (typeof mishaps)[number];

/** Where a code is pasted, with what was wrong about the last one. */
export function pastePage(language: Language, code: string, trouble: Trouble | undefined): Page {
  const say = words[language];
  return page(
    say.title,
    language,
    code,
    `<section class="card"><h1>${escaped(say.title)}</h1>
${trouble === undefined ? '' : `<p class="alert" role="alert">${escaped(say[trouble])}</p>`}
<form method="get" action="/app" class="fields">
<label for="code">${escaped(say.paste)}</label>
<textarea id="code" name="code" rows="5" required maxlength="2000" spellcheck="false" autocomplete="off" aria-describedby="hint">${escaped(code)}</textarea>
<small id="hint">${escaped(say.pasteHint)}</small>
<input type="hidden" name="lang" value="${language}"><button>${escaped(say.next)}</button></form></section>`,
  );
}

/** Who gets how much, and the banks to choose from. */
export function payPage(language: Language, code: string, charge: { account: AccountRow; row: CobRow }, mishap: Mishap | undefined): Page {
  const say = words[language];
  const { account, row } = charge;
  const price = priceOf(row, language);
  const choices = (['pays', 'refuses', 'never'] as const).map(
    (bank, at) =>
      `<label class="choice"><input type="radio" name="bank" value="${bank}"${at === 0 ? ' checked' : ''}><span>${escaped(say[bank])}<small>${escaped(say[`${bank}Hint`])}</small></span></label>`,
  );
  return page(
    say.title,
    language,
    code,
    `<section class="card" aria-label="${escaped(say.toPay)}"><h1>${escaped(say.toPay)}</h1>
<p class="sum">${escaped(price)}</p>${details(say, account, row, language)}</section>
<section class="card" aria-label="${escaped(say.title)}">
${mishap === undefined ? '' : `<p class="alert" role="alert">${escaped(say[mishap])}</p>`}
<form method="post" action="/app?lang=${language}"><input type="hidden" name="code" value="${escaped(code)}">
<fieldset><legend>${escaped(say.choose)}</legend>
${choices.join('\n')}
</fieldset><button>${escaped(`${say.pay} ${price}`)}</button></form>
<a class="back" href="/app?lang=${language}">${escaped(say.back)}</a></section>`,
  );
}

export function paidPage(language: Language, code: string, { account, row }: { account: AccountRow; row: CobRow }): Page {
  const say = words[language];
  return page(
    say.paidTitle,
    language,
    code,
    `<section class="card"><h1>${escaped(say.paidTitle)}</h1><p class="sum">${escaped(priceOf(row, language))}</p>
<p class="alert good" role="status">${escaped(say.paidText)}</p>
<dl><div><dt>${escaped(say.receiver)}</dt><dd>${escaped(account.receiverName)}</dd></div></dl>
<a class="button quiet" href="/app?lang=${language}">${escaped(say.another)}</a></section>`,
  );
}

function details(say: Words, { receiverName, receiverCity, pixKey }: AccountRow, row: CobRow, language: Language): string {
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
  return `<dl>${facts.map(([name = '', value = '']) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('\n')}</dl>`;
}

function priceOf({ content }: CobRow, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'BRL' }).format(content.valor.original as `${number}`);
}

function page(title: string, language: Language, code: string, main: string): Page {
  const rest = code === '' ? '' : `&code=${encodeURIComponent(code)}`;
  const footer = languages
    .map(
      (one) =>
        `<a href="/app?lang=${one}${escaped(rest)}" lang="${one}" hreflang="${one}"${one === language ? ' aria-current="true"' : ''}>${words[one].itself}</a>`,
    )
    .join('');
  return { language, title, tape: words[language].sandbox, main, footer };
}
