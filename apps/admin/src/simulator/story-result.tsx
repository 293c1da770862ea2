import type { Simulation } from '@holdfast/contract/simulation';
import { Alert, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../words.tsx';
import { MinuteScale } from './minute-scale.tsx';
import { Timeline } from './timeline.tsx';

/** How a story has ended, and how it came to that. */
export function StoryResult({ simulation, messages }: { simulation: Simulation; messages: boolean }) {
  const { say, money } = useWords();
  const { end, service, price, provider, timeline } = simulation;
  const well = end.everyCent && end.asSaid;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const places = end.places.map(({ place, amountMinor, currency }) => `${money(amountMinor, currency)} – ${say(`simulator.place.${place}`)}`);
  return (
    <Stack gap="lg">
      <Alert
        color={well ? 'green' : 'red'}
        variant="light"
        icon={well ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
        styles={{ label: { width: '100%' } }}
      >
        <Stack gap={4}>
          <Title order={3} size="h5" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {say(`simulator.end.${end.outcome}`, { provider: provider.title })} {say(`simulator.holder.${end.holder ?? 'none'}`)}
          </Title>
          <Text size="sm">{say(well ? 'simulator.every_cent' : 'simulator.not_every_cent')}</Text>
          {places.length > 0 && <Text size="sm">{places.join(' · ')}</Text>}
          {end.disagreements.map((one) => (
            <Text key={one} size="xs" ff="monospace">
              {one}
            </Text>
          ))}
        </Stack>
      </Alert>
      <Stack gap="xs" component="section">
        <Title order={3} size="h5">
          {say('simulator.timeline')}
        </Title>
        <Text size="sm" c="dimmed">
          {say('simulator.played', {
            service: service.name,
            staff: service.staffName,
            price: money(price.amountMinor, price.currency),
            provider: provider.title,
          })}
        </Text>
        {!messages && (
          <Text size="sm" c="dimmed">
            {say('simulator.no_messages')}
          </Text>
        )}
        <MinuteScale facts={timeline} />
        <Timeline simulation={simulation} />
      </Stack>
    </Stack>
  );
}
