import type { EventClient, EventPage } from '@holdfast/contract/events';
import { NumberInput, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { insistOnCover } from '../memberships/insist-on-cover.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { eventsQuery } from './event-queries.ts';
import { eventTroubles } from './event-words.ts';
import { useEventDeed } from './use-event-deed.ts';

/** More or fewer places of one client, or another event of the same service. */
export function ChangePlacesDialog({ event, client, onClose }: { event: EventPage; client: EventClient; onClose: () => void }) {
  const words = useWords();
  const { say, when } = words;
  const here = useLocationHere();
  const [places, setPlaces] = useState(client.places);
  const [eventId, setEventId] = useState(event.id);
  const others = useQuery(eventsQuery(here.id, { service: event.serviceId }));
  const choices = (others.data?.events ?? []).filter(({ status, id, startsAt }) => id === event.id || (status === 'open' && startsAt > event.now));
  const known = choices.some(({ id }) => id === event.id) ? choices : [event, ...choices];
  const wish = { version: client.version, places, eventId };
  const path = at(here.id, 'events', event.id, 'places', client.appointmentId);
  const put = (more: object) => ask('PUT', path, { ...wish, ...more });
  const change = useEventDeed(
    async () => (await insistOnCover(put, words, event.timeZone)) !== undefined,
    (done) => done && onClose(),
  );
  return (
    <Dialog onClose={onClose} title={say('events.change_of', { name: client.name })}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!change.isPending) change.mutate();
        }}
        noValidate
      >
        <Stack gap="md">
          <NumberInput
            label={say('events.capacity')}
            min={1}
            max={50}
            allowDecimal={false}
            data-autofocus
            value={places}
            onChange={(typed) => setPlaces(typeof typed === 'number' ? typed : 1)}
          />
          <Select
            label={say('events.event')}
            allowDeselect={false}
            data={known.map((one) => ({
              value: one.id,
              label: `${when(one.startsAt, event.timeZone)} · ${one.title} · ${say('events.left', { count: one.placesLeft })}`,
            }))}
            value={eventId}
            onChange={(id) => id && setEventId(id)}
            comboboxProps={{ zIndex: 600 }}
          />
          <Text size="sm" c="dimmed">
            {say('events.change_places.more')}
          </Text>
          {change.error && <TroubleNotice error={change.error} words={eventTroubles} />}
          <DialogFoot onCancel={onClose} pending={change.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
