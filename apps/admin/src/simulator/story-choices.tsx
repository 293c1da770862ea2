import type { SimulatedWay, SimulationChoices, SimulationWish } from '@holdfast/contract/simulation';
import { Select, SimpleGrid } from '@mantine/core';
import { useWords } from '../words.tsx';
import type { SimulatorSearch } from './simulator-search.ts';

/** How it is paid, through whom, and for which service; what cannot be chosen is there with its reason. */
export function StoryChoices({
  scenario,
  choices,
  wish,
  onChange,
}: {
  scenario: SimulationChoices['scenarios'][number];
  choices: SimulationChoices;
  wish: SimulationWish;
  onChange: (next: Partial<SimulatorSearch>) => void;
}) {
  const { say } = useWords();
  const wayHere = choices.ways.find(({ way }) => way === wish.way);
  const because = (name: string, reason: SimulationChoices['services'][number]['reason']) =>
    reason ? `${name} – ${say(`simulator.reason.${reason}`)}` : name;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Select
        label={say('simulator.way')}
        description={wayHere && !wayHere.switchedOn ? say('simulator.way.off') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        value={wish.way ?? null}
        data={scenario.ways.map((way) => ({
          value: way,
          label: say(`simulator.way.${way}`),
          disabled: choices.ways.some((one) => one.way === way && one.reason !== null),
        }))}
        onChange={(way) => way && onChange({ way: way as SimulatedWay })}
      />
      <Select
        label={say('simulator.provider')}
        allowDeselect={false}
        value={wish.provider ?? null}
        data={choices.providers.map(({ name, title, connected, reason }) => ({
          value: name,
          label: connected ? say('simulator.provider.connected', { provider: title }) : because(title, reason),
          disabled: reason !== null,
        }))}
        onChange={(provider) => provider && onChange({ provider })}
      />
      <Select
        label={say('simulator.service')}
        searchable
        allowDeselect={false}
        value={wish.serviceId ?? ''}
        data={[
          { value: '', label: say('simulator.service.any') },
          ...choices.services
            .filter(({ ways, reason }) => reason !== null || (wish.way !== undefined && ways.includes(wish.way)))
            .map(({ id, name, reason }) => ({ value: id, label: because(name, reason), disabled: reason !== null })),
        ]}
        onChange={(service) => onChange({ service: service ?? '' })}
      />
    </SimpleGrid>
  );
}
