import type { InjectOptions } from 'fastify';
import type { App } from '../app.ts';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { CrashPlan, type Death, type Surface } from './crashing.ts';
import { PATIENCE } from './patience.ts';
import { KEYS, type TestApp } from './test-app.ts';

type Response = Awaited<ReturnType<App['http']['inject']>>;
interface Process extends App {
  readonly plan: CrashPlan;
}

/**
 * The whole program as the world sees it: a process that may die at a step, and another one that takes over then. Whoever got no answer asks again, as
 * people, browsers and providers do.
 */
export class MortalServer {
  readonly #world: TestApp;
  readonly #deaths: Death[];
  #process: Process;
  #takingOver: Promise<void> | undefined;
  /** What nobody should ever be answered. */
  readonly troubles: string[] = [];
  readonly died: Record<Surface, number> = { database: 0, provider: 0, outbox: 0 };

  private constructor(world: TestApp, deaths: readonly Death[], process: Process) {
    this.#world = world;
    this.#deaths = [...deaths];
    this.#process = process;
  }

  static async start(world: TestApp, deaths: readonly Death[]): Promise<MortalServer> {
    const [first, ...more] = deaths;
    return new MortalServer(world, more, await comeUp(world, first));
  }

  /** The test app, but whoever calls it reaches the process that lives. */
  get app(): TestApp {
    const http = { inject: (wish: InjectOptions) => this.#ask(wish) };
    return { ...this.#world, http: http as unknown as TestApp['http'] };
  }

  async #ask(wish: InjectOptions): Promise<Response> {
    for (;;) {
      const asked = this.#process;
      const answer = await asked.http.inject(wish);
      const broken = answer.statusCode === 500;
      if (asked.plan.dead) {
        await this.#takeOver(asked);
        if (broken) continue;
      }
      if (broken) this.troubles.push(`${wish.method} ${JSON.stringify(wish.url)} ${JSON.stringify(wish.payload ?? {})}: ${answer.body}`);
      return answer;
    }
  }

  /** What was to be done right after an answer is done. */
  async afterwards(): Promise<void> {
    const asked = this.#process;
    await asked.afterwards();
    if (asked.plan.dead) await this.#takeOver(asked);
  }

  /** What is due now is done, also what follows from that. */
  async rest(): Promise<void> {
    for (;;) {
      const asked = this.#process;
      await asked.afterwards();
      await asked.background.settleDown();
      if (!asked.plan.dead) return;
      await this.#takeOver(asked);
    }
  }

  /** Providers may go on, people may ask again, but nobody dies any more. */
  async recover(): Promise<void> {
    this.#deaths.length = 0;
    const last = this.#process;
    this.#process = await comeUp(this.#world, undefined);
    await last.close();
  }

  async close(): Promise<void> {
    await this.#process.close();
  }

  /** Two may have been asking when it died: the first of them sees to it, and the others wait for that. */
  async #takeOver(from: Process): Promise<void> {
    if (this.#process !== from) return;
    this.#takingOver ??= this.#succeed(from).finally(() => {
      this.#takingOver = undefined;
    });
    await this.#takingOver;
  }

  async #succeed(from: Process): Promise<void> {
    if (from.plan.diedAt) this.died[from.plan.diedAt.surface]++;
    const next = comeUp(this.#world, this.#deaths.shift());
    this.#process = await next;
    await from.close();
  }
}

async function comeUp(world: TestApp, death: Death | undefined): Promise<Process> {
  const plan = new CrashPlan(death);
  const source = postgresSource(world.database.url, { connections: 8, patience: PATIENCE });
  // coming up is not what is tested: it happens before the first step is counted
  let counting = false;
  const counted = plan.source(source);
  const db = createDatabase({ connect: () => (counting ? counted : source).connect(), close: () => source.close() });
  const app = await world.again({ db, providerOf: (ordinary) => plan.providerOf(ordinary) });
  const origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  world.sandbox.setAccount({
    secretKey: KEYS.secretKey,
    publishableKey: KEYS.publishableKey,
    webhookSecret: KEYS.signingSecret,
    webhookUrl: `${origin}/api/v1/webhooks/${world.scope.chainId}/${world.connectionId}`,
  });
  counting = true;
  return { ...app, plan };
}
