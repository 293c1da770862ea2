import type { EventPage } from '@holdfast/contract/events';
import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { readable } from '../frame/readable.ts';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { eventTroubles } from './event-words.ts';
import { useEventDeed } from './use-event-deed.ts';

/** A series goes on by its rule. Days that are taken are named, and left out when one says so. */
export function ExtendSeriesDialog({ event, onClose }: { event: EventPage; onClose: () => void }) {
  const { say, shortDay } = useWords();
  const here = useLocationHere();
  const [until, setUntil] = useState('');
  const [except, setExcept] = useState<readonly string[]>([]);
  const [outsideHours, setOutsideHours] = useState(false);
  const extend = useEventDeed(
    () => ask<{ ids: string[] }>('POST', at(here.id, 'event-series', event.series?.id ?? '', 'extension'), { until, except, outsideHours }),
    ({ ids }) => {
      toast(say('events.made', { count: ids.length }));
      onClose();
    },
  );
  const { error } = extend;
  const code = error instanceof Trouble ? error.code : undefined;
  const dates =
    error instanceof Trouble && Array.isArray(error.detail['dates']) ? (error.detail['dates'] as { day: string }[]).map(({ day }) => day) : [];
  const taken = code === 'time_taken' ? dates : [];
  return (
    <Dialog onClose={onClose} title={say('events.extend')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (until !== '' && !extend.isPending) extend.mutate();
        }}
        noValidate
      >
        <Stack gap="md">
          <Text size="sm">{say('events.extend.more')}</Text>
          <TextInput
            type="date"
            label={say('events.extend.until')}
            required
            data-autofocus
            styles={readable}
            min={event.series?.lastDay}
            value={until}
            onChange={({ currentTarget }) => {
              setUntil(currentTarget.value);
              setExcept([]);
            }}
          />
          {error && taken.length === 0 && <TroubleNotice error={error} words={eventTroubles} />}
          {taken.length > 0 && (
            <Checkbox
              label={say('events.extend.taken', { days: taken.map((day) => shortDay(day)).join('; ') })}
              checked={taken.every((day) => except.includes(day))}
              onChange={({ currentTarget }) => setExcept(currentTarget.checked ? taken : [])}
            />
          )}
          {(code === 'outside_hours' || outsideHours) && (
            <Checkbox label={say('events.outside')} checked={outsideHours} onChange={({ currentTarget }) => setOutsideHours(currentTarget.checked)} />
          )}
          <DialogFoot
            onCancel={onClose}
            does={say('events.extend')}
            pending={extend.isPending}
            reason={until === '' ? say('frame.required') : undefined}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
