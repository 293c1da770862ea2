import type { Booking } from '@holdfast/contract/booking';
import type { Words } from '@holdfast/contract/client-words';
import type { OwnMemberships } from '@holdfast/contract/memberships';
import { type Scene, whatToShow } from '@holdfast/contract/what-to-show';
import { escapeHtml } from '../page-shell.ts';
import { ownPart } from './membership-parts.ts';

/** The client's own page without a script: how it stands, and a form for everything that may be done. `trouble`: what has just not worked. */
export function bookingPart(
  booking: Booking,
  words: Words,
  { trouble, own = [] }: { trouble?: string | undefined; own?: OwnMemberships['memberships'] } = {},
): string {
  const { say, money, time } = words;
  const scene = whatToShow(booking, Date.parse(booking.now), false);
  const facts = {
    name: booking.client.name,
    amount: money(scene === 'confirmed' || scene === 'mixed' ? booking.paidMinor : booking.dueMinor),
    credit: money(booking.appointments.reduce((sum, { creditMinor }) => sum + creditMinor, 0)),
    phone: booking.location.phone,
  };
  const payable = booking.canPay && (scene === 'held' || scene === 'waiting' || scene === 'mixed');
  const stands = scene === 'confirmed' || scene === 'waiting';
  const button = (action: string, label: string, kind: string) =>
    `<form method="post" action="/b/${booking.token}/${action}"><button class="button ${kind}" type="submit">${escapeHtml(label)}</button></form>`;
  const link = (href: string, label: string) => `<a class="button button-quiet" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
  return `<section class="scene scene-${scene}">
<h1>${escapeHtml(say(`scene.${scene}.title`, facts))}</h1>
<p class="lead" role="status">${escapeHtml(say(lead(scene, booking), facts))}</p>
${scene === 'held' && booking.holdExpiresAt ? `<p><strong>${escapeHtml(say('hold.still_yours', { time: time(booking.holdExpiresAt) }))}</strong></p>` : ''}
${trouble ? `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(trouble)}</strong></div></div>` : ''}
<div class="scene-tools">
${payable ? button('payment', say('hold.pay_amount', { amount: money(booking.dueMinor) }), 'button-main') : ''}
${scene === 'checking' || scene === 'held' ? link('?from=looked', say('trouble.retry')) : ''}
${scene === 'run_out' || scene === 'expired' ? link(booking.bookAgainUrl, say('hold.choose_again')) : ''}
${stands ? link(`/api/v1/bookings/${booking.token}/calendar.ics`, say('scene.add_to_calendar')) : ''}
${booking.paidMinor > 0 || scene === 'cancelled' ? link(`/b/${booking.token}/receipts`, say('scene.receipts')) : ''}
${stands || scene === 'cancelled' ? link(booking.bookAgainUrl, say(stands ? 'scene.book_more' : 'scene.book_again')) : ''}
</div>
</section>
<div class="own-cards">
${booking.appointments.map((one) => card(one, booking, words)).join('\n')}
</div>
${ownPart(own, words)}
<p class="way"><a href="/my/${escapeHtml(`${booking.chain.slug}/${booking.location.slug}?language=${booking.language}`)}">${escapeHtml(say('my.all'))}</a></p>
${refunds(booking, words)}
${booking.canCancel && (stands || scene === 'mixed') ? cancelling(booking, words) : ''}`;
}

type Visit = Booking['appointments'][number];

function card(visit: Visit, { token }: Booking, { say, when, time, money, moneyRange }: Words): string {
  const row = (label: string, value: string) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`;
  const amount = money(visit.creditMinor);
  // what a membership covers costs nothing
  const covered = visit.services.every(({ pay }) => pay === 'membership');
  const choices = visit.choices.filter((one) => one !== 'another_time');
  return `<article class="card"><h2><bdi>${escapeHtml(when(visit.startsAt))} – ${escapeHtml(time(visit.endsAt))}</bdi></h2>
<p class="card-with">${escapeHtml(say('card.with', { staff: visit.staffName }))} · ${escapeHtml(say(`status.${visit.status}`))}</p>
<ul class="card-services">${visit.services.map(({ name, pay }) => `<li>${escapeHtml(name)}${visit.places > 1 ? ` × ${visit.places}` : ''}${pay === 'membership' ? ` <span class="muted">${escapeHtml(say('card.membership'))}</span>` : ''}</li>`).join('')}</ul>
<dl class="card-money">
${covered ? '' : row(say('card.price'), moneyRange(visit.priceMinMinor, visit.priceMaxMinor))}
${visit.paidMinor > 0 ? row(say('card.paid'), money(visit.paidMinor)) : ''}
${visit.prepayment === 'due' ? row(say('card.due'), money(visit.dueMinor - visit.paidMinor)) : ''}
${visit.creditMinor > 0 ? row(say('card.credit'), amount) : ''}
</dl>
${
  choices.length === 0
    ? ''
    : `<form method="post" action="/b/${token}/choice/${escapeHtml(visit.id)}"><h3>${escapeHtml(say('late.title', { amount }))}</h3>
${choices.map((one) => `<button class="button button-quiet" type="submit" name="choice" value="${one}">${escapeHtml(say(`late.${one}`, { amount }))}</button>`).join('\n')}
</form>`
}
${
  visit.moveUntil
    ? `<p class="way"><a href="/b/${token}/moves/${escapeHtml(visit.id)}">${escapeHtml(say('move.open'))}</a> <span class="muted">${escapeHtml(say('move.until', { when: when(visit.moveUntil) }))}</span></p>`
    : ''
}
</article>`;
}

