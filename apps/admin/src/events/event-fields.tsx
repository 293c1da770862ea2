import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { readable } from '../frame/readable.ts';
import { useWords } from '../words.tsx';

/** The event's own name, where the service's will not do. */
export function OwnTitleField({ value, focused, onChange }: { value: string; focused?: boolean; onChange: (title: string) => void }) {
  const { say } = useWords();
  return (
    <TextInput
      label={say('events.own_title')}
      description={say('events.own_title.more')}
      maxLength={120}
      {...(focused && { 'data-autofocus': true })}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Day and time as the location's clocks show them. */
export function WhenFields({
  day,
  time,
  dayLabel,
  onDay,
  onTime,
}: {
  day: string;
  time: string;
  dayLabel: string;
  onDay: (day: string) => void;
  onTime: (time: string) => void;
}) {
  const { say } = useWords();
  return (
    <Group grow align="flex-start">
      <TextInput type="date" label={dayLabel} required styles={readable} value={day} onChange={({ currentTarget }) => onDay(currentTarget.value)} />
      <TextInput
        type="time"
        label={say('events.time')}
        required
        styles={readable}
        value={time}
        onChange={({ currentTarget }) => onTime(currentTarget.value.slice(0, 5))}
      />
    </Group>
  );
}

/** How long, and for how many; null: nothing that could be read. */
export function SizeFields({
  minutes,
  places,
  placesError,
  onMinutes,
  onPlaces,
}: {
  minutes: number;
  places: number;
  placesError?: string | undefined;
  onMinutes: (minutes: number | null) => void;
  onPlaces: (places: number | null) => void;
}) {
  const { say } = useWords();
  return (
    <Group grow align="flex-start">
      <NumberInput
        label={say('events.length')}
        suffix={` ${say('events.minutes')}`}
        min={5}
        max={1440}
        step={5}
        allowDecimal={false}
        value={minutes}
        onChange={(value) => onMinutes(typeof value === 'number' ? value : null)}
      />
      <NumberInput
        label={say('events.capacity')}
        min={1}
        max={1000}
        allowDecimal={false}
        value={places}
        error={placesError}
        onChange={(value) => onPlaces(typeof value === 'number' ? value : null)}
      />
    </Group>
  );
}

/** Who gives it. */
export function StaffField({
  team,
  value,
  required,
  disabled,
  onChange,
}: {
  team: readonly { readonly staffId: string; readonly name: string }[];
  value: string | null;
  required?: boolean;
  disabled?: boolean;
  onChange: (staffId: string) => void;
}) {
  const { say } = useWords();
  return (
    <Select
      label={say('events.staff')}
      required={required ?? false}
      disabled={disabled ?? false}
      allowDeselect={false}
      data={team.map(({ staffId, name }) => ({ value: staffId, label: name }))}
      value={value}
      onChange={(staffId) => staffId && onChange(staffId)}
      comboboxProps={{ zIndex: 600 }}
    />
  );
}

/** What clients read of it. */
export function DescriptionField({ value, onChange }: { value: string; onChange: (description: string) => void }) {
  const { say } = useWords();
  return (
    <Textarea
      label={say('events.description')}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={4000}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
