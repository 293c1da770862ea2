import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Part } from '../frame/part.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { bookablesQuery } from './bookables-query.ts';
import { ChangeTrouble } from './change-trouble.tsx';
import { DayFields } from './day-fields.tsx';
import { FreeTimes } from './free-times.tsx';
import { StaffSelect } from './staff-select.tsx';
import type { Editing } from './use-editing.ts';

/** With whom and when. */
export function TimePart({ editing }: { editing: Editing }) {
  const { say } = useWords();
  const may = useMay();
  const { now, trouble, saving } = editing;
  const mine = editing.shown('time');
  const { data: bookables } = useQuery(bookablesQuery(now.locationId));
  const services = editing.shown('services').map(({ serviceId }) => serviceId);
  const fixed = !may('calendar.edit') || now.lockedBecause !== null;
  const moved = mine.day !== editing.now.startsAt.slice(0, 10) || editing.unsaved.includes('time');
  return (
    <Part title={say('appointment.when')}>
      {trouble?.at === 'time' && <ChangeTrouble error={trouble.error} />}
      {now.lockedBecause === 'payment_in_progress' && (
        <Text size="sm" c="dimmed">
          {say('appointment.locked.payment')}
        </Text>
      )}
      <Group align="flex-start" gap="sm" grow preventGrowOverflow={false}>
        <StaffSelect
          staff={bookables?.staff}
          current={{ id: now.staffId, name: now.staffName }}
          services={services}
          value={mine.staffId}
          disabled={fixed || saving}
          onChange={(staffId) => editing.type('time', { ...mine, staffId })}
        />
      </Group>
      {now.anyStaff && (
        <Text size="xs" c="dimmed">
          {say('appointment.staff.any')}
        </Text>
      )}
      <DayFields value={mine} onChange={(next) => editing.type('time', { ...mine, ...next })} timeZone={now.timeZone} disabled={fixed || saving} />
      {!fixed && moved && (
        <FreeTimes
          staffId={mine.staffId}
          services={services}
          day={mine.day}
          chosen={mine.time}
          onChoose={(time) => editing.type('time', { ...mine, time })}
        />
      )}
    </Part>
  );
}
