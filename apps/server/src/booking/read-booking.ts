import type { Booking } from '@holdfast/contract/booking';
import { toJsonAmount } from '@holdfast/contract/money';
import { type AppointmentStatus, mayStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { LivePayment, WaitingCredit } from '../payments/read-order.ts';
import { leftOf, stillDueMinor } from './appointment-rules.ts';
import type { CancellationTerms } from './cancellation-terms.ts';
import type { BookingContext } from './context.ts';
import { isCovered } from './is-prepaid.ts';
import { moneyOfVisits, type VisitMoney } from './money-of-visit.ts';
import { movableUntil } from './move-by-client.ts';
import { prepaymentOf } from './prepayment.ts';
import { cancellationQuote } from './read-cancellation-quote.ts';
import { type ClientsRefund, refundsOfVisits } from './refunds-of-visits.ts';
import { bookedBy } from './settings-of-link.ts';
import { stakedVisits } from './visits-of-memberships.ts';

/** What the SQL function `booking_facts` answers. Amounts are JSON integers, instants RFC 3339. */
export interface BookingFacts {
  readonly booking: {
    readonly bookingId: string;
    readonly locationId: string;
    readonly language: string;
    readonly contact: { readonly name: string; readonly phone: string; readonly email: string };
    readonly comment: string;
    readonly currency: string;
  };
  /** The booking link it came by; null or left out: none, or nobody asked. */
  readonly linkId?: string | null;
  readonly appointments: readonly AppointmentFacts[];
  readonly payment: LivePayment | null;
  /** Money in another amount or currency than was asked has come, and a person is looking at it. */
  readonly strayMoney: boolean;
  readonly credits: readonly WaitingCredit[];
}

interface AppointmentFacts {
  readonly appointmentId: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly anyStaff: boolean;
  readonly status: AppointmentStatus;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly dueMinor: number;
  readonly paidMinor: number;
  /** Known where something is held for it on client accounts. */
  readonly costMinor?: number;
  readonly heldMinor?: number;
  readonly heldForPrepaymentMinor?: number;
  readonly terms: CancellationTerms;
  readonly holdExpiresAt: string | null;
  /** A group event with so many places; null: a time of its own. */
  readonly eventId: string | null;
  readonly places: number;
  readonly services: Booking['appointments'][number]['services'];
}

const FACTS = `
  select booking_facts($1, $2) || jsonb_build_object('linkId', (select link_id from bookings where chain_id = $1 and booking_id = $2)) facts`;

/** The booking as its client sees it. Refuses with `not_found`. */
export async function readBooking(ctx: BookingContext, scope: Scope, bookingId: string): Promise<Booking> {
  const [row] = await ctx.db.prepared<{ facts: BookingFacts | null }>('booking_facts', FACTS, [scope.chainId, bookingId]);
  if (!row?.facts) throw new Problem('not_found', 404, 'There is no such booking.');
  const { appointments } = row.facts;
  const ids = appointments.map(({ appointmentId }) => appointmentId);
  // what was never paid for has neither
  const paid = appointments.some(({ paidMinor }) => paidMinor > 0);
  const money = paid ? await moneyOfVisits(ctx.db.read, scope.chainId, ids) : [];
  const given = appointments.some(({ dueMinor, paidMinor }) => dueMinor > 0 || paidMinor > 0);
  const refunds = given ? await refundsOfVisits(ctx.db.read, scope.chainId, ids) : [];
  return bookingOf(ctx, scope, await withHeld(ctx, scope, row.facts), { money, refunds });
}

/** What is held for it on client accounts is not asked for again. */
async function withHeld(ctx: BookingContext, scope: Scope, facts: BookingFacts): Promise<BookingFacts> {
  const unpaid = facts.appointments.filter(({ dueMinor, paidMinor }) => dueMinor > paidMinor).map(({ appointmentId }) => appointmentId);
  if (unpaid.length === 0) return facts;
  const { rows } = await sql<{ id: string; costMinor: bigint; heldMinor: bigint; heldForPrepaymentMinor: bigint }>`
    select a.appointment_id id, a.cost_minor "costMinor", held_for_visit(a.chain_id, a.appointment_id) "heldMinor",
           held_for_prepayment(a.chain_id, a.appointment_id) "heldForPrepaymentMinor" from appointments a
     where a.chain_id = ${scope.chainId} and a.appointment_id = any(${unpaid}::text[])`.execute(ctx.db.read);
  const held = new Map(rows.filter(({ heldMinor }) => heldMinor > 0n).map((one) => [one.id, one]));
  if (held.size === 0) return facts;
  const appointments = facts.appointments.map((one) => {
    const theirs = held.get(one.appointmentId);
    if (!theirs) return one;
    const { costMinor, heldMinor, heldForPrepaymentMinor } = theirs;
    return { ...one, costMinor: Number(costMinor), heldMinor: Number(heldMinor), heldForPrepaymentMinor: Number(heldForPrepaymentMinor) };
  });
  return { ...facts, appointments };
}

/** What is booked, what is due, what may be done: every state is derived from the facts and the moment, none is stored twice. */
export async function bookingOf(
  ctx: BookingContext,
  scope: Scope,
  facts: BookingFacts,
  { money, refunds }: { money: readonly VisitMoney[]; refunds: readonly ClientsRefund[] } = { money: [], refunds: [] },
): Promise<Booking> {
  const at = ctx.now();
  const rules = await ctx.rules.get(scope);
  invariant(rules, 'a location with bookings is there');
  const { booking, credits, payment: live } = facts;
  const appointments = facts.appointments.map(rowOf);
  const [first] = appointments;
  invariant(first, 'a booking has appointments');
  const { catalog, paying } = rules;
  const due = appointments.reduce((sum, one) => sum + stillDueMinor(one, at), 0n);
  const held = appointments.filter((one) => one.status === 'held' && one.holdExpiresAt);
  const checking = live?.status === 'processing' || facts.strayMoney;
  const cancellable = appointments.filter((one) => mayStep('cancel', one.status) && one.startsAt > at);
  const link = bookedBy(catalog, facts.linkId ?? undefined, booking.language);
  const covered = cancellable.filter(isCovered).map(({ appointmentId }) => appointmentId);
  const staked = await stakedVisits(ctx.db.read, scope, covered);
  const cancellation = cancellationQuote(cancellable, { money, staked }, booking.currency, at);
  return {
    token: ctx.tokens.sign(scope.chainId, booking.bookingId),
    status: statusOf(appointments, credits, checking),
    chain: { slug: catalog.chain.slug, name: catalog.chain.name, demo: catalog.chain.demo },
    location: {
      slug: catalog.location.slug,
      name: catalog.location.name,
      address: catalog.location.address,
      phone: catalog.location.phone,
      timeZone: catalog.location.timeZone,
    },
    language: booking.language,
    client: booking.contact,
    comment: booking.comment,
    currency: booking.currency,
    appointments: appointments.map((one) => appointmentOf(one, credits, live, at)),
    dueMinor: toJsonAmount(due),
    paidMinor: toJsonAmount(appointments.reduce((sum, one) => sum + one.paidMinor, 0n)),
    accountMinor: toJsonAmount(appointments.reduce((sum, one) => sum + one.heldForPrepaymentMinor, 0n)),
    holdExpiresAt: held.length === 0 ? null : new Date(Math.min(...held.map((one) => one.holdExpiresAt?.getTime() ?? 0))).toISOString(),
    payment: live ? { attemptStatus: live.status, payableUntil: new Date(live.payableUntil).toISOString(), pageUrl: live.pageUrl } : null,
    canPay: due > 0n && !checking && paying.enabled,
    canCancel: cancellable.length > 0 && !checking && cancellation.cancelUntil !== null && Date.parse(cancellation.cancelUntil) >= at.getTime(),
    cancellation,
    refunds: refunds.map((one) => ({ ...one, amountMinor: toJsonAmount(one.amountMinor), at: one.at.toISOString() })),
    link,
    bookAgainUrl: `${ctx.publicUrl}/book/${catalog.chain.slug}/${catalog.location.slug}?${new URLSearchParams({ link: link.slug })}`,
    now: at.toISOString(),
  };
}

function appointmentOf(
  one: AppointmentState,
  credits: readonly WaitingCredit[],
  live: LivePayment | null,
  at: Date,
): Booking['appointments'][number] {
  const waiting = credits.filter((credit) => credit.purposeId === one.appointmentId);
  return {
    id: one.appointmentId,
    status: one.status,
    prepayment: prepaymentOf(one, { credited: waiting.length > 0, checking: live?.status === 'processing' }),
    startsAt: one.startsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    staffId: one.staffId,
    staffName: one.staffName,
    anyStaff: one.anyStaff,
    eventId: one.eventId,
    places: one.places,
    services: [...one.services],
    priceMinMinor: toJsonAmount(one.priceMinMinor),
    priceMaxMinor: toJsonAmount(one.priceMaxMinor),
    dueMinor: toJsonAmount(askedMinor(one)),
    paidMinor: toJsonAmount(one.paidMinor),
    creditMinor: waiting.reduce((sum, credit) => sum + credit.amountMinor, 0),
    moveUntil: movableUntil(one, at)?.toISOString() ?? null,
    choices: choicesOf(one, waiting),
  };
}

/** What was agreed to be paid online; less where a part is held on client accounts and not so much is open any more. */
function askedMinor(one: AppointmentState): bigint {
  const { dueMinor, paidMinor, costMinor, heldMinor, heldForPrepaymentMinor } = one;
  if (heldMinor === 0n) return dueMinor;
  const asked = leftOf(dueMinor, heldForPrepaymentMinor);
  const rest = paidMinor + leftOf(costMinor, paidMinor + heldMinor);
  return rest < asked ? rest : asked;
}

/** Another time is offered for what was lost, if its money is all still here; what was paid twice or for a cancelled visit can be kept or asked back. */
function choicesOf(one: AppointmentState, waiting: readonly WaitingCredit[]): Booking['appointments'][number]['choices'] {
  if (waiting.length === 0) return [];
  // a lost place is not exchanged for another time: the next event is booked anew
  return one.status === 'expired' && one.eventId === null && waiting.some((credit) => BigInt(credit.amountMinor) === one.dueMinor)
    ? ['another_time', 'keep_credit', 'ask_refund']
    : ['keep_credit', 'ask_refund'];
}

function statusOf(appointments: readonly AppointmentState[], credits: readonly WaitingCredit[], checking: boolean): Booking['status'] {
  if (credits.length > 0) return 'needs_choice';
  const statuses = new Set(appointments.map((one) => one.status));
  if (checking) return 'checking';
  if (statuses.has('held')) return 'held';
  // those still to come say what the booking is; a part that was let go makes it mixed
  const gone = [...statuses].filter((one) => one === 'expired' || one === 'cancelled');
  const [only] = statuses;
  if (statuses.size === 1 && gone.length === 1) return only === 'cancelled' ? 'cancelled' : 'expired';
  if (gone.length === statuses.size) return 'cancelled';
  if (gone.length > 0) return 'mixed';
  return [...statuses].every((one) => one === 'waiting') ? 'waiting' : 'confirmed';
}

type AppointmentState = ReturnType<typeof rowOf>;

function rowOf(facts: AppointmentFacts) {
  return {
    ...facts,
    startsAt: new Date(facts.startsAt),
    endsAt: new Date(facts.endsAt),
    holdExpiresAt: facts.holdExpiresAt === null ? undefined : new Date(facts.holdExpiresAt),
    priceMinMinor: BigInt(facts.priceMinMinor),
    priceMaxMinor: BigInt(facts.priceMaxMinor),
    dueMinor: BigInt(facts.dueMinor),
    paidMinor: BigInt(facts.paidMinor),
    costMinor: BigInt(facts.costMinor ?? 0),
    heldMinor: BigInt(facts.heldMinor ?? 0),
    heldForPrepaymentMinor: BigInt(facts.heldForPrepaymentMinor ?? 0),
  };
}
