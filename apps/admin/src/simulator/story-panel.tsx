import type { SimulationChoices } from '@holdfast/contract/simulation';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { PlayingNotice } from './playing-notice.tsx';
import { ScenarioPicture } from './scenario-picture.tsx';
import { usePlay } from './simulator-query.ts';
import type { SimulatorSearch } from './simulator-search.ts';
import { StoryChoices } from './story-choices.tsx';
import { StoryResult } from './story-result.tsx';
import { wishOf } from './wish-of.ts';

/** One story: with what it is played, and what came of it. */
export function StoryPanel({
  scenario,
  choices,
  search,
  onGo,
}: {
  scenario: SimulationChoices['scenarios'][number];
  choices: SimulationChoices;
  search: SimulatorSearch;
  onGo: (search: SimulatorSearch) => void;
}) {
  const { say, language } = useWords();
  const play = usePlay();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { wish, reason } = wishOf(scenario, choices, search);
  const change = (next: Partial<SimulatorSearch>) => {
    play.reset();
    onGo({ ...search, ...next });
  };
  return (
    <Stack gap="lg">
      <Group>
        <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={() => onGo({})}>
          {say('simulator.all')}
        </Button>
      </Group>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ScenarioPicture id={scenario.id} group={scenario.group} size={56} />
        <Stack gap={4}>
          <Title order={2} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {scenario.title[language]}
          </Title>
          <Text size="sm" c="dimmed" maw={680}>
            {scenario.story[language]}
          </Text>
        </Stack>
      </Group>
      <Paper withBorder p="md">
        <Stack gap="md">
          <StoryChoices scenario={scenario} choices={choices} wish={wish} onChange={change} />
          {reason && (
            <Text size="sm" c="dimmed">
              {say(reason)}
            </Text>
          )}
          <Group>
            <ReasonButton
              reason={reason && say(reason)}
              loading={play.isPending}
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => play.mutate(wish)}
            >
              {say(play.data ? 'simulator.play.again' : 'simulator.play')}
            </ReasonButton>
          </Group>
        </Stack>
      </Paper>
      {play.isPending && <PlayingNotice />}
      {play.isError && (
        <TroubleNotice
          error={play.error}
          words={{
            too_many_requests: 'simulator.trouble.too_many_requests',
            not_ready: 'simulator.trouble.not_ready',
            time_not_offered: 'simulator.trouble.time_not_offered',
            step_not_allowed: 'simulator.trouble.step_not_allowed',
          }}
          onRetry={() => play.mutate(wish)}
        />
      )}
      {play.data && <StoryResult simulation={play.data} messages={choices.messages} />}
    </Stack>
  );
}
