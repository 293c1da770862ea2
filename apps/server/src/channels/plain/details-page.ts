import type { Quote } from '@holdfast/contract/booking';
import type { TextKey } from '@holdfast/contract/client-words';
import type { MembershipUse } from '@holdfast/contract/membership-use';
import { escapeHtml } from '../page-shell.ts';
import { queryOf } from './choices.ts';
import type { Asked } from './choose-pages.ts';
import { consents, contactFields } from './contact-fields.ts';

export type Field = 'name' | 'phone' | 'email' | 'comment' | 'terms' | 'privacy';

/** What has been typed, and what is wrong with it. */
export interface Typed {
  readonly values: Readonly<Partial<Record<Field | 'termsVersion' | 'consentVersion', string>>>;
  readonly payServiceIds: readonly string[];
  /** They want to use a membership, or have to. */
  readonly byMembership: boolean;
  readonly faults: Readonly<Partial<Record<Field, TextKey>>>;
}
export const nothingTyped: Typed = { values: {}, payServiceIds: [], byMembership: false, faults: {} };

/** Who is coming, what is to be paid, and the terms: one form, because without a script every page is a journey. `draft` is signed. */
export function detailsPart(asked: Asked, quote: Quote, draft: string, typed: Typed, trouble: string | undefined): string {
  const { page, words, choices } = asked;
  const { say, money, moneyRange, when } = words;
  const [visit] = quote.appointments;
  if (!visit) return '';
  const use = useOf(visit);
  // what is for members is never paid for here
  const prepaid = visit.services.filter(({ membership }) => membership !== 'members');
  const requiredMinor = prepaid.reduce((sum, { policy, prepayMinor }) => sum + (policy.status === 'required' ? prepayMinor : 0), 0);
  const asksToPay = prepaid.some(({ policy }) => policy.status !== 'not_available');
  const lines = visit.services.map((one) => {
    const { status } = one.policy;
    if (one.membership === 'members')
      return `<div class="pay-line"><span class="choice-body"><span class="choice-name">${escapeHtml(one.name)}</span><span class="choice-facts"><span class="mark mark-membership">${escapeHtml(say('mark.members'))}</span></span></span></div>`;
    if (status !== 'available') {
      const said = status === 'required' ? say('why.service_required') : say('payment.at_the_salon');
      return `<div class="pay-line"><span class="choice-body"><span class="choice-name">${escapeHtml(one.name)}</span>${asksToPay ? `<span class="choice-text">${escapeHtml(said)}</span>` : ''}</span>
<span class="choice-price">${escapeHtml(status === 'required' ? money(one.prepayMinor) : moneyRange(one.priceMinMinor, one.priceMaxMinor))}</span></div>`;
    }
    const ticked = typed.payServiceIds.includes(one.serviceId);
    return `<label class="choice"><input type="checkbox" class="choice-input" name="pay" value="${escapeHtml(one.serviceId)}"${ticked ? ' checked' : ''}><span class="tick" aria-hidden="true"></span>
<span class="choice-body"><span class="choice-name">${escapeHtml(one.name)}</span><span class="choice-text">${escapeHtml(say('why.available'))}</span></span><span class="choice-price">${escapeHtml(money(one.prepayMinor))}</span></label>`;
  });
  const company = page.location.company;
  return `<h1>${escapeHtml(say('details.title'))}</h1>
${trouble ? `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(trouble)}</strong></div></div>` : ''}
${
  choices.event
    ? placesCard(visit, asked)
    : `<article class="card"><h2>${escapeHtml([when(visit.startsAt), visit.staffName].filter(Boolean).join(' · '))}</h2>
<p class="way"><a href="${escapeHtml(queryOf({ ...choices, startsAt: null }))}">${escapeHtml(say('hold.other_time'))}</a></p></article>`
}
<form method="post" action="${escapeHtml(queryOf(choices))}" class="form">
<input type="hidden" name="draft" value="${escapeHtml(draft)}">
${contactFields(asked, typed)}
${use === 'members' ? '<input type="hidden" name="by" value="membership">' : ''}
${use === 'either' ? wayToPay(words, typed.byMembership) : ''}
<div class="group"><h2>${escapeHtml(say(requiredMinor > 0 ? 'payment.title_required' : asksToPay ? 'payment.title_available' : prepaid.length > 0 ? 'card.price' : 'membership.title_needed'))}</h2>
${lines.join('\n')}
${requiredMinor > 0 ? `<p class="pay-total"><span>${escapeHtml(say('payment.now'))}</span><strong>${escapeHtml(money(requiredMinor))}</strong></p><p class="deadline">${escapeHtml(say('payment.deadline_required'))}</p>` : ''}
${company && asksToPay ? `<p class="muted">${escapeHtml(say('company.title'))}: ${escapeHtml([company.legalName, company.registrationNumber, company.legalAddress].join(' · '))}</p>` : ''}</div>
${consents(asked, typed)}
<button class="button button-main" type="submit">${escapeHtml(say(use !== 'payment' ? 'bar.continue' : requiredMinor > 0 ? 'bar.proceed_to_payment' : 'bar.book'))}</button>
</form>`;
}

function useOf({ services }: Quote['appointments'][number]): MembershipUse {
  const uses = services.map(({ membership }) => membership);
  return (['members', 'either'] as const).find((one) => uses.includes(one)) ?? 'payment';
}

/** With a membership or without: who says nothing has none. */
function wayToPay({ say }: Asked['words'], byMembership: boolean): string {
  const way = (value: string, key: TextKey, on: boolean) =>
    `<label class="choice"><input type="radio" class="choice-input" name="by" value="${value}"${on ? ' checked' : ''}><span class="tick" aria-hidden="true"></span>
<span class="choice-body"><span class="choice-name">${escapeHtml(say(key))}</span></span></label>`;
  return `<fieldset class="group"><legend><h2>${escapeHtml(say('membership.question'))}</h2></legend><p class="muted">${escapeHtml(say('membership.question_text'))}</p>
${way('money', 'membership.use_none', !byMembership)}
${way('membership', 'membership.use_one', byMembership)}</fieldset>`;
}

/** Which event, how many places, and what all of them cost. */
function placesCard(visit: Quote['appointments'][number], { words: { say, when, time, moneyRange }, choices }: Asked): string {
  const link = (to: Partial<Asked['choices']>, label: 'summary.change' | 'event.title') =>
    `<a href="${escapeHtml(queryOf({ ...choices, ...to }))}">${escapeHtml(say(label))}</a>`;
  const price = moneyRange(visit.priceMinMinor, visit.priceMaxMinor);
  return `<article class="card"><h2>${escapeHtml(visit.services.map(({ name }) => name).join(', '))}</h2>
<p class="card-with"><bdi>${escapeHtml(`${when(visit.startsAt)} – ${time(visit.endsAt)}`)}</bdi>${visit.staffName ? ` · ${escapeHtml(visit.staffName)}` : ''}</p>
<p><strong>${escapeHtml(say('event.count', { count: visit.places }))} · ${escapeHtml(price)}</strong></p>
<p class="way">${link({ places: null }, 'summary.change')} ${link({ event: '', places: null }, 'event.title')}</p></article>`;
}
