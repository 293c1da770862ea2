import type { Quote } from '@holdfast/contract/booking';
import type { TextKey } from '@holdfast/contract/client-words';
import type { MembershipCover, MembershipsOnSale } from '@holdfast/contract/memberships';
import { lastDay, visitsLeft } from '@holdfast/contract/say-membership';
import { escapeHtml } from '../page-shell.ts';
import type { Asked } from './choose-pages.ts';
import type { Typed } from './details-page.ts';
import { onSalePart } from './membership-parts.ts';

export interface CoverStands {
  readonly quote: Quote;
  readonly cover: MembershipCover;
  /** Undefined: everything is covered. */
  readonly sale: MembershipsOnSale | undefined;
  readonly typed: Typed;
  readonly action: string;
  readonly trouble: TextKey | undefined;
}

/** What the memberships of a confirmed phone cover of the visit; what can be bought for the rest; and the way on. */
export function coverPart({ page, words }: Asked, { quote, cover, sale, typed, action, trouble }: CoverStands): string {
  const { say, money, when } = words;
  const services = quote.appointments.flatMap((one) => one.services);
  const text = (key: TextKey, facts?: Record<string, string | number>) => escapeHtml(say(key, facts));
  const coverOf = (id: string) => cover.services.find(({ serviceId }) => serviceId === id);
  const left = services.filter(({ serviceId }) => !coverOf(serviceId)?.membership);
  const needed = left.filter(({ membership }) => membership === 'members');
  const dueMinor = left
    .filter(({ serviceId, policy }) => policy.status === 'required' || (policy.status === 'available' && typed.payServiceIds.includes(serviceId)))
    .reduce((sum, { prepayMinor }) => sum + prepayMinor, 0);
  const [visit] = quote.appointments;
  const lines = services.map(({ serviceId, name, membership: use }) => {
    const { membership, reason } = coverOf(serviceId) ?? {};
    if (membership) {
      const until = membership.endsAt && say('membership.until', { day: lastDay(words, membership.endsAt) });
      return line(name, [
        say('membership.covered_by', { name: membership.name }),
        [visitsLeft(words, membership), until].filter(Boolean).join(' · '),
      ]);
    }
    if (use === 'payment') return line(name, []);
    return line(name, [say(`membership.not.${reason ?? 'none'}`), ...(use === 'either' ? [say('membership.pay_instead')] : [])]);
  });
  const mayPay = needed.length === 0 && services.some(({ serviceId, membership }) => membership === 'either' && coverOf(serviceId)?.membership);
  const other = needed.some(({ serviceId }) => (coverOf(serviceId)?.reason ?? 'none') !== 'none');
  return `<h1>${text(needed.length > 0 ? 'membership.title_needed' : 'membership.title')}</h1>
${trouble ? `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${text(trouble)}</strong></div></div>` : ''}
${needed.length > 0 ? `<div class="notice"><div class="notice-body">${text(other ? 'membership.needed_other' : 'membership.needed')}</div></div>` : ''}
<div class="group"><h2><bdi>${escapeHtml([when(visit?.startsAt ?? ''), visit?.staffName].filter(Boolean).join(' · '))}</bdi></h2>
${lines.join('\n')}
${dueMinor > 0 && needed.length === 0 ? `<p class="pay-total"><span>${text('payment.now')}</span><strong>${escapeHtml(money(dueMinor))}</strong></p>` : ''}</div>
<form method="post" action="${escapeHtml(action)}" class="form memberships">
${cover.services.map(({ serviceId, membership }) => (membership ? `<input type="hidden" name="cover" value="${escapeHtml(serviceId)}">` : '')).join('')}
${needed.length > 0 ? '' : `<button class="button button-main" type="submit" name="do" value="book">${text(dueMinor > 0 ? 'bar.proceed_to_payment' : 'bar.book')}</button>`}
${mayPay ? `<button class="button button-quiet" type="submit" name="do" value="pay">${text('membership.pay')}</button>` : ''}
${sale ? onSalePart(sale, words, { phone: page.location.phone, forServices: left.map(({ serviceId }) => serviceId), buys: true }) : ''}
<button class="button button-quiet" type="submit" name="do" value="change">${text('summary.change')}</button>
</form>`;
}

function line(name: string, said: readonly string[]): string {
  return `<div class="pay-line"><span class="choice-body"><span class="choice-name">${escapeHtml(name)}</span>${said
    .map((one) => `<span class="choice-text">${escapeHtml(one)}</span>`)
    .join('')}</span></div>`;
}
