import type { SimulationChoices, SimulationWish } from '@holdfast/contract/simulation';
import type { TextKey } from '../words.tsx';
import type { SimulatorSearch } from './simulator-search.ts';

/** What pressing Play asks for: what the address says as far as it can be, else the first that can; and why nothing can. */
export function wishOf(
  scenario: SimulationChoices['scenarios'][number],
  choices: SimulationChoices,
  search: SimulatorSearch,
): { wish: SimulationWish; reason: TextKey | undefined } {
  const playable = scenario.ways.filter((way) => choices.ways.some((one) => one.way === way && one.reason === null));
  const way = playable.find((one) => one === search.way) ?? playable[0];
  const takes = choices.providers.filter(({ reason }) => reason === null);
  const provider = takes.find(({ name }) => name === search.provider) ?? takes.find(({ connected }) => connected) ?? takes[0];
  const service = choices.services.find(({ id, ways }) => id === search.service && way && ways.includes(way));
  const [first] = scenario.ways;
  const missing = choices.ways.find((one) => one.way === first)?.reason;
  const reason: TextKey | undefined = !way
    ? missing
      ? `simulator.reason.${missing}`
      : 'simulator.reason.no_story'
    : provider
      ? undefined
      : 'simulator.reason.no_provider';
  return {
    wish: {
      scenario: scenario.id,
      ...(way ? { way } : {}),
      ...(provider ? { provider: provider.name } : {}),
      ...(service ? { serviceId: service.id } : {}),
    },
    reason,
  };
}
