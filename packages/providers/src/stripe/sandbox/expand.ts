import type { Draft } from '../../sandbox-kit/journal.ts';
import { Refusal } from './refusal.ts';
import type { Kinds, SessionRow } from './work.ts';

type Reader = Pick<Draft<Kinds>, 'get'>;
type Plain = { [key: string]: unknown };

const DEEPEST = 4;

/** Fields that hold an id which can be shown as the object, by the kind of object that holds them. */
const expandable: Readonly<Record<string, Readonly<Record<string, 'intent' | 'charge' | 'txn' | 'source'>>>> = {
  'checkout.session': { payment_intent: 'intent' },
  payment_intent: { latest_charge: 'charge' },
  charge: { balance_transaction: 'txn', payment_intent: 'intent' },
  refund: { balance_transaction: 'txn', charge: 'charge', payment_intent: 'intent', failure_balance_transaction: 'txn' },
  dispute: { charge: 'charge', payment_intent: 'intent' },
  balance_transaction: { source: 'source' },
};

/** Fields of Stripe that can be expanded but are always empty here. */
const alwaysEmpty = new Set([
  'customer',
  'invoice',
  'subscription',
  'setup_intent',
  'payment_link',
  'review',
  'application',
  'transfer',
  'payment_method',
]);

/** Shows ids as objects along each path (`payment_intent.latest_charge.balance_transaction`), or refuses a path that leads nowhere. */
export function expand(tx: Reader, object: Plain, paths: readonly string[]): Plain {
  const shown = structuredClone(object);
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > DEEPEST) throw new Refusal(400, `You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`);
    walk(tx, shown, steps);
  }
  return shown;
}

function walk(tx: Reader, place: Plain, [step, ...rest]: readonly string[]): void {
  if (step === undefined) return;
  if (place['object'] === 'list' && step === 'data') {
    for (const item of place['data'] as Plain[]) walk(tx, item, rest);
    return;
  }
  if (place['object'] === 'checkout.session' && step === 'line_items') {
    const row = tx.get('session', String(place['id']));
    place['line_items'] = lineItems(row);
    return;
  }
  const kind = expandable[String(place['object'])]?.[step];
  if (kind === undefined) {
    if (alwaysEmpty.has(step) && step in place) return;
    const message = `This property cannot be expanded (${step}). You may want to try expanding 'data.${step}' if this is a list.`;
    throw new Refusal(400, message, { param: 'expand' });
  }
  const value = place[step];
  if (typeof value === 'string') place[step] = structuredClone(kind === 'source' ? sourceOf(tx, value) : tx.get(kind, value)?.object) ?? value;
  const next = place[step];
  if (typeof next === 'object' && next !== null) walk(tx, next as Plain, rest);
}

/** What moved the balance: a charge, a refund, a dispute or a payout, told by its id. */
function sourceOf(tx: Reader, id: string): object | undefined {
  return (tx.get('charge', id) ?? tx.get('refund', id) ?? tx.get('dispute', id) ?? tx.get('payout', id))?.object;
}

export function lineItems(row: SessionRow | undefined): Plain {
  return {
    object: 'list',
    data: structuredClone(row?.lines ?? []),
    has_more: false,
    url: `/v1/checkout/sessions/${row?.session.id ?? ''}/line_items`,
  };
}
