import type { SimulatedFact, SimulatedWay } from '@holdfast/contract/simulation';
import type { PayAnswer } from '@holdfast/providers/sandbox-kit/sandbox';
import type { Visit } from './choose-visit.ts';
import { type Ended, endOf } from './how-it-ends.ts';
import { createNotes } from './notes.ts';
import type { House } from './open-house.ts';
import { createPeople } from './people.ts';
import type { Minute, Scenario, Step } from './scenario.ts';
import { nextDue } from './store.ts';
import { strangerPays } from './stranger-pays.ts';

export interface Played {
  readonly scenario: Scenario;
  readonly way: SimulatedWay;
  readonly visit: Visit;
  readonly timeline: readonly SimulatedFact[];
  readonly answers: readonly PayAnswer[];
  /** References of money that is in none of our books. */
  readonly strangers: readonly string[];
  readonly end: Ended;
}

const FIVE_MINUTES_MS = 300_000;

/**
 * Plays one story in a house: everything through its public API and the provider's sandbox, on its clock. Between two steps time goes from one due moment to
 * the next, as it does when a second is a second. `signal` ends it early.
 */
export async function playScenario(house: House, scenario: Scenario, visit: Visit, { signal }: { signal?: AbortSignal } = {}): Promise<Played> {
  const { app, clock, sandbox } = house;
  const begins = clock.now();
  const notes = createNotes(house, begins);
  const people = createPeople(house, visit, notes);
  const answers: PayAnswer[] = [];
  const strangers: string[] = [];

  const settle = async () => {
    signal?.throwIfAborted();
    await sandbox.tick();
    await sandbox.webhooks.settled();
    await app.afterwards();
    await app.background.settleDown();
    await app.afterwards();
    await notes.look(people.cast(strangers), people.whoseIs);
  };

  const waitUntil = async (minute: Minute) => {
    const target = begins.getTime() + secondsOf(minute) * 1000;
    for (let now = clock.now().getTime(); now < target; now = clock.now().getTime()) {
      const due = (await nextDue(app.payments.db.read, new Date(now)))?.getTime() ?? target;
      // when it sends a webhook again is the provider's own business
      const again = sandbox.webhooks.waiting() > 0 && sandbox.webhooks.mode !== 'hold' ? now + FIVE_MINUTES_MS : target;
      const next = Math.min(target, again, Math.max(due, now + 1));
      clock.advance({ seconds: (next - now) / 1000 });
      await settle();
    }
  };

  const pay = async (step: Step & { do: 'pay' }) => {
    const { who = 'first', amiss, later } = step;
    const id = await people.paymentOf(who);
    const before = sandbox.payments().find((one) => one.id === id);
    const wish = {
      ...(later ? { processing: true } : {}),
      ...(amiss === 'half' && before ? { amountMinor: before.amountMinor / 2n } : {}),
      ...(amiss === 'another_currency' ? { currency: before?.currency === 'USD' ? 'EUR' : 'USD' } : {}),
    };
    const answer = id && before ? sandbox.pay(id, wish) : 'closed';
    answers.push(answer);
    const after = sandbox.payments().find((one) => one.id === id);
    const what = answer === 'captured' ? 'paid' : answer === 'closed' ? 'page_closed' : answer;
    const shown = answer === 'captured' && after ? { amountMinor: after.capturedMinor, currency: after.currency } : undefined;
    notes.provider({ what, who, ...shown });
  };

  const take = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'book':
        return people.book(step.who ?? 'first');
      case 'go_to_pay':
        return people.goToPay(step.who ?? 'first', 'goes_to_pay');
      case 'second_tab':
        return people.goToPay(step.who ?? 'first', 'second_tab');
      case 'come_back':
        return people.comeBack(step.who ?? 'first');
      case 'cancel':
        return people.cancel(step.who ?? 'first');
      case 'pay':
        return pay(step);
      case 'decide': {
        const id = await people.paymentOf('first');
        if (!id || !answers.includes('processing')) return;
        sandbox.settleProcessing(id, step.paid);
        notes.provider({ what: 'decided', who: 'first' });
        return;
      }
      case 'clock':
        return waitUntil(step.at);
      case 'webhooks':
        sandbox.webhooks.setMode(step.how);
        if (step.how !== 'send') notes.provider({ what: step.how === 'hold' ? 'webhooks_held' : 'webhooks_lost' });
        return;
      case 'release':
        return sandbox.webhooks.release({ times: step.times ?? 1, shuffle: step.shuffle ?? false });
      case 'provider_down':
        sandbox.faults.add(step.answerLost ? { match: step.at, kind: 'drop_after' } : { match: step.at, kind: 'status500', times: 10_000 });
        notes.provider({
          what: step.answerLost ? 'answer_lost' : step.at === 'create' ? 'down_create' : step.at === 'close' ? 'down_close' : 'down',
        });
        return;
      case 'provider_up':
        sandbox.faults.clear();
        notes.provider({ what: 'up' });
        return;
      case 'give_back': {
        const id = await people.paymentOf('first');
        const payment = sandbox.payments().find((one) => one.id === id);
        if (!payment) return;
        const part = step.part && house.provider.capabilities.refunds === 'partial' ? payment.capturedMinor / 2n : payment.capturedMinor;
        sandbox.giveBack(payment.id, part);
        notes.provider({ what: 'given_back', amountMinor: part, currency: payment.currency });
        return;
      }
      case 'stranger_pays': {
        const { reference, amountMinor, currency } = await strangerPays(house, visit);
        strangers.push(reference);
        notes.provider({ what: 'stranger_paid', amountMinor, currency });
        return;
      }
    }
  };

  try {
    for (const step of scenario.steps) {
      await take(step);
      if (step.do !== 'clock') await settle();
    }
    const end = await endOf(house, { scenario, way: visit.way, answers, cast: people.cast(strangers), first: people.castOfFirst(strangers) });
    return { scenario, way: visit.way, visit, timeline: notes.timeline(), answers, strangers, end };
  } finally {
    sandbox.faults.clear();
    sandbox.webhooks.setMode('send');
  }
}

function secondsOf(minute: Minute): number {
  const [minutes = 0, seconds = 0] = minute.split(':').map(Number);
  return minutes * 60 + seconds;
}
