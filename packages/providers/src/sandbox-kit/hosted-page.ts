import type { FastifyReply } from 'fastify';
import { type PageColours, pagePolicy, pageScript, pageStyle } from './page-look.ts';
import { type PageLanguage, type PageWords, pageLanguages, pageWords } from './page-words.ts';

/** A page to pay on: what, how much, how long still, and a choice of how the payment should go. Amounts come as people write them. */
export interface PayPage {
  readonly total: string;
  readonly lines: readonly { readonly text: string; readonly amount: string }[];
  readonly secondsLeft?: number | undefined;
  /** Where the form goes; its field `choice` is one of `choices`. */
  readonly action: string;
  readonly choices: readonly { readonly value: string; readonly text: string; readonly hint?: string }[];
  /** Said above the choices, as an alert. */
  readonly problem?: string | undefined;
  readonly backHref?: string | undefined;
  /** What the address carries on into another language. */
  readonly keep?: Readonly<Record<string, string>> | undefined;
}

/** A page that only says something. */
export interface NoticePage {
  readonly title: string;
  readonly text: string;
  readonly backHref?: string | undefined;
  readonly keep?: PayPage['keep'];
}

/** The pages of one provider's sandbox. Plain forms: they also work without JavaScript. */
export interface HostedPages {
  pay(page: PayPage, language: PageLanguage): string;
  notice(page: NoticePage, language: PageLanguage): string;
  /** Any other page of it: `main` is HTML that is safe already, `keep` as of the others. */
  frame(title: string, main: string, language: PageLanguage, kind?: 'narrow' | '', keep?: PayPage['keep']): string;
  /** Where a merchant finds the keys: English only. */
  developers(main: string): string;
  send(reply: FastifyReply, html: string, status?: number): FastifyReply;
}

/** @param provider as people know it: "MonoBank" */
export function hostedPages(provider: string, colours: PageColours): HostedPages {
  const style = pageStyle(colours);
  const policy = pagePolicy(style);
  const whole = (title: string, main: string, language: PageLanguage, kind: 'narrow' | '', footer: string) => {
    const tape = safeHtml(pageWords[language].sandbox.replace('{provider}', provider));
    return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${safeHtml(title)} · ${tape}</title><style>${style}</style></head>
<body><header class="tape">${tape}</header>
<main class="${kind}">
${main}
</main>
${footer}<script>${pageScript}</script></body></html>`;
  };
  const frame: HostedPages['frame'] = (title, main, language, kind = '', keep = {}) => {
    const address = (lang: string) => safeHtml(`?${new URLSearchParams({ ...keep, lang })}`);
    const links = pageLanguages.map(
      (one) =>
        `<a href="${address(one)}" lang="${one}" hreflang="${one}"${one === language ? ' aria-current="true"' : ''}>${pageWords[one].itself}</a>`,
    );
    return whole(title, main, language, kind, `<footer>${links.join('')}</footer>`);
  };
  return {
    frame,
    developers: (main) => whole('Developers', `<h1 class="title">Developers</h1>\n${main}`, 'en', 'narrow', ''),
    pay: (page, language) => frame(pageWords[language].title, payForm(page, pageWords[language]), language, '', page.keep),
    notice: ({ title, text, backHref, keep }, language) => {
      const back =
        backHref === undefined
          ? ''
          : `<div class="row"><a class="button" href="${safeHtml(backHref)}">${safeHtml(pageWords[language].goBack)}</a></div>`;
      return frame(
        title,
        `<section class="card"><h1 class="title">${safeHtml(title)}</h1><p>${safeHtml(text)}</p>${back}</section>`,
        language,
        'narrow',
        keep,
      );
    },
    send: (reply, html, status = 200) =>
      reply
        .code(status)
        .headers({
          'content-security-policy': policy,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        })
        .type('text/html; charset=utf-8')
        .send(html),
  };
}

export function safeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function payForm({ total, lines, secondsLeft, action, choices, problem, backHref }: PayPage, say: PageWords): string {
  const rows = lines.map(({ text, amount }) => `<li><span>${safeHtml(text)}</span><span>${safeHtml(amount)}</span></li>`);
  const left =
    secondsLeft === undefined
      ? ''
      : `<p class="left soft">${safeHtml(say.timeLeft)}: <b role="timer" data-left="${secondsLeft}">${timeLeft(secondsLeft, say)}</b></p>`;
  const radios = choices.map(({ value, text, hint }, at) => {
    const small = hint === undefined ? '' : `<small>${safeHtml(hint)}</small>`;
    return `<label class="choice"><input type="radio" name="choice" value="${safeHtml(value)}"${at === 0 ? ' checked' : ''}><span>${safeHtml(text)}${small}</span></label>`;
  });
  return `<section aria-label="${safeHtml(say.toPay)}">
<h1 class="small">${safeHtml(say.toPay)}</h1>
<p class="sum">${safeHtml(total)}</p>
<ul class="lines">${rows.join('')}</ul>
${left}
</section>
<section class="card" aria-label="${safeHtml(say.title)}">
${problem === undefined ? '' : `<p class="alert" role="alert">${safeHtml(problem)}</p>`}
<form method="post" action="${safeHtml(action)}">
<fieldset><legend>${safeHtml(say.choose)}</legend>
${radios.join('\n')}
</fieldset>
<div class="row"><button>${safeHtml(say.pay)} ${safeHtml(total)}</button></div>
</form>
${backHref === undefined ? '' : `<a class="back" href="${safeHtml(backHref)}">${safeHtml(say.back)}</a>`}
</section>`;
}

function timeLeft(seconds: number, say: PageWords): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return safeHtml(say.lessThanAMinute);
  return minutes < 60 ? `${minutes} ${say.minutes}` : `${Math.floor(minutes / 60)} ${say.hours} ${minutes % 60} ${say.minutes}`;
}
