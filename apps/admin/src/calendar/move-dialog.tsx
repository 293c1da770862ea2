import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';
import { instantOf, localDay, type MoveTo } from '@holdfast/contract/move-rules';
import { Alert, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { useWords } from '../words.tsx';
import type { TeamMember } from './board-columns.ts';
import { boardQuery } from './board-query.ts';
import { isDay } from './calendar-days.ts';
import { wallMinuteOf } from './day-axis.ts';
import { sameTarget } from './drag-target.ts';
import { placeOf } from './put-on-board.ts';
import { sayAppointment } from './say-appointment.ts';
import { mayInsist, type Refusal, refusalTexts } from './why-not.ts';

interface Props {
  readonly locationId: string;
  readonly appointment: CalendarAppointment;
  readonly staff: readonly TeamMember[];
  readonly timeZone: string;
  readonly stepMinutes: number;
  /** The same rule as while dragging, on the board of the day it goes to. */
  readonly whyNot: (board: Calendar, to: MoveTo) => Refusal | undefined;
  readonly onMove: (to: MoveTo) => void;
  readonly onClose: () => void;
}

const MINUTE_MS = 60_000;

/** Moving without a pointer, or to a day that is far away: person, day, time and length. */
export function MoveDialog({ locationId, appointment, staff, timeZone, stepMinutes, whyNot, onMove, onClose }: Props) {
  const words = useWords();
  const { say } = words;
  const before = placeOf(appointment);
  const [staffId, setStaffId] = useState(before.staffId);
  const [day, setDay] = useState(localDay(timeZone, before.startsAtMs));
  const [clock, setClock] = useState(clockOf(wallMinuteOf(timeZone, before.startsAtMs)));
  const [minutes, setMinutes] = useState<number | string>((before.endsAtMs - before.startsAtMs) / MINUTE_MS);
  const reading = useQuery({ ...boardQuery(locationId, day, 1), enabled: isDay(day) });
  const to = read(timeZone, staffId, day, clock, Number(minutes), before);
  const refusal = to && reading.data ? whyNot(reading.data, to) : undefined;
  const soft = refusal !== undefined && mayInsist(refusal);
  const hard = refusal && !soft ? say(refusalTexts[refusal]) : undefined;
  const reason = !to ? say('calendar.dialog.fill_in') : sameTarget(to, before) ? say('calendar.dialog.unchanged') : hard;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!to || reason) return;
    onClose();
    onMove(to);
  };
  return (
    <Dialog title={say('calendar.dialog.title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {sayAppointment(words, timeZone, appointment, staff.find(({ id }) => id === appointment.staffId)?.name ?? '')}
          </Text>
          <Select
            label={say('calendar.dialog.person')}
            data={staff.map(({ id, name }) => ({ value: id, label: name }))}
            value={staffId}
            allowDeselect={false}
            onChange={(id) => id && setStaffId(id)}
          />
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={say('calendar.dialog.day')}
              value={day}
              onChange={({ currentTarget: { value } }) => setDay(value)}
              data-autofocus
            />
            <TextInput
              type="time"
              step={stepMinutes * 60}
              label={say('calendar.dialog.time')}
              value={clock}
              onChange={({ currentTarget: { value } }) => setClock(value)}
            />
          </Group>
          <NumberInput
            label={say('calendar.dialog.minutes')}
            value={minutes}
            onChange={setMinutes}
            min={5}
            max={1440}
            step={stepMinutes}
            allowDecimal={false}
            allowNegative={false}
          />
          <div aria-live="polite">
            {refusal && (
              <Alert color={soft ? 'yellow' : 'red'} variant="light">
                {say(refusalTexts[refusal])}
              </Alert>
            )}
          </div>
          <DialogFoot onCancel={onClose} does={say('calendar.dialog.move')} reason={reason} />
        </Stack>
      </form>
    </Dialog>
  );
}

function read(timeZone: string, staffId: string, day: string, clock: string, minutes: number, before: MoveTo): MoveTo | undefined {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  if (!isDay(day) || hour === undefined || !Number.isInteger(minutes) || minutes < 5 || minutes > 1440) return undefined;
  const wall = Number(hour) * 60 + Number(minute);
  // in the hour that comes twice it stays in the one it was in
  const kept = localDay(timeZone, before.startsAtMs) === day && wallMinuteOf(timeZone, before.startsAtMs) === wall;
  const startsAtMs = kept ? before.startsAtMs : instantOf(timeZone, day, wall);
  return { staffId, startsAtMs, endsAtMs: startsAtMs + minutes * MINUTE_MS };
}

function clockOf(wall: number): string {
  return `${String(Math.floor(wall / 60)).padStart(2, '0')}:${String(wall % 60).padStart(2, '0')}`;
}
