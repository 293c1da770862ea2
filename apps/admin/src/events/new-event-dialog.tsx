import type { EventWish } from '@holdfast/contract/events';
import { localDay } from '@holdfast/contract/move-rules';
import { Checkbox, Group, Select, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { catalogQuery, serviceQuery } from '../catalog/catalog-queries.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { DescriptionField, OwnTitleField, SizeFields, StaffField, WhenFields } from './event-fields.tsx';
import { eventsOf } from './event-queries.ts';
import { eventTroubles, minuteOf, timeOf } from './event-words.ts';
import { ForeseenDates, useForeseen } from './foreseen-dates.tsx';
import { noRepeat, RepeatFields, repeatOf } from './repeat-fields.tsx';

/** One event or a series: every date is looked at before anything is made. `preset`: `<staff id>~<instant>`, where the calendar was clicked. */
export function NewEventDialog({ preset, onClose }: { preset: string; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [presetStaff, presetStart] = preset.split('~');
  const startMs = presetStart ? Date.parse(presetStart) : Number.NaN;
  const [typed, setTyped] = useState({
    serviceId: '',
    staffId: presetStaff ?? '',
    title: '',
    description: '',
    day: localDay(here.timeZone, Number.isNaN(startMs) ? serverNow() + 86_400_000 : startMs),
    time: Number.isNaN(startMs) ? '18:00' : timeAt(here.timeZone, startMs),
    minutes: null as number | null,
    places: null as number | null,
    repeat: noRepeat,
    skipped: [] as readonly string[],
    outsideHours: false,
  });
  const set = (more: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...more }));
  const lists = useQuery(catalogQuery(here.id));
  const services = (lists.data?.services ?? []).filter(({ kind, archived }) => kind === 'event' && !archived);
  const service = services.find(({ id }) => id === typed.serviceId) ?? (services.length === 1 ? services[0] : undefined);
  const card = useQuery({ ...serviceQuery(here.id, service?.id ?? ''), enabled: service !== undefined });
  const team = (card.data?.team ?? []).filter(({ own, archived }) => own !== null && !archived);
  const staff = team.find(({ staffId }) => staffId === typed.staffId) ?? (team.length === 1 ? team[0] : undefined);
  const minutes = typed.minutes ?? staff?.own?.durationMinutes ?? service?.durationMinutes ?? 60;
  const places = typed.places ?? service?.places ?? 10;
  const atMinute = minuteOf(typed.time);
  const wish: EventWish | undefined =
    service && staff && typed.day && atMinute !== undefined && minutes >= 5 && places >= 1
      ? {
          serviceId: service.id,
          staffId: staff.staffId,
          title: typed.title.trim(),
          description: typed.description.trim(),
          day: typed.day,
          atMinute,
          durationMinutes: minutes,
          capacity: places,
          repeat: repeatOf(typed.repeat, typed.skipped),
          outsideHours: typed.outsideHours,
        }
      : undefined;
  const foreseen = useForeseen(here.id, wish);
  const make = useMutation({
    mutationFn: (made: EventWish) => ask<{ ids: string[] }>('POST', at(here.id, 'events'), made),
    onSuccess: async ({ ids }) => {
      void queries.invalidateQueries({ queryKey: eventsOf(here.id) });
      void queries.invalidateQueries({ queryKey: ['calendar', here.id] });
      toast(say('events.made', { count: ids.length }));
      await navigate({ to: `/${here.slug}/events/${ids[0]}` as never });
    },
    onError: () => void foreseen.refetch(),
  });
  const reason = !wish ? say('events.reason.fill') : foreseen.reason && say(foreseen.reason);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish && !reason && !make.isPending) make.mutate(wish);
  };
  return (
    <Dialog onClose={onClose} title={say('events.new')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Group grow align="flex-start">
            <Select
              label={say('events.service')}
              required
              allowDeselect={false}
              data-autofocus
              data={services.map(({ id, name }) => ({ value: id, label: name }))}
              value={service?.id ?? null}
              onChange={(serviceId) => serviceId && set({ serviceId })}
              comboboxProps={{ zIndex: 600 }}
            />
            <StaffField team={team} value={staff?.staffId ?? null} required disabled={!service} onChange={(staffId) => set({ staffId })} />
          </Group>
          <OwnTitleField value={typed.title} onChange={(title) => set({ title })} />
          <WhenFields
            dayLabel={say(typed.repeat.every === 'no' ? 'events.day' : 'events.first_day')}
            day={typed.day}
            time={typed.time}
            onDay={(day) => set({ day, skipped: [] })}
            onTime={(time) => set({ time })}
          />
          <SizeFields minutes={minutes} places={places} onMinutes={(value) => set({ minutes: value })} onPlaces={(value) => set({ places: value })} />
          <RepeatFields value={typed.repeat} onChange={(repeat) => set({ repeat, skipped: [] })} />
          <DescriptionField value={typed.description} onChange={(description) => set({ description })} />
          {wish && <ForeseenDates foreseen={foreseen} skipped={typed.skipped} onSkip={(skipped) => set({ skipped })} timeZone={here.timeZone} />}
          {foreseen.isOutside && (
            <Checkbox
              label={say('events.outside')}
              checked={typed.outsideHours}
              onChange={({ currentTarget }) => set({ outsideHours: currentTarget.checked })}
            />
          )}
          {make.error && <TroubleNotice error={make.error} words={eventTroubles} />}
          <DialogFoot onCancel={onClose} does={say('events.make')} pending={make.isPending} reason={reason} />
        </Stack>
      </form>
    </Dialog>
  );
}

function timeAt(timeZone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(ms);
  return minuteOf(parts) === undefined ? '18:00' : timeOf(minuteOf(parts) ?? 0);
}
