import { Group, TextInput } from '@mantine/core';
import { instantOfPlaceTime, type PlaceTime, placeTimeOf } from '../appointment/place-time.ts';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Day and time of something that has happened, by the clock of the place. */
export function HappenedFields({ value, onChange, error }: { value: PlaceTime; onChange: (value: PlaceTime) => void; error: string | undefined }) {
  const { say } = useWords();
  const { timeZone } = useLocationHere();
  const today = placeTimeOf(new Date(serverNow()).toISOString(), timeZone).day;
  return (
    <Group gap="sm" align="flex-start" grow>
      <TextInput
        type="date"
        label={say('transactions.form.day')}
        value={value.day}
        max={today}
        required
        error={error}
        onChange={({ currentTarget }) => onChange({ ...value, day: currentTarget.value })}
      />
      <TextInput
        type="time"
        label={say('transactions.form.time')}
        value={value.time}
        required
        onChange={({ currentTarget }) => onChange({ ...value, time: currentTarget.value })}
      />
    </Group>
  );
}

/** The moment that was typed, or what is wrong with it. */
export function useMoment(value: PlaceTime): { readonly instant: string | undefined; readonly wrong: string | undefined } {
  const { say } = useWords();
  const { timeZone } = useLocationHere();
  const instant = instantOfPlaceTime(value, timeZone);
  if (!instant) return { instant, wrong: say(value.day === '' || value.time === '' ? 'frame.required' : 'transactions.form.no_time') };
  return { instant, wrong: Date.parse(instant) > serverNow() + 60_000 ? say('transactions.form.future') : undefined };
}
