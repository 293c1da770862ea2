import type { Stripe } from 'stripe';
import { formatAmount } from './amounts.ts';
import { inGroups } from './cards.ts';
import { script, style } from './page-style.ts';
import { type Language, languages, type Words, words } from './page-words.ts';
import { delayedMethod } from './pay-session.ts';
import type { SessionRow } from './work.ts';

export const problems = ['declined', 'insufficient_funds', 'bank_refused', 'unknown_card'] as const;
export type Problem = (typeof problems)[number];

const delayedChoice = 'delayed';

/** The page of an open session: what, how much, how long still, and a choice of how the payment should go. */
export function payPage(row: SessionRow, language: Language, secondsLeft: number, problem: Problem | undefined): string {
  const say = words[language];
  const { session } = row;
  const choices = [
    { value: '4242424242424242', text: say.pays, hint: inGroups('4242424242424242') },
    { value: '4000000000000002', text: say.declines, hint: inGroups('4000000000000002') },
    { value: '4000000000009995', text: say.poor, hint: inGroups('4000000000009995') },
    { value: '4000002500003155', text: say.asksBank, hint: inGroups('4000002500003155') },
    { value: '4000000000000259', text: say.disputes, hint: inGroups('4000000000000259') },
    ...(delayedMethod(session) === undefined ? [] : [{ value: delayedChoice, text: say.delayed, hint: say.delayedHint }]),
  ];
  return frame(
    say.title,
    language,
    '',
    `<section aria-label="${escaped(say.toPay)}">
${summary(row, language, 'h1')}
<p class="left soft">${escaped(say.timeLeft)}: <b role="timer" data-left="${secondsLeft}">${timeLeft(secondsLeft, say)}</b></p>
</section>
<section class="card" aria-label="${escaped(say.title)}">
${problem === undefined ? '' : `<p class="alert" role="alert">${escaped(say[problem])}</p>`}
<form method="post" action="/c/pay/${session.id}?lang=${language}">
<fieldset><legend>${escaped(say.choose)}</legend>
${choices.map((choice, at) => `<label class="choice"><input type="radio" name="card" value="${choice.value}"${at === 0 ? ' checked' : ''}><span>${escaped(choice.text)}<small>${escaped(choice.hint)}</small></span></label>`).join('\n')}
</fieldset>
<div class="row"><button>${escaped(say.pay)} ${escaped(amount(session, language))}</button></div>
</form>
${session.cancel_url === null ? '' : `<a class="back" href="${escaped(address(session.cancel_url, session))}">${escaped(say.back)}</a>`}
</section>`,
  );
}

/** The extra page of a card that needs 3-D Secure. */
export function bankPage(row: SessionRow, language: Language): string {
  const say = words[language];
  return frame(
    say.bankTitle,
    language,
    'narrow',
    `<section class="card">
<h1 class="title">${escaped(say.bankTitle)}</h1>
${summary(row, language, 'h2')}
<p><strong>${escaped(say.bankAsks)}</strong></p>
<form method="post" action="/c/pay/${row.session.id}/bank?lang=${language}" class="row">
<button name="answer" value="approve">${escaped(say.approve)}</button>
<button name="answer" value="refuse" class="quiet">${escaped(say.refuse)}</button>
</form>
</section>`,
  );
}

/** A session that cannot be paid any more, because it was paid or because its time is over. */
export function closedPage(session: Stripe.Checkout.Session, language: Language): string {
  const say = words[language];
  const paid = session.status === 'complete';
  const href = paid ? session.success_url : session.cancel_url;
  const text = paid ? (session.payment_status === 'paid' ? say.paidText : say.processingText) : say.expiredText;
  const title = paid ? (session.payment_status === 'paid' ? say.paidTitle : say.title) : say.expiredTitle;
  return notice(
    title,
    text,
    language,
    href === null ? '' : `<div class="row"><a class="button" href="${escaped(address(href, session))}">${escaped(say.goBack)}</a></div>`,
  );
}

export function unknownPage(language: Language): string {
  return notice(words[language].unknownTitle, words[language].unknownText, language, '');
}

/** Stripe puts the session's id where the merchant wrote the template. */
export function address(url: string, session: Stripe.Checkout.Session): string {
  return url.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

function notice(title: string, text: string, language: Language, more: string): string {
  return frame(title, language, 'narrow', `<section class="card"><h1 class="title">${escaped(title)}</h1><p>${escaped(text)}</p>${more}</section>`);
}

function summary({ session, lines }: SessionRow, language: Language, heading: 'h1' | 'h2'): string {
  const say = words[language];
  const list = lines.map((line) => {
    const name = `${escaped(line.description ?? '')}${line.quantity === 1 ? '' : ` <span class="soft">× ${line.quantity}</span>`}`;
    return `<li><span>${name}</span><span>${escaped(formatAmount(line.amount_total, line.currency, language))}</span></li>`;
  });
  return `<${heading} class="small">${escaped(say.toPay)}</${heading}>
<p class="sum">${escaped(amount(session, language))}</p>
<ul class="lines">${list.join('')}</ul>`;
}

function amount(session: Stripe.Checkout.Session, language: Language): string {
  return formatAmount(session.amount_total ?? 0, session.currency ?? 'eur', language);
}

function timeLeft(seconds: number, say: Words): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return escaped(say.lessThanAMinute);
  return minutes < 60 ? `${minutes} ${say.minutes}` : `${Math.floor(minutes / 60)} ${say.hours} ${minutes % 60} ${say.minutes}`;
}

function frame(title: string, language: Language, kind: string, main: string): string {
  const say = words[language];
  const links = languages.map(
    (one) => `<a href="?lang=${one}" lang="${one}" hreflang="${one}"${one === language ? ' aria-current="true"' : ''}>${words[one].itself}</a>`,
  );
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)} · ${escaped(say.sandbox)}</title><style>${style}</style></head>
<body><header class="tape">${escaped(say.sandbox)}</header>
<main class="${kind}">
${main}
</main>
<footer>${links.join('')}</footer><script>${script}</script></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
