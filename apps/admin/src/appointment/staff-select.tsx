import type { Bookables } from '@holdfast/contract/bookables';
import { Select } from '@mantine/core';
import { readable } from '../frame/readable.ts';
import { useWords } from '../words.tsx';
import { doesAll } from './bookables-query.ts';

/** Who does it. Those who do not do all of these services are shown, and cannot be chosen. */
export function StaffSelect({
  staff = [],
  current,
  services,
  value,
  onChange,
  disabled,
}: {
  staff: Bookables['staff'] | undefined;
  /** Who does it now, also when they do not work here any more. */
  current?: { id: string; name: string };
  services: readonly string[];
  value: string | null;
  onChange: (staffId: string) => void;
  disabled?: boolean;
}) {
  const { say } = useWords();
  const known = staff.map((person) => {
    const can = person.id === current?.id || doesAll(person, services);
    return { value: person.id, label: can ? person.name : say('appointment.staff.cannot', { name: person.name }), disabled: !can };
  });
  const gone = current && !staff.some(({ id }) => id === current.id) ? [{ value: current.id, label: current.name }] : [];
  return (
    <Select
      label={say('appointment.staff')}
      data={[...gone, ...known]}
      value={value}
      onChange={(id) => id && onChange(id)}
      allowDeselect={false}
      disabled={disabled}
      styles={readable}
      comboboxProps={{ zIndex: 400 }}
      maxDropdownHeight={320}
    />
  );
}
