import { toJsonAmount } from '@holdfast/contract/money';
import type { CloseDayWish, DayClosing, MoneyFigures } from '@holdfast/contract/reports';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { askTogether } from '../kit/ask-together.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { lockDays } from '../ledger/lock-days.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { FIGURES_BY } from './money-figures.ts';
import { readMoney } from './read-money.ts';
import { dayOf, spanOfDay } from './span-of-day.ts';
import { factsOfLocation } from './store.ts';
import { insertClosing, lastClosing, postingsBefore } from './store-closings.ts';
import { whileNobodyPosts } from './while-nobody-posts.ts';

interface Asked {
  readonly who: Who;
  readonly place: Place;
}

/**
 * Closes all days up to this one: what happens on them afterwards is dated to the first open moment. Today can be closed; what comes later today is then
 * dated tomorrow. What was counted is kept beside what the books said, and a difference is posted where that is wanted, as the last thing of the day.
 *
 * Refuses with `day_is_closed`, `step_not_allowed` (a day to come), `changed_meanwhile` (money moved in a register after it was counted), `not_found` (no such
 * register), `right_missing` (a difference in a register that the role does not choose), `too_many_requests` (somebody posts for too long).
 */
export async function closeDay(deps: Deps, { who, place }: Asked, day: string, wish: CloseDayWish): Promise<void> {
  const { scope } = place;
  await whileNobodyPosts(deps, async (tx) => {
    await lockDays(tx, scope);
    const at = deps.now();
    const { timeZone } = await factsOfLocation(tx, scope);
    const { from, until } = spanOfDay(day, timeZone);
    const [last] = (await askTogether(tx, { last: lastClosing(scope) })).last;
    if (last && last.closedUntil >= until) throw new Problem('day_is_closed', 409, 'This day is closed already.', { closedThrough: last.day });
    if (day > dayOf(at, timeZone)) throw new Problem('step_not_allowed', 409, 'This day is still to come.');
    const id = deps.newId('dcl');
    const counts = compareCounts(await readMoney(tx, scope, from, until), wish.counts);
    for (const count of counts) {
      if (!count.post || count.countedMinor === count.booksMinor) continue;
      if (!mayTouchRegister(place, count.registerId)) throw rightMissing('days.close');
      await postDifference(tx, deps, { who, place }, { ...count, closingId: id, happenedAt: at < until ? at : new Date(until.getTime() - 1) });
    }
    await insertClosing(tx, scope, who, {
      id,
      day,
      closedFrom: last?.closedUntil ?? null,
      closedUntil: until,
      closedAt: at,
      note: wish.note,
      counts: counts.map(({ post, ...count }) => ({ ...count, posted: post && count.countedMinor !== count.booksMinor })),
      figures: await readMoney(tx, scope, from, until),
      figuresBy: FIGURES_BY,
      postings: await postingsBefore(tx, scope, until),
    });
    await noteAudit(tx, deps, who, {
      action: 'day.closed',
      subject: { kind: 'day', id: day },
      locationId: scope.locationId,
      before: { closedThrough: last?.day ?? null },
      after: { closedThrough: day, differences: counts.filter((one) => one.countedMinor !== one.booksMinor), note: wish.note },
    });
  });
}

type Compared = Omit<DayClosing['counts'][number], 'posted'> & { readonly post: boolean };

/** Each count beside its register; a register of which the books say something else by now has to be counted again. */
function compareCounts(money: readonly MoneyFigures[], counts: CloseDayWish['counts']): readonly Compared[] {
  const registers = money.flatMap(({ currency, places }) =>
    places.filter(({ kind }) => kind === 'cash' || kind === 'cashless').map((one) => ({ ...one, currency })),
  );
  if (new Set(counts.map(({ registerId }) => registerId)).size !== counts.length)
    throw new Problem('invalid_request', 400, 'A register is counted once.');
  const compared = counts.map((count) => {
    const register = registers.find(({ id }) => id === count.registerId);
    if (!register) throw new Problem('not_found', 404, 'There is no such register.');
    return { count: { ...count, name: register.name, currency: register.currency }, now: register.endMinor };
  });
  const moved = compared.filter(({ count, now }) => count.booksMinor !== now);
  if (moved.length > 0) {
    throw new Problem('changed_meanwhile', 409, 'Money has moved in a register since it was counted.', {
      registers: moved.map(({ count, now }) => ({ registerId: count.registerId, booksMinor: now })),
    });
  }
  return compared.map(({ count }) => count);
}

interface Difference extends Compared {
  readonly closingId: string;
  readonly happenedAt: Date;
}

/** More in the till than in the books is other income, less is another expense. */
async function postDifference(tx: Tx, deps: Deps, { who, place: { scope } }: Asked, count: Difference): Promise<void> {
  const found = BigInt(count.countedMinor) - BigInt(count.booksMinor);
  const itemId = found > 0n ? 'other_income' : 'other_expense';
  const item = await openAccount(tx, deps, scope, { kind: 'item', ownerId: itemId, currency: count.currency });
  const [from, to] = found > 0n ? [item, count.registerId] : [count.registerId, item];
  await postEntry(tx, deps, {
    scope,
    cause: { kind: 'day_count', id: `${count.closingId}/${count.registerId}` },
    happenedAt: count.happenedAt,
    memo: `counted ${toJsonAmount(BigInt(count.countedMinor))}, books ${toJsonAmount(BigInt(count.booksMinor))}`,
    by: { id: who.userId, name: who.name },
    postings: [{ from, to, amountMinor: found > 0n ? found : -found, currency: count.currency, operation: 'correction', itemId }],
  });
}
