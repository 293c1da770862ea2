/**
 * `send`: at once · `hold`: nothing goes out until released · `duplicate`: everything twice · `shuffle`: what is due goes out in random order ·
 * `drop`: lost for good.
 */
export const deliveryModes = ['send', 'hold', 'duplicate', 'shuffle', 'drop'] as const;
export type DeliveryMode = (typeof deliveryModes)[number];

export interface Release {
  /** How often each one is sent; 1 when left out. */
  readonly times?: number;
  readonly shuffle?: boolean;
}

/** How a sandbox's webhooks go out. */
export interface WebhookDelivery {
  readonly mode: DeliveryMode;
  /** Changes how they go out from now on; whatever is due goes out that way at once. */
  setMode(mode: DeliveryMode): void;
  /** How many wait. */
  waiting(): number;
  /** Sends what waits, due or not, whatever the mode, and resolves when every receiver has answered. The mode stays as it is. */
  release(wish?: Release): Promise<void>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

/** A webhook that is to be brought to somebody. `prepare` makes the request at the moment it is sent: signatures may carry a time. */
export interface Letter {
  readonly id: string;
  /** Epoch milliseconds by the sandbox's clock. */
  readonly dueAt: number;
  readonly attempts: number;
}

export interface PostOffice<L extends Letter> {
  readonly now: () => Date;
  /** What is still to be delivered, oldest first. */
  readonly waiting: () => readonly L[];
  /** The request as it goes over the wire, or undefined while nobody has an address for it. */
  readonly prepare: (letter: L) => { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined;
  /** Did the receiver take it? */
  readonly taken: (status: number) => boolean;
  /** Waits between attempts, milliseconds; when they are used up the letter is given up. */
  readonly waits: readonly number[];
  /** Taken, lost or given up: it waits no longer. */
  readonly done: (letter: L) => void;
  /** Not taken: next attempt at `dueAt`. */
  readonly again: (letter: L, next: { readonly attempts: number; readonly dueAt: number }) => void;
}

const ANSWER_WITHIN_MS = 10_000;

/** Brings letters to their addresses, again and again until they are taken. What waits is kept by the sandbox, so it survives a restart. */
export class Deliveries<L extends Letter> implements WebhookDelivery {
  mode: DeliveryMode = 'send';
  readonly #office: PostOffice<L>;
  readonly #underway = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(office: PostOffice<L>) {
    this.#office = office;
  }

  setMode(mode: DeliveryMode): void {
    this.mode = mode;
    this.sendDue();
  }

  waiting(): number {
    return this.#office.waiting().length;
  }

  async release({ times = 1, shuffle = false }: Release = {}): Promise<void> {
    const letters = this.#office.waiting();
    for (const letter of shuffle ? shuffled(letters) : letters) this.#start(letter, times);
    await this.settled();
  }

  /** Sends what is due by now. */
  sendDue(): void {
    if (this.mode === 'hold') return;
    const at = this.#office.now().getTime();
    const due = this.#office.waiting().filter((letter) => letter.dueAt <= at);
    if (this.mode === 'drop') {
      for (const letter of due) this.#office.done(letter);
      return;
    }
    for (const letter of this.mode === 'shuffle' ? shuffled(due) : due) this.#start(letter, this.mode === 'duplicate' ? 2 : 1);
  }

  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway.values());
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  #start(letter: L, times: number): void {
    if (this.#underway.has(letter.id) || this.#stop.signal.aborted) return;
    const request = this.#office.prepare(letter);
    if (!request) return;
    this.#underway.set(
      letter.id,
      this.#deliver(letter, request, times).finally(() => this.#underway.delete(letter.id)),
    );
  }

  async #deliver(letter: L, request: { url: string; headers: Readonly<Record<string, string>>; body: string }, times: number): Promise<void> {
    const answers = await Promise.all(Array.from({ length: times }, () => this.#post(request)));
    if (this.#stop.signal.aborted) return;
    const { now, waits, done, again } = this.#office;
    const wait = waits[letter.attempts];
    if (answers.some(Boolean) || wait === undefined) done(letter);
    else again(letter, { attempts: letter.attempts + 1, dueAt: now().getTime() + wait });
  }

  async #post({ url, headers, body }: { url: string; headers: Readonly<Record<string, string>>; body: string }): Promise<boolean> {
    try {
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
      const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal });
      await answer.body?.cancel();
      return this.#office.taken(answer.status);
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
