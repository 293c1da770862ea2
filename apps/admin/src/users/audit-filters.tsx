import type { AuditChoices } from '@holdfast/contract/audit';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useWords } from '../words.tsx';
import type { AuditSearch } from './audit-search.ts';
import { actionWords, humane } from './audit-words.ts';

/** Period, person, location, kind of action. */
export function AuditFilters({
  value,
  choices,
  onChange,
}: {
  value: AuditSearch;
  choices: AuditChoices | undefined;
  onChange: (search: AuditSearch) => void;
}) {
  const { say } = useWords();
  const set = (name: keyof AuditSearch) => (next: string | null) => {
    const { [name]: _, ...others } = value;
    onChange(next ? { ...others, [name]: next } : others);
  };
  const kinds = [...new Set((choices?.actions ?? []).map((action) => action.split('.')[0] ?? action))];
  const actions = kinds.map((kind) => ({
    group: humane(kind),
    items: [
      { value: kind, label: say('users.audit.all_of', { kind: humane(kind) }) },
      ...(choices?.actions ?? []).filter((one) => one.startsWith(`${kind}.`)).map((one) => ({ value: one, label: actionWords(say, one) })),
    ],
  }));
  const people = choices?.users.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const places = choices?.locations.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <Group gap="sm" align="flex-end" component="search">
      <TextInput
        type="date"
        label={say('users.audit.from')}
        value={value.from ?? ''}
        onChange={(event) => set('from')(event.currentTarget.value)}
        max={value.to}
      />
      <TextInput
        type="date"
        label={say('users.audit.to')}
        value={value.to ?? ''}
        onChange={(event) => set('to')(event.currentTarget.value)}
        min={value.from}
      />
      <Select
        label={say('users.user')}
        placeholder={say('users.audit.anybody')}
        data={people}
        value={value.user ?? null}
        onChange={set('user')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': say('users.audit.clear') }}
      />
      <Select
        label={say('users.audit.action')}
        placeholder={say('users.audit.anything')}
        data={actions}
        value={value.action ?? null}
        onChange={set('action')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': say('users.audit.clear') }}
      />
      {places.length > 1 && (
        <Select
          label={say('frame.location')}
          placeholder={say('users.audit.everywhere')}
          data={places}
          value={value.place ?? null}
          onChange={set('place')}
          clearable
          clearButtonProps={{ 'aria-label': say('users.audit.clear') }}
        />
      )}
      {Object.keys(value).length > 0 && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {say(value.subject ? 'users.audit.show_all_things' : 'users.audit.show_all')}
        </Button>
      )}
    </Group>
  );
}
