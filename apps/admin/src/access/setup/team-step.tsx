import { Chip, Group, Input, Stack, Switch, TextInput } from '@mantine/core';
import { useWords } from '../../words.tsx';
import { type Answers, minuteOfDay, type StepProps } from './answers.ts';

export function TeamStep({ answers: { team, owner }, change }: StepProps) {
  const { say, weekday, weekStartsOn } = useWords();
  const put = (part: Partial<Answers['team']>) => change({ team: { ...team, ...part } });
  const days = Array.from({ length: 7 }, (_, no) => ((weekStartsOn - 1 + no) % 7) + 1);
  const wrongOrder = (minuteOfDay(team.from) ?? 0) >= (minuteOfDay(team.to) ?? 0);
  return (
    <Stack gap="md">
      <Switch
        label={say('access.setup.team.me')}
        description={say('access.setup.team.me.more')}
        checked={team.works}
        onChange={({ currentTarget: { checked: works } }) => put({ works })}
      />
      {team.works && (
        <>
          <Group grow align="flex-start">
            <TextInput
              label={say('access.setup.team.name')}
              placeholder={owner.name}
              value={team.name}
              onChange={({ currentTarget: { value: name } }) => put({ name })}
              maxLength={100}
            />
            <TextInput
              label={say('access.setup.team.position')}
              value={team.position}
              onChange={({ currentTarget: { value: position } }) => put({ position })}
              maxLength={100}
            />
          </Group>
          <Input.Wrapper label={say('access.setup.team.days')} labelElement="div">
            <Chip.Group multiple value={team.weekdays.map(String)} onChange={(chosen) => put({ weekdays: chosen.map(Number).sort((a, b) => a - b) })}>
              <Group gap="xs" mt={4} role="group" aria-label={say('access.setup.team.days')}>
                {days.map((day) => (
                  <Chip key={day} value={String(day)} aria-label={weekday(day, 'long')}>
                    {weekday(day, 'short')}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Input.Wrapper>
          <Group align="flex-start">
            <TextInput
              type="time"
              label={say('access.setup.team.from')}
              value={team.from}
              onChange={({ currentTarget: { value: from } }) => put({ from })}
              required
              withAsterisk={false}
            />
            <TextInput
              type="time"
              label={say('access.setup.team.to')}
              value={team.to}
              onChange={({ currentTarget: { value: to } }) => put({ to })}
              error={wrongOrder && say('access.setup.team.order')}
              required
              withAsterisk={false}
            />
          </Group>
        </>
      )}
    </Stack>
  );
}