function refunds(booking: Booking, { say, money }: Words): string {
  if (booking.refunds.length === 0) return '';
  const lines = booking.refunds.map(({ state, way, amountMinor, by }) => {
    const facts = { amount: money(amountMinor), by };
    return `<p>${escapeHtml(say(state === 'given_back' ? `refund.given_back.${way ?? 'provider'}` : `refund.${state}`, facts))}</p>`;
  });
  return `<div class="notice"><div class="notice-body"><strong>${escapeHtml(say('refund.title'))}</strong>${lines.join('')}</div></div>`;
}

/** Its consequence for the money and for visits of memberships is read before the button is reached. */
function cancelling(booking: Booking, { say, money, when }: Words): string {
  const { cancellation: quote } = booking;
  const paid = quote.appointments.reduce((sum, one) => sum + one.paidMinor, 0);
  const facts = { paid: money(paid), back: money(quote.backMinor) };
  const visits = quote.appointments.flatMap((one) => one.visits);
  const said =
    paid === 0
      ? visits.length === 0 && say('cancel.nothing_paid')
      : say(quote.backMinor === 0 ? 'cancel.nothing_back' : quote.backMinor >= paid ? 'cancel.all_back' : 'cancel.part_back', facts);
  const until =
    paid > 0 && quote.until
      ? `<p class="muted">${escapeHtml(say('cancel.until', { when: when(quote.until), amount: money(quote.backMinor), later: money(quote.thenMinor ?? 0) }))}</p>`
      : '';
  const ofMemberships = visits.map(({ membershipName, visits: count, back, until: lasts }) => {
    const line = say(back ? 'cancel.visits_back' : 'cancel.visits_lost', { count, membership: membershipName });
    const then = lasts ? ` <span class="muted">${escapeHtml(say('cancel.visits_until', { when: when(lasts) }))}</span>` : '';
    return `<p>${escapeHtml(line)}${then}</p>`;
  });
  return `<details class="disclosure"><summary>${escapeHtml(say('cancel.open'))}</summary>
<form class="disclosure-body" method="post" action="/b/${booking.token}/cancellation">
<input type="hidden" name="at" value="${escapeHtml(quote.at)}"><input type="hidden" name="back" value="${quote.backMinor}"><input type="hidden" name="lost" value="${quote.visitsLost}">
${said ? `<p>${escapeHtml(said)}</p>` : ''}${until}${ofMemberships.join('')}
${quote.backMinor > 0 ? `<p class="muted">${escapeHtml(say('cancel.by_hand'))}</p>` : ''}
<button class="button button-bad" type="submit">${escapeHtml(say('cancel.confirm'))}</button>
</form></details>`;
}

function lead(scene: Scene, { status, dueMinor }: Booking) {
  if (scene === 'waiting' && dueMinor > 0) return 'scene.waiting.text_due';
  if (scene === 'checking' && (status === 'expired' || status === 'cancelled')) return 'scene.checking.text_late';
  return `scene.${scene}.text` as const;
}
