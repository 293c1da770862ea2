import type { Simulation, SimulationChoices, SimulationWish } from '@holdfast/contract/simulation';
import { sandboxOf } from '@holdfast/providers/sandbox-registry';
import type { Scope } from '../access/scope.ts';
import type { App, AppParts } from '../app.ts';
import { auditEverything } from '../desk/audit.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { chooseVisit } from './choose-visit.ts';
import { copySalon } from './copy-salon.ts';
import { decideWish } from './decide-wish.ts';
import { type House, openHouse } from './open-house.ts';
import { openMemory } from './open-memory.ts';
import { type Played, playScenario } from './play-scenario.ts';
import { readChoices } from './read-choices.ts';

export interface SimulatorContext extends Pick<Deps, 'db' | 'now' | 'log'> {
  /** Where clients reach the salon: messages of a story name this address. */
  readonly publicUrl: string;
  /** `createApp` */
  readonly create: (parts: AppParts) => Promise<App>;
}

export interface Simulator {
  choices(scope: Scope): Promise<SimulationChoices>;
  /**
   * Plays a scenario in a copy of the salon that lives in this process's memory while it is played: its settings and nothing else, the provider's sandbox
   * beside it, both reachable from this machine only. The salon's own database is read, and nothing is ever said to a provider.
   *
   * Refuses with `not_found` (scenario, provider or service), `step_not_allowed` (why it cannot be played here), `time_not_offered` (no free time),
   * `too_many_requests` (others are being played), `not_ready` (it took too long).
   */
  simulate(scope: Scope, wish: SimulationWish): Promise<Simulation>;
}

/** Each is a database of its own: more of them at a time would be felt by those who book. */
const AT_ONCE = 2;
/** Less than a minute: after that the connection is taken for dead, and nobody would hear why. */
const LONGEST_MS = 55_000;

export function createSimulator(ctx: SimulatorContext, { longestMs = LONGEST_MS } = {}): Simulator {
  let playing = 0;
  return {
    choices: (scope) => readChoices(ctx.db, scope),
    async simulate(scope, wish) {
      const { scenario, way, provider, serviceId } = decideWish(await readChoices(ctx.db, scope), wish);
      if (playing >= AT_ONCE)
        throw new Problem('too_many_requests', 429, 'Others are being played just now. Try again in a moment.', { retryAfterSeconds: 10 });
      playing++;
      const stop = new AbortController();
      const begun = (async () => {
        const house = await openCopy(ctx, scope, provider);
        try {
          stop.signal.throwIfAborted();
          const visit = await chooseVisit(house, way, serviceId);
          const played = await playScenario(house, scenario, visit, { signal: stop.signal });
          return shown(ctx, house, played, await auditOf(house, played));
        } finally {
          await house.close();
        }
      })();
      const ended = begun.finally(() => playing--);
      // what is late ends by itself, unheard: it holds its place until it has gone
      ended.catch(() => {});
      return Promise.race([ended, tooLong(stop, ended, longestMs)]);
    },
  };
}

async function tooLong(stop: AbortController, ended: Promise<unknown>, longestMs: number): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    stop.abort();
    reject(new Problem('not_ready', 503, 'It took too long and was stopped. Nothing was changed; try again.', { retryAfterSeconds: 30 }));
  }, longestMs);
  void ended.catch(() => {}).finally(() => clearTimeout(timer));
  return promise;
}

async function openCopy(ctx: SimulatorContext, scope: Scope, provider: string): Promise<House> {
  const start = sandboxOf(provider);
  invariant(start, 'a provider that can be chosen has a sandbox');
  const salon = await copySalon(ctx.db.read, scope);
  const log = ctx.log.child({ simulation: true }, { level: 'silent' });
  return openHouse({ db: await openMemory(), salon, provider, start, at: ctx.now(), log, create: ctx.create });
}

/** What else disagrees in the whole copy. */
async function auditOf({ app, sandbox }: House, { strangers }: Played): Promise<readonly string[]> {
  const listed = sandbox
    .payments()
    .filter(({ reference }) => reference === undefined || !strangers.includes(reference))
    .map(({ reference, id, capturedMinor }) => ({ reference, providerPaymentId: id, capturedMinor }));
  const { disagreements } = await auditEverything(app.payments, listed);
  return disagreements.map(({ between, says }) => `${between}: ${says}`);
}

function shown(ctx: SimulatorContext, { entrance, provider }: House, played: Played, audit: readonly string[]): Simulation {
  const { scenario, way, visit, timeline, end } = played;
  const { outcome, appointment, holder, places, otherwise } = end;
  const disagreements = [...end.disagreements, ...audit];
  const ours = (text: string) => text.replaceAll(entrance.origin, ctx.publicUrl);
  const { currency, requiredMinor, availableMinor, priceMinMinor } = visit.quote;
  return {
    scenario: scenario.id,
    way,
    provider: { name: provider.name, title: provider.title },
    service: { ...visit.service, staffName: visit.staff.name },
    visit: { startsAt: visit.startsAt, timeZone: visit.timeZone },
    price: { amountMinor: { required: requiredMinor, available: availableMinor, link: priceMinMinor }[way], currency },
    timeline: timeline.map((fact) => (fact.lane === 'messages' ? { ...fact, subject: ours(fact.subject), body: ours(fact.body) } : fact)),
    end: {
      outcome,
      appointment,
      holder,
      asSaid: otherwise.length === 0,
      everyCent: disagreements.length === 0,
      places,
      disagreements: [...disagreements, ...otherwise],
    },
  };
}
