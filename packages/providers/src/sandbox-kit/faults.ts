/**
 * `timeout`: does nothing and never answers · `status500`: does nothing, answers 500 · `status500_after`: does the work, answers 500 ·
 * `status429`: refuses for now · `html`: a proxy's error page instead of the API · `drop_after`: does the work, then hangs up without a word.
 */
export const faultKinds = ['timeout', 'status500', 'status500_after', 'status429', 'html', 'drop_after'] as const;
export type FaultKind = (typeof faultKinds)[number];

export const faultMatches = ['any', 'create', 'read', 'close', 'refund'] as const;
export type FaultMatch = (typeof faultMatches)[number];

export interface FaultOrder {
  readonly match: FaultMatch;
  readonly kind: FaultKind;
  /** How many calls it strikes; 1 when left out. */
  readonly times?: number;
}

export interface OrderedFault {
  readonly match: FaultMatch;
  readonly kind: FaultKind;
  readonly left: number;
  /** Resolves when it has struck for the first time: a test waits for this, never for time. */
  readonly struck: Promise<void>;
}

/** Misfortunes waiting for their call, struck in the order in which they were ordered. Not kept over a restart. */
export class Faults {
  readonly #waiting: { match: FaultMatch; kind: FaultKind; left: number; struck: Promise<void>; strike: () => void }[] = [];

  add(order: FaultOrder): OrderedFault {
    const { promise, resolve } = Promise.withResolvers<void>();
    const fault = { match: order.match, kind: order.kind, left: order.times ?? 1, struck: promise, strike: resolve };
    this.#waiting.push(fault);
    return fault;
  }

  list(): OrderedFault[] {
    return this.#waiting.filter((fault) => fault.left > 0);
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault that hits this call, if any; it is used up by that. */
  strike(call: Exclude<FaultMatch, 'any'>): FaultKind | undefined {
    const fault = this.#waiting.find((one) => one.left > 0 && (one.match === 'any' || one.match === call));
    if (fault === undefined) return undefined;
    fault.left -= 1;
    fault.strike();
    return fault.kind;
  }
}
