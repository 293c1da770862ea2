import type { SimulatedWay, SimulationChoices, SimulationWish } from '@holdfast/contract/simulation';
import { Problem } from '../kit/problem.ts';
import { firstProvider } from './read-choices.ts';
import type { Scenario } from './scenario.ts';
import { scenarioNamed } from './scenarios.ts';

export interface Decided {
  readonly scenario: Scenario;
  readonly way: SimulatedWay;
  readonly provider: string;
  readonly serviceId: string;
}

/** What is played for a wish: what it leaves out is chosen, what cannot be is refused with the reason that the choices say. */
export function decideWish(choices: SimulationChoices, wish: SimulationWish): Decided {
  const scenario = scenarioNamed(wish.scenario);
  if (!scenario) throw new Problem('not_found', 404, 'There is no such scenario.');
  const service = wish.serviceId === undefined ? undefined : choices.services.find(({ id }) => id === wish.serviceId);
  if (wish.serviceId !== undefined && !service) throw new Problem('not_found', 404, 'There is no such service here.');
  const ways = scenario.ways.filter((way) => (wish.way === undefined || way === wish.way) && (!service || service.ways.includes(way)));
  const found = ways.find((way) => choices.services.some((one) => one.ways.includes(way)));
  if (!found) {
    const asked = wish.way ?? scenario.ways[0];
    const missing = service?.reason ?? choices.ways.find(({ way }) => way === asked)?.reason ?? 'way';
    throw new Problem('step_not_allowed', 409, 'No service here can be paid as this scenario needs it.', { missing });
  }
  const provider = wish.provider === undefined ? firstProvider(choices.providers) : choices.providers.find(({ name }) => name === wish.provider);
  if (!provider && wish.provider !== undefined) throw new Problem('not_found', 404, 'There is no such provider to play.');
  if (!provider || provider.reason)
    throw new Problem('step_not_allowed', 409, 'This provider cannot be played here.', { missing: provider?.reason ?? 'takes_other_currencies' });
  const first = choices.services.find(({ ways: those }) => those.includes(found));
  return { scenario, way: found, provider: provider.name, serviceId: service?.id ?? first?.id ?? '' };
}
