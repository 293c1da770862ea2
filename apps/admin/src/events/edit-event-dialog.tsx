import type { EventChange, EventPage, WhichEvents } from '@holdfast/contract/events';
import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { serviceQuery } from '../catalog/catalog-queries.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { DescriptionField, OwnTitleField, SizeFields, StaffField, WhenFields } from './event-fields.tsx';
import { eventTroubles, minuteOf, timeOf } from './event-words.ts';
import { useEventDeed } from './use-event-deed.ts';
import { WhichField } from './which-field.tsx';

/** Time, team member, places and words of an event, or of those of its series. */
export function EditEventDialog({ event, onClose }: { event: EventPage; onClose: () => void }) {
  const { say, shortDay } = useWords();
  const here = useLocationHere();
  const [which, setWhich] = useState<WhichEvents>('this');
  const [outsideHours, setOutsideHours] = useState(false);
  const [typed, setTyped] = useState({
    staffId: event.staffId,
    title: event.ownTitle,
    description: event.description,
    day: event.day,
    time: timeOf(event.atMinute),
    minutes: event.durationMinutes,
    capacity: event.capacity,
  });
  const set = (more: Partial<typeof typed>) => setTyped({ ...typed, ...more });
  const card = useQuery(serviceQuery(here.id, event.serviceId));
  const team = (card.data?.team ?? []).filter(({ own, archived, staffId }) => (own !== null && !archived) || staffId === event.staffId);
  const atMinute = minuteOf(typed.time);
  const wish: EventChange | undefined =
    atMinute === undefined || !typed.day
      ? undefined
      : {
          version: event.version,
          which,
          staffId: typed.staffId,
          title: typed.title.trim(),
          description: typed.description.trim(),
          day: typed.day,
          atMinute,
          durationMinutes: typed.minutes,
          capacity: typed.capacity,
          outsideHours,
        };
  const save = useEventDeed(
    () => ask('PUT', at(here.id, 'events', event.id), wish),
    () => {
      toast(say('frame.saved'));
      onClose();
    },
  );
  const { error } = save;
  const detail = error instanceof Trouble ? error.detail : {};
  const days = Array.isArray(detail['dates']) ? (detail['dates'] as { day: string }[]).map(({ day }) => shortDay(day)).join('; ') : '';
  const tooFew =
    error instanceof Trouble && error.code === 'more_than_left' ? say('events.capacity_taken', { count: Number(detail['placesTaken']) }) : undefined;
  const isOutside = error instanceof Trouble && error.code === 'outside_hours';
  return (
    <Dialog onClose={onClose} title={say('events.edit')} size="lg">
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (wish && !save.isPending) save.mutate();
        }}
        noValidate
      >
        <Stack gap="md">
          <OwnTitleField focused value={typed.title} onChange={(title) => set({ title })} />
          <WhenFields dayLabel={say('events.day')} day={typed.day} time={typed.time} onDay={(day) => set({ day })} onTime={(time) => set({ time })} />
          <SizeFields
            minutes={typed.minutes}
            places={typed.capacity}
            placesError={tooFew}
            onMinutes={(minutes) => set({ minutes: minutes ?? 0 })}
            onPlaces={(capacity) => set({ capacity: capacity ?? 1 })}
          />
          <StaffField team={team} value={typed.staffId} onChange={(staffId) => set({ staffId })} />
          <DescriptionField value={typed.description} onChange={(description) => set({ description })} />
          {event.series && <WhichField label={say('events.which')} value={which} onChange={setWhich} />}
          <Text size="sm" c="dimmed">
            {say('events.keep_places')}
          </Text>
          {error && !tooFew && (
            <TroubleNotice error={error} words={eventTroubles} sentence={days && !isOutside ? `${say('events.reason.dates')} ${days}` : undefined} />
          )}
          {(isOutside || outsideHours) && (
            <Checkbox label={say('events.outside')} checked={outsideHours} onChange={({ currentTarget }) => setOutsideHours(currentTarget.checked)} />
          )}
          <DialogFoot onCancel={onClose} pending={save.isPending} reason={wish ? undefined : say('events.reason.fill')} />
        </Stack>
      </form>
    </Dialog>
  );
}
