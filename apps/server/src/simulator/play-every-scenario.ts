import type { SimulatedWay } from '@holdfast/contract/simulation';
import { providerNamed, providerNames } from '@holdfast/providers/provider-registry';
import { sandboxOf } from '@holdfast/providers/sandbox-registry';
import type { Logger } from 'pino';
import type { App, AppParts } from '../app.ts';
import { auditEverything } from '../desk/audit.ts';
import type { Database } from '../kit/database.ts';
import { chooseVisit } from './choose-visit.ts';
import { openHouse } from './open-house.ts';
import { type Played, playScenario } from './play-scenario.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { smallSalon } from './small-salon.ts';

/** Providers that can be played here: those with an adapter and a sandbox. */
export const playedProviders: readonly string[] = providerNames.filter((name) => sandboxOf(name) !== undefined);

/** One line of the matrix. */
export interface Row {
  readonly scenario: Scenario;
  readonly way: SimulatedWay;
}

export const rows: readonly Row[] = scenarios.flatMap((scenario) => scenario.ways.map((way) => ({ scenario, way })));

export interface Cell {
  readonly scenario: Scenario;
  readonly way: SimulatedWay;
  readonly played: Played | undefined;
  /** What is wrong with it; empty: every cent is in one place, and it ended as it must. */
  readonly wrong: readonly string[];
}

/** One column of the matrix: every scenario and way against one provider, in a small salon in its currency. `db` is empty, migrated, and closed in the end. */
export async function playEveryScenario({
  provider,
  played = rows,
  db,
  log,
  create,
  told = () => {},
}: {
  provider: string;
  /** Left out: all of them. */
  played?: readonly Row[];
  db: Database;
  log: Logger;
  create: (parts: AppParts) => Promise<App>;
  told?: (cell: Cell) => void;
}): Promise<{ readonly cells: readonly Cell[]; readonly disagreements: readonly string[] }> {
  const start = sandboxOf(provider);
  if (!start) throw new RangeError(`there is no sandbox of ${provider}`);
  const at = new Date('2026-03-02T09:00:00Z');
  const salon = smallSalon(firstCurrency(provider), at);
  const house = await openHouse({ db, salon, provider, start, at, log, create });
  try {
    const cells: Cell[] = [];
    const strangers = new Set<string>();
    for (const { scenario, way } of played) {
      let cell: Cell;
      try {
        const visit = await chooseVisit(house, way, undefined);
        const story = await playScenario(house, scenario, visit);
        for (const reference of story.strangers) strangers.add(reference);
        cell = { scenario, way, played: story, wrong: [...story.end.disagreements, ...story.end.otherwise] };
      } catch (error) {
        cell = { scenario, way, played: undefined, wrong: [String(error)] };
      }
      cells.push(cell);
      told(cell);
    }
    const listed = house.sandbox
      .payments()
      .filter(({ reference }) => reference === undefined || !strangers.has(reference))
      .map(({ reference, id, capturedMinor }) => ({ reference, providerPaymentId: id, capturedMinor }));
    const { disagreements } = await auditEverything(house.app.payments, listed);
    return { cells, disagreements: disagreements.map(({ between, about, says }) => `${between}: ${about}: ${says}`) };
  } finally {
    await house.close();
  }
}

/** Hryvnias, euros or reais: what the provider takes first. */
function firstCurrency(provider: string): string {
  const { currencies } = providerNamed(provider).capabilities;
  return currencies === 'any' ? 'EUR' : (currencies[0] ?? 'EUR');
}
