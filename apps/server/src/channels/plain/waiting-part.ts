import type { TextKey, Words } from '@holdfast/contract/client-words';
import type { LocationPage } from '@holdfast/contract/location-page';
import { linesOfWish, priceOfOffer, sentencesOf, wayBack } from '@holdfast/contract/say-waiting';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { escapeHtml } from '../page-shell.ts';

/** The page of somebody who waits, without a script: how it stands, and a form for everything that may be done. `trouble`: what has just not worked. */
export function waitingPart(entry: WaitingEntry, page: LocationPage, words: Words, trouble?: string): string {
  const { say, when } = words;
  const { status, offer, ahead } = entry;
  const text = (key: TextKey, facts?: Record<string, string | number>) => escapeHtml(say(key, facts));
  const link = (href: string, label: string, kind = 'button-quiet') =>
    `<a class="button ${kind}" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
  const live = status === 'waiting' || status === 'offered';
  const lines = offer && entry.day ? [when(offer.startsAt), say('card.with', { staff: offer.staffName })] : [];
  const price = priceOfOffer(entry, words);
  return `<section class="scene">
<h1>${text(`waiting.title.${status}`, { number: (ahead?.parties ?? 0) + 1 })}</h1>
${sentencesOf(entry, page, words)
  .map((one) => `<p class="lead">${escapeHtml(one)}</p>`)
  .join('\n')}
${trouble ? `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(trouble)}</strong></div></div>` : ''}
<div class="scene-tools">
${entry.booking ? link(entry.booking.url, say('waiting.open_booking'), 'button-main') : ''}
${live ? link(`/waiting/${entry.token}`, say('waiting.look_again')) : ''}
${status === 'lapsed' || status === 'withdrawn' ? link(wayBack(entry), say('waiting.again'), 'button-main') : ''}
${status === 'over' ? link(wayBack({ ...entry, event: null, day: null }), say('waiting.others'), 'button-main') : ''}
</div>
</section>
<article class="card"><h2>${text(offer ? 'waiting.offered' : 'waiting.for')}</h2>
${[...linesOfWish(entry, words), ...lines].map((one) => `<p><bdi>${escapeHtml(one)}</bdi></p>`).join('\n')}
${price ? `<p><strong>${escapeHtml(price)}</strong></p>` : ''}
${status === 'offered' ? taking(entry, page, words) : ''}
</article>
${status === 'offered' ? askedOnce(entry, 'pass', words) : ''}
${live ? askedOnce(entry, 'leave', words) : ''}`;
}

function taking({ token, offer, location }: WaitingEntry, page: LocationPage, { say, money }: Words): string {
  const phone = { phone: location.phone };
  const quote = offer?.quote;
  if (!quote) return `<p>${escapeHtml(say('waiting.cannot', phone))}</p>`;
  const box = (name: string, label: string, type = 'checkbox', value = 'yes', checked = false) =>
    `<label class="check"><input type="${type}" name="${name}" value="${value}"${checked ? ' checked' : ''}><span>${escapeHtml(label)}</span></label>`;
  const hidden = (name: string, value: string | number) => `<input type="hidden" name="${name}" value="${escapeHtml(String(value))}">`;
  const use = quote.appointments[0]?.services[0]?.membership ?? 'payment';
  const { privacy } = page.widget;
  return `<form class="form" method="post" action="/waiting/${token}/take">
${hidden('quote', quote.quoteId)}${hidden('termsVersion', offer.termsVersion)}${hidden('consentVersion', offer.consentVersion)}
${use === 'members' ? hidden('by', 'membership') : ''}
${use === 'either' ? box('by', say('waiting.by_money', { amount: money(quote.priceMinMinor) }), 'radio', 'money', true) + box('by', say('waiting.by_membership'), 'radio', 'membership') : ''}
${quote.availableMinor > 0 ? box('pay', say('waiting.pay_now', { amount: money(quote.availableMinor) })) : ''}
${offer.agreed ? `<p>${escapeHtml(say('waiting.agreed'))}</p>${hidden('terms', 'yes')}${hidden('privacy', 'yes')}` : box('terms', say('details.terms', { salon: page.chain.name }))}
${!offer.agreed && privacy ? box('privacy', say('details.privacy')) : ''}
<details class="disclosure"><summary>${escapeHtml(say('details.read_terms'))}</summary><p class="disclosure-body as-written">${escapeHtml([page.location.terms.text, privacy ?? ''].join('\n\n').trim())}</p></details>
<button class="button button-main" type="submit">${escapeHtml(quote.requiredMinor > 0 ? say('waiting.take_pay', { amount: money(quote.requiredMinor) }) : say('waiting.take'))}</button>
</form>`;
}

/** What cannot be undone is asked once more, by having to be opened first. */
function askedOnce({ token }: WaitingEntry, deed: 'pass' | 'leave', { say }: Words): string {
  return `<details class="disclosure"><summary>${escapeHtml(say(`waiting.${deed}`))}</summary>
<form class="disclosure-body" method="post" action="/waiting/${token}/${deed}"><p>${escapeHtml(say(`waiting.${deed}_text`))}</p>
<button class="button button-bad" type="submit">${escapeHtml(say(`waiting.${deed}_confirm`))}</button></form></details>`;
}
