import { Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { ScenarioCards } from './scenario-cards.tsx';
import { useSimulationChoices } from './simulator-query.ts';
import type { SimulatorSearch } from './simulator-search.ts';
import { StoryPanel } from './story-panel.tsx';

/** What happens if…: the stories, or one of them. */
export function SimulatorTab() {
  const { say } = useWords();
  const choices = useSimulationChoices();
  const search: SimulatorSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const go = ({ scenario, way, provider, service }: SimulatorSearch) =>
    void navigate({
      to: '.',
      search: {
        tab: 'simulator',
        ...(scenario ? { scenario } : {}),
        ...(way ? { way } : {}),
        ...(provider ? { provider } : {}),
        ...(service ? { service } : {}),
      },
    });
  if (choices.isPending) return <PageLoading />;
  if (choices.isError) return <TroubleNotice error={choices.error} onRetry={() => void choices.refetch()} />;
  const open = choices.data.scenarios.find(({ id }) => id === search.scenario);
  if (open) return <StoryPanel key={open.id} scenario={open} choices={choices.data} search={search} onGo={go} />;
  return (
    <Stack gap="lg">
      <Text size="sm" maw={720}>
        {say('simulator.about')}
      </Text>
      <ScenarioCards choices={choices.data} onOpen={(scenario) => go({ ...search, scenario })} />
    </Stack>
  );
}
