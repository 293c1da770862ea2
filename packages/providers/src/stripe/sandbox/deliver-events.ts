import type { Journal } from '../../sandbox-kit/journal.ts';
import { signWebhook } from './sign-webhook.ts';
import { type EndpointRow, type EventRow, type Kinds, seconds } from './work.ts';

/**
 * `send`: at once · `hold`: nothing goes out until released · `duplicate`: everything twice · `shuffle`: what is due goes out in random order ·
 * `drop`: lost for good (still found under `GET /v1/events`).
 */
export const deliveryModes = ['send', 'hold', 'duplicate', 'shuffle', 'drop'] as const;
export type DeliveryMode = (typeof deliveryModes)[number];

export interface Release {
  /** How often each event is sent; 1 when left out. */
  readonly times?: number;
  readonly shuffle?: boolean;
  /** Only events of these types; the others stay. */
  readonly types?: readonly string[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Waits between attempts; the last one repeats until the receiver says 2xx. */
const BACKOFF = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
const ANSWER_WITHIN = 10 * SECOND;

/** Brings events to their accounts' endpoints, again and again until each has taken them. The journal remembers what is still due. */
export class Deliveries {
  mode: DeliveryMode = 'send';
  readonly #journal: Journal<Kinds>;
  readonly #endpointsOf: (account: string) => readonly EndpointRow[];
  readonly #now: () => Date;
  readonly #waiting: Set<string>;
  readonly #underway = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(journal: Journal<Kinds>, endpointsOf: (account: string) => readonly EndpointRow[], now: () => Date) {
    this.#journal = journal;
    this.#endpointsOf = endpointsOf;
    this.#now = now;
    this.#waiting = new Set(journal.list('event').flatMap((row) => (row.delivery === 'pending' ? [row.event.id] : [])));
  }

  /** New events have been written. */
  add(eventIds: readonly string[]): void {
    for (const id of eventIds) this.#waiting.add(id);
    this.sendDue();
  }

  pending(): EventRow['event'][] {
    return this.#rows().map((row) => row.event);
  }

  all(): EventRow['event'][] {
    return this.#journal.list('event').map((row) => row.event);
  }

  hold(): void {
    this.mode = 'hold';
  }

  /** Changes how events go out from now on; whatever is due goes out that way at once. */
  setMode(mode: DeliveryMode): void {
    this.mode = mode;
    this.sendDue();
  }

  /** Sends what waits, due or not, whatever the mode, and resolves when every receiver has answered. The mode stays as it is. */
  async release(wish: Release = {}): Promise<void> {
    const rows = this.#rows().filter((row) => wish.types === undefined || wish.types.includes(row.event.type));
    for (const row of wish.shuffle === true ? shuffled(rows) : rows) this.#start(row, wish.times ?? 1);
    await this.settled();
  }

  /** Sends events again that were delivered before, as a provider may. */
  async repeat(eventIds: readonly string[]): Promise<void> {
    const rows = eventIds.flatMap((id) => this.#journal.get('event', id) ?? []);
    await Promise.all(rows.flatMap((row) => this.#wanting(row).map((endpoint) => this.#post(row, endpoint))));
  }

  sendDue(): void {
    if (this.mode === 'hold') return;
    const at = this.#now().getTime();
    const due = this.#rows().filter((row) => row.dueAt <= at);
    if (this.mode === 'drop') {
      this.#journal.write((tx) => {
        for (const row of due) tx.put('event', row.event.id, { ...row, delivery: 'dropped' });
      });
      for (const row of due) this.#waiting.delete(row.event.id);
      return;
    }
    for (const row of this.mode === 'shuffle' ? shuffled(due) : due) this.#start(row, this.mode === 'duplicate' ? 2 : 1);
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway.values());
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  #rows(): EventRow[] {
    return [...this.#waiting].flatMap((id) => this.#journal.get('event', id) ?? []);
  }

  #start(row: EventRow, times: number): void {
    const id = row.event.id;
    if (this.#underway.has(id) || this.#stop.signal.aborted) return;
    // nobody to tell yet: it waits
    if (this.#endpointsOf(row.account).length === 0) return;
    this.#underway.set(
      id,
      this.#deliver(row, times).finally(() => this.#underway.delete(id)),
    );
  }

  /** The endpoints that asked for events of this type. */
  #wanting({ account, event }: EventRow): readonly EndpointRow[] {
    return this.#endpointsOf(account).filter(({ enabled_events: asked }) => asked.includes('*') || asked.includes(event.type));
  }

  async #deliver(row: EventRow, times: number): Promise<void> {
    const left = this.#wanting(row).filter(({ id }) => !row.takenBy?.includes(id));
    const answers = await Promise.all(
      left.map(async (endpoint) => (await Promise.all(Array.from({ length: times }, () => this.#post(row, endpoint)))).some(Boolean)),
    );
    if (this.#stop.signal.aborted) return;
    const taken = answers.every(Boolean);
    const takenBy = [...(row.takenBy ?? []), ...left.filter((_, index) => answers[index]).map(({ id }) => id)];
    const wait = BACKOFF[Math.min(row.attempts, BACKOFF.length - 1)] ?? HOUR;
    const after = {
      ...row,
      takenBy,
      attempts: row.attempts + 1,
      dueAt: this.#now().getTime() + wait,
      delivery: taken ? ('delivered' as const) : row.delivery,
    };
    this.#journal.write((tx) => tx.put('event', row.event.id, taken ? { ...after, event: { ...row.event, pending_webhooks: 0 } } : after));
    if (taken) this.#waiting.delete(row.event.id);
  }

  /** True when the receiver took it: 2xx, and nothing else (a redirect is a failure). */
  async #post(row: EventRow, { url, secret, api_version }: EndpointRow): Promise<boolean> {
    const body = JSON.stringify({ ...row.event, api_version: api_version ?? row.event.api_version, pending_webhooks: 1 }, null, 2);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signWebhook(body, secret, seconds(this.#now())),
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN)]),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
