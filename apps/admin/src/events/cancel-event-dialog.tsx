import type { EventPage, WhichEvents } from '@holdfast/contract/events';
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { eventTroubles } from './event-words.ts';
import { useEventDeed } from './use-event-deed.ts';
import { WhichField } from './which-field.tsx';

/** Closes it at once; its bookings are cancelled, and what was paid is proposed for refund. */
export function CancelEventDialog({ event, onClose }: { event: EventPage; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [because, setBecause] = useState('');
  const [which, setWhich] = useState<WhichEvents>('this');
  const wish = { version: event.version, which, because: because.trim() };
  const cancel = useEventDeed(() => ask('POST', at(here.id, 'events', event.id, 'cancellation'), wish), onClose);
  return (
    <Dialog onClose={onClose} title={say('events.cancel')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (because.trim() !== '' && !cancel.isPending) cancel.mutate();
        }}
      >
        <Stack gap="md">
          {cancel.error && <TroubleNotice error={cancel.error} words={eventTroubles} />}
          <Text size="sm">{say('events.cancel.more')}</Text>
          {event.series && <WhichField label={say('events.cancel.which')} value={which} onChange={setWhich} />}
          <BecauseField label={say('events.cancel.because')} value={because} onChange={setBecause} />
          <DialogFoot
            onCancel={onClose}
            does={say('events.cancel')}
            pending={cancel.isPending}
            reason={because.trim() === '' ? say('frame.required') : undefined}
            danger
          />
        </Stack>
      </form>
    </Dialog>
  );
}
