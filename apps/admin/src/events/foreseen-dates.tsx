import type { EventDate, EventDates, EventWish } from '@holdfast/contract/events';
import { Button, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { eventTroubles } from './event-words.ts';

export interface Foreseen {
  readonly dates: readonly EventDate[] | undefined;
  readonly error: unknown;
  /** Why it cannot be made as it is. */
  readonly reason: TextKey | undefined;
  readonly isOutside: boolean;
  refetch(): Promise<unknown>;
}

/** What each date of the wish would meet, as it is typed. */
export function useForeseen(locationId: string, wish: EventWish | undefined): Foreseen {
  // which dates, not what is left out of them: that is seen here
  const all = wish && { ...wish, title: '', description: '', outsideHours: false, repeat: wish.repeat && { ...wish.repeat, except: [] } };
  const [asked] = useDebouncedValue(all && JSON.stringify(all), 300);
  const query = useQuery({
    queryKey: ['event-dates', locationId, asked],
    queryFn: ({ signal }) => ask<EventDates>('POST', at(locationId, 'events', 'dates'), JSON.parse(asked ?? ''), signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
  const skipped = wish?.repeat?.except ?? [];
  const kept = (query.data?.dates ?? []).filter(({ day }) => !skipped.includes(day));
  const isOutside = kept.some(({ refusal, soft }) => refusal !== null && soft);
  const isTaken = kept.some(({ refusal, soft }) => refusal !== null && !soft);
  const reason = isTaken ? 'events.reason.dates' : isOutside && !wish?.outsideHours ? 'events.reason.outside' : undefined;
  const waiting = query.data && asked === (all && JSON.stringify(all)) ? undefined : ('events.dates.checking' as const);
  return {
    dates: query.data?.dates,
    error: query.error,
    reason: wish && !query.error ? (waiting ?? reason) : undefined,
    isOutside,
    refetch: query.refetch,
  };
}

/** Date by date: free, taken by what, or left out. */
export function ForeseenDates({
  foreseen,
  skipped,
  onSkip,
  timeZone,
}: {
  foreseen: Foreseen;
  skipped: readonly string[];
  onSkip: (skipped: readonly string[]) => void;
  timeZone: string;
}) {
  const { say, shortDay, time } = useWords();
  const { dates, error } = foreseen;
  if (error) return <TroubleNotice error={error} words={eventTroubles} />;
  if (!dates) return null;
  const isHard = ({ refusal, soft }: EventDate) => refusal !== null && !soft;
  const hard = dates.filter((one) => isHard(one) && !skipped.includes(one.day));
  const told = (one: EventDate) => {
    if (skipped.includes(one.day)) return say('events.date.skipped');
    if (one.refusal === null) return say('events.date.free');
    if (one.soft) return say('events.date.outside');
    if (!one.by) return say('events.date.cannot');
    if (one.by.kind === 'break') return say('events.date.break');
    return say('events.date.taken', { name: one.by.name, from: time(one.by.from, timeZone), to: time(one.by.to, timeZone) });
  };
  return (
    <Stack gap="xs" role="group" aria-label={say('events.dates', { count: dates.length })}>
      <Group justify="space-between">
        <Text size="sm" fw={600} aria-live="polite">
          {say('events.dates', { count: dates.length - skipped.length })}
        </Text>
        {dates.length > 1 && hard.length > 0 && (
          <Button size="xs" variant="default" onClick={() => onSkip([...skipped, ...hard.map(({ day }) => day)])}>
            {say('events.skip_taken')}
          </Button>
        )}
      </Group>
      <ScrollArea.Autosize mah={220} type="auto">
        <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: 'none' }}>
          {dates.map((one) => {
            const isSkipped = skipped.includes(one.day);
            return (
              <Group key={one.day} component="li" justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" {...(isSkipped ? { td: 'line-through', c: 'dimmed' } : {})}>
                  {shortDay(one.day)}, {time(one.startsAt, timeZone)}
                </Text>
                <Group gap="xs" wrap="nowrap">
                  <Text size="sm" ta="end" {...(one.refusal !== null && !isSkipped ? { fw: 600 } : { c: 'dimmed' })}>
                    {told(one)}
                  </Text>
                  {dates.length > 1 && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={`${say(isSkipped ? 'events.date.take' : 'events.date.skip')}: ${shortDay(one.day)}`}
                      onClick={() => onSkip(isSkipped ? skipped.filter((day) => day !== one.day) : [...skipped, one.day])}
                    >
                      {say(isSkipped ? 'events.date.take' : 'events.date.skip')}
                    </Button>
                  )}
                </Group>
              </Group>
            );
          })}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  );
}
