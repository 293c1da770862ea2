import type { WaitingLine } from '@holdfast/contract/waiting';
import { NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at, codeOf } from '../api.ts';
import { ClientSelect } from '../appointment/client-select.tsx';
import type { NewWish } from '../appointment/new-wish.ts';
import { useEventDeed } from '../events/use-event-deed.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

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

/** Staff put a client at the end of an event's line. */
export function AddToLineDialog({ eventId, capacity, onClose }: { eventId: string; capacity: number; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [wish, setWish] = useState(nobody);
  const [places, setPlaces] = useState(1);
  const known = !wish.isNew && wish.client !== null;
  const client = known ? { clientId: wish.client?.id } : { name: wish.name.trim(), phone: wish.phone.trim(), email: wish.email.trim() };
  const add = useEventDeed(() => ask<WaitingLine>('POST', at(here.id, 'events', eventId, 'waiting'), { client, places }), onClose);
  const missing = known || (wish.name.trim() !== '' && wish.phone.trim() !== '') ? undefined : say('waiting.add.needs_phone');
  return (
    <Dialog onClose={onClose} title={say('waiting.add')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!missing && !add.isPending) add.mutate();
        }}
        noValidate
      >
        <Stack gap="md">
          <Text size="sm">{say('waiting.add.about')}</Text>
          <ClientSelect wish={wish} onChange={(more) => setWish({ ...wish, ...more })} error={undefined} />
          <NumberInput
            label={say('waiting.places')}
            min={1}
            max={Math.min(50, capacity)}
            allowDecimal={false}
            value={places}
            onChange={(typed) => setPlaces(typeof typed === 'number' ? typed : 1)}
          />
          {add.error && codeOf(add.error) === 'already_there' && (
            <Text size="sm" role="alert">
              {say('waiting.add.already_there')}
            </Text>
          )}
          {add.error && codeOf(add.error) === 'invalid_phone' && (
            <Text size="sm" role="alert">
              {say('waiting.add.needs_phone')}
            </Text>
          )}
          {add.error && !['already_there', 'invalid_phone'].includes(codeOf(add.error) ?? '') && <TroubleNotice error={add.error} />}
          <DialogFoot onCancel={onClose} does={say('waiting.add')} pending={add.isPending} reason={missing} />
        </Stack>
      </form>
    </Dialog>
  );
}
