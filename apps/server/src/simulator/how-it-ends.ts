import { toJsonAmount } from '@holdfast/contract/money';
import type { SimulatedClient, SimulatedWay, Simulation, SimulationEnd } from '@holdfast/contract/simulation';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import type { PayAnswer } from '@holdfast/providers/sandbox-kit/sandbox';
import { invariant } from '../kit/problem.ts';
import { everyCent } from './every-cent.ts';
import type { House } from './open-house.ts';
import type { MustBe, Scenario } from './scenario.ts';
import { type AttemptSums, attentionOf, type Cast, holderOf, type Posted, postingsOf, statusOf, sumsOf } from './store.ts';

export interface Ended {
  readonly outcome: SimulationEnd;
  readonly appointment: AppointmentStatus;
  readonly holder: SimulatedClient | null;
  readonly attention: readonly string[];
  readonly places: Simulation['end']['places'];
  /** Cents that are told differently by two who know of them; empty: every cent is in one place. */
  readonly disagreements: readonly string[];
  /** In what it differs from what the scenario says; empty: it ended as it must. */
  readonly otherwise: readonly string[];
}

/** How a story has ended, and whether it had to. */
export async function endOf(
  house: House,
  { scenario, way, answers, cast, first }: { scenario: Scenario; way: SimulatedWay; answers: readonly PayAnswer[]; cast: Cast; first: Cast },
): Promise<Ended> {
  const q = house.app.payments.db.read;
  const [appointmentId] = first.appointmentIds;
  invariant(appointmentId, 'the first client of a story has booked');
  const appointment = await statusOf(q, appointmentId);
  invariant(appointment, 'an appointment is never erased');
  const holding = await holderOf(q, cast);
  const holder = holding === undefined ? null : holding === appointmentId ? 'first' : 'second';
  const open = (await attentionOf(q, cast)).filter((one) => one.open);
  const attention = [...new Set(open.map(({ kind }) => kind))].sort();
  const outcome = outcomeOf({
    sums: await sumsOf(q, first),
    posted: await postingsOf(q, first),
    appointment,
    unknown: cast.strangers.length > 0 && attention.includes('unknown_payment'),
    offered: !answers.includes('not_offered'),
  });
  const { disagreements, strange } = await everyCent(house, cast, attention);
  const places = [...placesOf(await sumsOf(q, cast), await postingsOf(q, cast)), ...strange];
  const { capabilities } = house.provider;
  const must = scenario.ends({ way, capabilities, answers });
  const otherwise = [
    ...wrongAnswers(scenario.answers({ way, capabilities }), answers),
    ...differences(must, { outcome, appointment, holder, attention }),
  ];
  return { outcome, appointment, holder, attention, places, disagreements, otherwise };
}

function outcomeOf(facts: {
  sums: readonly AttemptSums[];
  posted: readonly Posted[];
  appointment: AppointmentStatus;
  unknown: boolean;
  offered: boolean;
}): SimulationEnd {
  if (facts.unknown) return 'attention';
  const captured = facts.sums.reduce((sum, one) => sum + one.capturedMinor, 0n);
  const refunded = facts.sums.reduce((sum, one) => sum + one.refundedMinor, 0n);
  if (captured > 0n && refunded === captured) return 'given_back';
  if (refunded > 0n) return 'given_back_in_part';
  if (captured > 0n) {
    const came = new Set(facts.posted.map(({ from }) => from));
    return came.has('unplaced') ? 'unplaced' : came.has('client') ? 'credit' : 'paid';
  }
  if (!facts.offered) return 'not_offered';
  return facts.appointment === 'expired' ? 'let_go' : facts.appointment === 'cancelled' ? 'cancelled' : 'kept_unpaid';
}

/** Where the money of a story is now: what came into each place and did not leave it again, and what went back. */
function placesOf(sums: readonly AttemptSums[], posted: readonly Posted[]): Ended['places'] {
  const places = (['prepayments', 'client', 'unplaced'] as const).flatMap((place) => {
    const of = (side: 'from' | 'to') => posted.filter((one) => one[side] === place);
    const amountMinor = of('from').reduce((sum, one) => sum + one.amountMinor, 0n) - of('to').reduce((sum, one) => sum + one.amountMinor, 0n);
    const currency = posted.find((one) => one.from === place)?.currency;
    return amountMinor > 0n && currency ? [{ place, amountMinor: toJsonAmount(amountMinor), currency }] : [];
  });
  const back = sums.reduce((sum, one) => sum + one.refundedMinor, 0n);
  const [currency] = posted.map((one) => one.currency);
  return back > 0n && currency ? [...places, { place: 'given_back', amountMinor: toJsonAmount(back), currency }] : places;
}

function wrongAnswers(expected: readonly (readonly PayAnswer[])[], answers: readonly PayAnswer[]): string[] {
  return expected.flatMap((allowed, index) => {
    const answer = answers[index];
    return answer && allowed.includes(answer) ? [] : [`payment ${index + 1} was ${answer ?? 'not tried'}, not ${allowed.join(' or ')}`];
  });
}

function differences(must: MustBe, is: MustBe): string[] {
  const said = (name: string, wanted: unknown, found: unknown) => (wanted === found ? [] : [`${name} is ${String(found)}, not ${String(wanted)}`]);
  return [
    ...said('the outcome', must.outcome, is.outcome),
    ...said('the appointment', must.appointment, is.appointment),
    ...said('who has the time', must.holder, is.holder),
    ...said('what needs attention', [...must.attention].sort().join(', '), [...is.attention].join(', ')),
  ];
}
