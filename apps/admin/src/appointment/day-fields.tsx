import { Group, NumberInput, TextInput } from '@mantine/core';
import { readable } from '../frame/readable.ts';
import { useWords } from '../words.tsx';
import { instantOfPlaceTime, type PlaceTime } from './place-time.ts';

interface DayAndLength extends PlaceTime {
  readonly durationMinutes: number | null;
}

/** Day, time and length, by the device's own date and time pickers. */
export function DayFields({
  value,
  onChange,
  timeZone,
  disabled,
  usualMinutes,
}: {
  value: DayAndLength;
  onChange: (value: Partial<DayAndLength>) => void;
  timeZone: string;
  disabled?: boolean;
  /** As long as the services take: shown while no other length is typed. */
  usualMinutes?: number;
}) {
  const { say, time, minutes } = useWords();
  const startsAt = instantOfPlaceTime(value, timeZone);
  const length = value.durationMinutes ?? usualMinutes;
  const until = startsAt && length ? say('appointment.until', { time: time(Date.parse(startsAt) + length * 60_000, timeZone) }) : undefined;
  const isTyped = value.day !== '' && value.time !== '';
  return (
    <Group align="flex-start" gap="sm">
      <TextInput
        type="date"
        label={say('appointment.day')}
        value={value.day}
        onChange={({ currentTarget: { value: day } }) => onChange({ day })}
        disabled={disabled}
        styles={readable}
        flex="1 1 150px"
        required
        withAsterisk={false}
      />
      <TextInput
        type="time"
        label={say('appointment.time')}
        value={value.time}
        onChange={({ currentTarget }) => onChange({ time: currentTarget.value.slice(0, 5) })}
        error={isTyped && !startsAt ? say('appointment.not_yet.time') : undefined}
        description={until}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        disabled={disabled}
        styles={readable}
        flex="1 1 110px"
        required
        withAsterisk={false}
      />
      <NumberInput
        label={say('appointment.length')}
        value={value.durationMinutes ?? ''}
        onChange={(typed) => onChange({ durationMinutes: typeof typed === 'number' ? typed : null })}
        placeholder={usualMinutes ? String(usualMinutes) : undefined}
        description={
          value.durationMinutes === null && usualMinutes ? say('appointment.length.follows', { length: minutes(usualMinutes) }) : undefined
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={5}
        max={1440}
        step={5}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        disabled={disabled}
        styles={readable}
        flex="1 1 130px"
      />
    </Group>
  );
}
