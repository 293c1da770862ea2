import type { FreeTimes as Answer } from '@holdfast/contract/free-times';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Trouble } from '../api.ts';
import { useLocationHere, useSession } from '../session.tsx';
import { useWords } from '../words.tsx';

const SHOWN = 24;

/** Suggests times that are free that day, as the booking page would offer them. Staff may book others, too. */
export function FreeTimes({
  staffId,
  services,
  day,
  chosen,
  onChoose,
}: {
  staffId: string | null;
  services: readonly string[];
  day: string;
  chosen: string;
  onChoose: (time: string) => void;
}) {
  const { say } = useWords();
  const label = useId();
  const { chain } = useSession();
  const { slug } = useLocationHere();
  const asked = staffId !== null && services.length > 0 && /^\d{4}-\d\d-\d\d$/.test(day);
  const { data, error } = useQuery({
    queryKey: ['free-times', slug, staffId, services.join(','), day],
    queryFn: ({ signal }) =>
      readFreeTimes(`${chain.slug}/${slug}`, { services: services.join(','), staff: staffId ?? 'any', from: day, days: '1' }, signal),
    enabled: asked,
    staleTime: 15_000,
  });
  if (!asked) return null;
  const times = data?.days.find((one) => one.day === day)?.times ?? [];
  return (
    <Stack gap={6} role="group" aria-labelledby={label}>
      <Text size="sm" fw={500} id={label}>
        {say('appointment.free')}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {error && say(error instanceof Trouble && error.kind === 'refused' ? 'appointment.free.not_online' : 'appointment.free.trouble')}
        {!error && !data && say('appointment.free.loading')}
        {data && times.length === 0 && say('appointment.free.none')}
      </Text>
      {times.length > 0 && (
        <Group gap={6}>
          {spread(times, SHOWN).map(({ local }) => (
            <Button
              key={local}
              size="compact-sm"
              variant={local === chosen ? 'filled' : 'default'}
              aria-pressed={local === chosen}
              onClick={() => onChoose(local)}
            >
              {local}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}

async function readFreeTimes(place: string, asked: Record<string, string>, signal: AbortSignal): Promise<Answer> {
  const answer = await fetch(`/api/v1/locations/${place}/free-times?${new URLSearchParams(asked)}`, { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Trouble('offline', {});
  });
  if (answer.ok) return (await answer.json()) as Answer;
  throw new Trouble(answer.status < 500 ? 'refused' : 'broken', { status: answer.status });
}

/** Not more than `most`, over the whole day. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  const every = Math.ceil(all.length / most);
  return all.filter((_, index) => index % every === 0);
}
