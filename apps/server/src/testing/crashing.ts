import type { PaymentProvider } from '@holdfast/providers/payment-provider';
import type { OutboxHandler } from '../kit/outbox.ts';
import type { SqlSource } from '../kit/sql-source.ts';
import type { PaymentsContext } from '../payments/context.ts';

/** The process is gone: nothing more comes of what it was doing. */
export class Crashed extends Error {
  constructor() {
    super('the process has died');
    this.name = 'Crashed';
  }
}

const gone = { kind: 'unknown', message: 'nobody answers' } as const;

export type Side = 'before' | 'after';
export type Surface = 'database' | 'provider' | 'outbox';
export interface Death {
  readonly step: number;
  readonly side: Side;
  /** Only steps of this surface are counted; left out: all. */
  readonly surface?: Surface;
}

/**
 * Counts every step by which the program touches something that outlives it (database, provider, outbox), and can let it die just before or
 * just after one of them. A dead process does nothing any more, whoever asks.
 */
export class CrashPlan {
  steps = 0;
  #stepsThere = 0;
  dead = false;
  /** The provider cannot be reached, and answers nothing that is sure. */
  providerGone = false;
  diedAt: { surface: Surface; what: string } | undefined;
  readonly #at: Death | undefined;
  constructor(at?: Death) {
    this.#at = at;
  }

  async step<T>(surface: Surface, what: string, run: () => Promise<T>): Promise<T> {
    if (this.dead) throw new Crashed();
    this.steps++;
    const counts = this.#at && (this.#at.surface ?? surface) === surface;
    const mine = counts && ++this.#stepsThere === this.#at?.step ? this.#at.side : undefined;
    if (mine === 'before') this.#die(surface, what);
    const result = await run();
    if (mine === 'after') this.#die(surface, what);
    if (this.dead) throw new Crashed();
    return result;
  }

  #die(surface: Surface, what: string): never {
    this.dead = true;
    this.diedAt = { surface, what };
    throw new Crashed();
  }

  /** Around everything that is said to the database: single statements, and begin and commit of transactions. */
  source(inner: SqlSource): SqlSource {
    return {
      connect: async () => {
        if (this.dead) throw new Crashed();
        const connection = await inner.connect();
        return {
          query: (text, values, name) => this.step('database', text.trim().slice(0, 60), () => connection.query(text, values, name)),
          // a dead process's connections are cut, and the server rolls back what was open on them
          release: (broken) => connection.release(this.dead ? new Crashed() : broken),
        };
      },
      close: () => inner.close(),
    };
  }

  providerOf(ordinary: PaymentsContext['providerOf']): PaymentsContext['providerOf'] {
    return (connection) => {
      const provider = ordinary(connection);
      const counted: PaymentProvider = {
        ...provider,
        minimumChargeMinor: (currency) => provider.minimumChargeMinor(currency),
        verifyWebhook: (...all) => provider.verifyWebhook(...all),
        testConnection: (...all) => this.step('provider', 'test', () => provider.testConnection(...all)),
        createPayment: (...all) => this.step('provider', 'create', () => provider.createPayment(...all)),
        readPayment: (...all) => this.step('provider', 'read', async () => (this.providerGone ? gone : provider.readPayment(...all))),
        closePayment: (...all) => this.step('provider', 'close', async () => (this.providerGone ? gone : provider.closePayment(...all))),
        refundPayment: (...all) => this.step('provider', 'refund', () => provider.refundPayment(...all)),
      };
      return counted;
    };
  }

  handlers(topics: readonly string[], told: (topic: string, subjectId: string) => void): Readonly<Record<string, OutboxHandler>> {
    const handler: OutboxHandler = (_deps, event) => this.step('outbox', event.topic, async () => told(event.topic, event.subjectId));
    return Object.fromEntries(topics.map((topic) => [topic, handler]));
  }
}
