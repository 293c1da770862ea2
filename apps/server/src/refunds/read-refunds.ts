import { toJsonAmount } from '@holdfast/contract/money';
import type { Refundable, RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { moneyOfVisits } from '../booking/money-of-visit.ts';
import { readVisit } from '../booking/read-visit.ts';
import { registersOf } from '../finance/read-registers.ts';
import type { Queryable } from '../kit/database.ts';
import { readAskedRefunds } from './asked-refunds.ts';
import { factsOf, refundItem, viewerOf, wayFactsOf } from './see-refund.ts';
import { countRefunds, liveSources, refundsOf, secondPersonFrom } from './store.ts';

const PAGE = 100;

/** Finance → Refunds. */
export async function readRefunds(
  ctx: BookingContext,
  { who, place }: { who: Who; place: Place },
  wanted: { state: 'todo' | 'closed' | 'all'; appointment?: string | undefined; before?: string | undefined },
): Promise<RefundList> {
  const { scope, rights } = place;
  const q = ctx.db.read;
  const rows = await refundsOf(q, scope, { state: wanted.state, appointment: wanted.appointment, before: wanted.before, limit: PAGE + 1 });
  const registers = (await registersOf(q, scope)).filter(({ id }) => rights.has('refunds.make') && mayTouchRegister(place, id));
  const currencies = new Set(registers.map(({ currency }) => currency));
  const from = await secondPersonFrom(q, scope);
  const viewer = viewerOf(who, place);
  const shown = rows.slice(0, PAGE);
  const asked = await readAskedRefunds(ctx, { who, place });
  return {
    items: shown.map((row) =>
      refundItem(row, {
        viewer,
        facts: factsOf(row, from),
        way: wayFactsOf(ctx.payments, scope.chainId, row, currencies),
        clients: rights.has('clients.see'),
      }),
    ),
    asked: wanted.state === 'closed' || wanted.appointment || wanted.before ? [] : [...asked],
    counts: { ...(await countRefunds(q, scope)), asked: asked.length },
    next: rows.length > PAGE ? (shown.at(-1)?.refundId ?? null) : null,
    registers: registers.map(({ id, name, kind }) => ({ id, name, kind })),
    settings: {
      secondPersonFromMinor: from === null ? null : toJsonAmount(from),
      mayChange: rights.has('finance.edit'),
      currency: await currencyOf(q, scope),
    },
    limitMinor: viewer.limitMinor === undefined ? null : toJsonAmount(viewer.limitMinor),
  };
}

/** What was paid for a visit and has not gone back, so that somebody can propose it. Refuses with `not_found`. */
export async function readRefundable(ctx: BookingContext, { scope }: Place, appointmentId: string): Promise<Refundable> {
  const q = ctx.db.read;
  const { currency } = await readVisit(q, scope, appointmentId);
  const live = await liveSources(q, scope.chainId, appointmentId);
  const money = await moneyOfVisits(q, scope.chainId, [appointmentId]);
  return {
    appointmentId,
    currency,
    money: money
      .filter(({ leftMinor }) => leftMinor > 0n)
      .map(({ source, by, kind, placed, cameAt, cameMinor, leftMinor, currency: of }) => ({
        source,
        by,
        kind,
        placed,
        cameAt: cameAt.toISOString(),
        cameMinor: toJsonAmount(cameMinor),
        leftMinor: toJsonAmount(leftMinor),
        currency: of,
        open: live.some((one) => one.kind === source.kind && one.id === source.id && one.lineNo === source.lineNo),
      })),
  };
}

async function currencyOf(q: Queryable, { chainId, locationId }: Scope): Promise<string> {
  const { rows } = await sql<{
    currency: string;
  }>`select currency from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows[0]?.currency ?? '';
}
