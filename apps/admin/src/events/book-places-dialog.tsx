import type { EventPage } from '@holdfast/contract/events';
import { NumberInput, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { ClientSelect } from '../appointment/client-select.tsx';
import type { NewWish } from '../appointment/new-wish.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { eventTroubles } from './event-words.ts';
import { useEventDeed } from './use-event-deed.ts';

const nobody: NewWish = {
  client: null,
  isNew: false,
  name: '',
  phone: '',
  email: '',
  services: [],
  staffId: null,
  day: '',
  time: '',
  durationMinutes: null,
  comment: '',
};

/** Staff book places for a client at the desk or on the telephone. */
export function BookPlacesDialog({ event, onClose }: { event: EventPage; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [wish, setWish] = useState(nobody);
  const [places, setPlaces] = useState(1);
  const known = !wish.isNew && wish.client !== null;
  const client = known ? { clientId: wish.client?.id } : { name: wish.name.trim(), phone: wish.phone.trim(), email: wish.email.trim() };
  const book = useEventDeed(() => ask('POST', at(here.id, 'events', event.id, 'places'), { client, places, comment: wish.comment }), onClose);
  const missing = !known && wish.name.trim() === '';
  const tooMany = places > event.placesLeft ? say('events.places_left', { count: event.placesLeft }) : undefined;
  return (
    <Dialog onClose={onClose} title={say('events.book')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!missing && !tooMany && !book.isPending) book.mutate();
        }}
        noValidate
      >
        <Stack gap="md">
          <ClientSelect wish={wish} onChange={(more) => setWish({ ...wish, ...more })} error={undefined} />
          <NumberInput
            label={say('events.capacity')}
            min={1}
            max={50}
            allowDecimal={false}
            value={places}
            error={tooMany}
            onChange={(typed) => setPlaces(typeof typed === 'number' ? typed : 1)}
          />
          <Textarea
            label={say('appointment.comment')}
            maxLength={1000}
            autosize
            value={wish.comment}
            onChange={({ currentTarget }) => setWish({ ...wish, comment: currentTarget.value })}
          />
          {book.error && <TroubleNotice error={book.error} words={eventTroubles} />}
          <DialogFoot
            onCancel={onClose}
            does={say('events.book')}
            pending={book.isPending}
            reason={missing ? say('appointment.not_yet.client') : tooMany}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
