import type { CancellationQuote } from '@holdfast/contract/cancellation';
import type { EventClient, EventPage } from '@holdfast/contract/events';
import { Checkbox, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { insistOnCover } from '../memberships/insist-on-cover.ts';
import { useLocationHere, useMay } from '../session.tsx';
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
  const [visitsBack, setVisitsBack] = useState(false);
  const cut = useVisitsOfCut(client, client.places - places);
  const others = useQuery(eventsQuery(here.id, { service: event.serviceId }));
  const choices = (others.data?.events ?? []).filter(({ status, id, startsAt }) => id === event.id || (status === 'open' && startsAt > event.now));
  const known = choices.some(({ id }) => id === event.id) ? choices : [event, ...choices];
  const wish = { version: client.version, places, eventId, visitsBack: visitsBack && cut.late };
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
          {cut.visits.length > 0 && (
            <Text size="sm" aria-live="polite">
              {cut.visits
                .map((part) =>
                  say(part.back || visitsBack ? 'refunds.choice.visits_back' : 'refunds.choice.visits_used', {
                    count: part.visits,
                    membership: part.membershipName,
                  }),
                )
                .join(' · ')}
            </Text>
          )}
          {cut.late && (
            <Checkbox
              label={say('events.change_places.visits_back')}
              checked={visitsBack}
              onChange={({ currentTarget: { checked } }) => setVisitsBack(checked)}
            />
          )}
          {change.error && <TroubleNotice error={change.error} words={eventTroubles} />}
          <DialogFoot onCancel={onClose} pending={change.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}

/** What becomes of the visits of so many places that are given up, as if they were cancelled: those that come back go first. */
function useVisitsOfCut({ appointmentId }: EventClient, places: number) {
  const here = useLocationHere();
  const may = useMay();
  const quote = useQuery({
    queryKey: ['refunds', here.id, 'quote', appointmentId],
    queryFn: () => ask<CancellationQuote>('GET', at(here.id, 'appointments', appointmentId, 'cancellation-quote')),
    enabled: places > 0 && may('appointments.cancel'),
  });
  let left = Math.max(places, 0);
  const visits = [...(quote.data?.appointments[0]?.visits ?? [])]
    .sort((a, b) => Number(b.back) - Number(a.back))
    .map((part) => {
      const count = Math.min(part.visits, left);
      left -= count;
      return { ...part, visits: count };
    })
    .filter((part) => part.visits > 0);
  return { visits, late: visits.some(({ back }) => !back) };
}
