import type { ScenarioGroup, SimulationChoices } from '@holdfast/contract/simulation';
import { Group, SimpleGrid, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '../words.tsx';
import { ScenarioPicture } from './scenario-picture.tsx';
import './simulator.css';

const groups: readonly ScenarioGroup[] = ['webhooks', 'minutes', 'wrong_money', 'outages', 'people'];

/** Every story there is, in its group. */
export function ScenarioCards({ choices, onOpen }: { choices: SimulationChoices; onOpen: (scenario: string) => void }) {
  const { say, language } = useWords();
  const id = useId();
  return (
    <>
      {groups.map((group) => (
        <Stack key={group} component="section" gap="sm" aria-labelledby={`${id}-${group}`}>
          <Title order={2} size="h4" id={`${id}-${group}`}>
            {say(`simulator.group.${group}`)}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
            {choices.scenarios
              .filter((one) => one.group === group)
              .map((one) => (
                <UnstyledButton key={one.id} className="hf-story-card" onClick={() => onOpen(one.id)}>
                  <Group wrap="nowrap" align="flex-start" gap="sm">
                    <ScenarioPicture id={one.id} group={one.group} />
                    <Stack gap={2}>
                      <Text fw={600} size="sm">
                        {one.title[language]}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {one.story[language]}
                      </Text>
                    </Stack>
                  </Group>
                </UnstyledButton>
              ))}
          </SimpleGrid>
        </Stack>
      ))}
    </>
  );
}
