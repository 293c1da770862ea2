import type { WaitingLine } from '@holdfast/contract/waiting';
import { Group, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask, at } from '../api.ts';
import { bookablesQuery, doesAll } from '../appointment/bookables-query.ts';
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

interface Props {
  /** The line's address, and what is wished besides the client. */
  path: string;
  wish: object;
  /** Why it cannot be sent yet. */
  missing?: string | undefined;
  children: ReactNode;
  onClose: () => void;
}

/** Staff put a client at the end of a line. */
function AddDialog({ path, wish, missing, children, onClose }: Props) {
  const { say } = useWords();
  const [who, setWho] = useState(nobody);
  const known = !who.isNew && who.client !== null;
  const client = known ? { clientId: who.client?.id } : { name: who.name.trim(), phone: who.phone.trim(), email: who.email.trim() };
  const add = useEventDeed(() => ask<WaitingLine>('POST', path, { client, ...wish }), onClose);
  const nobodyYet = known || (who.name.trim() !== '' && who.phone.trim() !== '') ? undefined : say('waiting.add.needs_phone');
  const notYet = nobodyYet ?? missing;
  return (
    <Dialog onClose={onClose} title={say('waiting.add')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!notYet && !add.isPending) add.mutate();
        }}
        noValidate
      >
        <Stack gap="md">
          <Text size="sm">{say('waiting.add.about')}</Text>
          <ClientSelect wish={who} onChange={(more) => setWho({ ...who, ...more })} error={undefined} />
          {children}
          {add.error && (
            <TroubleNotice
              error={add.error}
              words={{
                already_there: 'waiting.add.already_there',
                invalid_phone: 'waiting.add.needs_phone',
                time_not_offered: 'waiting.add.not_then',
                more_than_left: 'waiting.add.too_many',
              }}
            />
          )}
          <DialogFoot onCancel={onClose} does={say('waiting.add')} pending={add.isPending} reason={notYet} />
        </Stack>
      </form>
    </Dialog>
  );
}

export function AddToLineDialog({ eventId, capacity, onClose }: { eventId: string; capacity: number; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [places, setPlaces] = useState(1);
  return (
    <AddDialog path={at(here.id, 'events', eventId, 'waiting')} wish={{ places }} onClose={onClose}>
      <NumberInput
        label={say('waiting.places')}
        min={1}
        max={Math.min(50, capacity)}
        allowDecimal={false}
        value={places}
        onChange={(typed) => setPlaces(typeof typed === 'number' ? typed : 1)}
      />
    </AddDialog>
  );
}

/** For time on a day: which services, with whom, between which hours. */
export function AddToDayDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const { say, day: dayName } = useWords();
  const here = useLocationHere();
  const { data: bookables, error, refetch } = useQuery(bookablesQuery(here.id));
  const [serviceIds, setServiceIds] = useState<string[]>([]);
  const [staffId, setStaffId] = useState<string | null>(null);
  const [hours, setHours] = useState({ from: '', to: '' });
  const able = bookables?.staff.filter((person) => doesAll(person, serviceIds)) ?? [];
  const wrong = hours.from !== '' && hours.to !== '' && hours.from > hours.to;
  const missing = serviceIds.length === 0 ? say('waiting.add.needs_service') : wrong ? say('waiting.add.hours_wrong') : undefined;
  const wish = { serviceIds, staffId, day, fromMinute: minuteOf(hours.from), toMinute: minuteOf(hours.to) };
  const choose = (next: string[]) => {
    setServiceIds(next);
    if (!bookables?.staff.some((person) => person.id === staffId && doesAll(person, next))) setStaffId(null);
  };
  return (
    <AddDialog path={at(here.id, 'waiting')} wish={wish} missing={missing} onClose={onClose}>
      <Text fw={600}>{dayName(day)}</Text>
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      <MultiSelect
        label={say('waiting.add.services')}
        data={bookables?.services.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={serviceIds}
        onChange={choose}
        maxValues={8}
        searchable
        comboboxProps={{ zIndex: 600 }}
      />
      <Select
        label={say('waiting.add.staff')}
        data={[{ value: '', label: say('waiting.anybody') }, ...able.map(({ id, name }) => ({ value: id, label: name }))]}
        value={staffId ?? ''}
        onChange={(id) => setStaffId(id || null)}
        allowDeselect={false}
        comboboxProps={{ zIndex: 600 }}
      />
      <Group grow align="flex-start">
        <TextInput
          type="time"
          label={say('waiting.add.from')}
          value={hours.from}
          onChange={({ target }) => setHours({ ...hours, from: target.value })}
        />
        <TextInput type="time" label={say('waiting.add.to')} value={hours.to} onChange={({ target }) => setHours({ ...hours, to: target.value })} />
      </Group>
    </AddDialog>
  );
}

/** Minutes after midnight; null: left empty. */
function minuteOf(clock: string): number | null {
  const [hours, minutes] = clock.split(':').map(Number);
  return clock === '' || hours === undefined || minutes === undefined ? null : hours * 60 + minutes;
}
