import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useFoundClients } from '../appointment/find-clients.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

interface Person {
  readonly id: string;
  readonly name: string;
}

/** A client, found by part of the name or phone. */
export function ClientField({
  value,
  onChange,
  ...props
}: Omit<SelectProps, 'value' | 'onChange' | 'data'> & { value: Person | null; onChange: (client: Person | null) => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [sought, setSought] = useState('');
  const [asked] = useDebouncedValue(sought, 200);
  const { data, isFetching } = useFoundClients(here.id, sought === value?.name ? '' : asked);
  const found = data?.clients.map(({ id, name, phone }) => ({ value: id, label: phone ? `${name} · ${phone}` : name })) ?? [];
  const known = value && !found.some((one) => one.value === value.id) ? [{ value: value.id, label: value.name }] : [];
  return (
    <Select
      {...props}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': say('frame.delete') }}
      data={[...known, ...found]}
      // the server has searched: everything that came fits
      filter={({ options }) => options}
      value={value?.id ?? null}
      onChange={(id) => onChange(data?.clients.find((one) => one.id === id) ?? (id !== null && id === value?.id ? value : null))}
      onSearchChange={setSought}
      nothingFoundMessage={isFetching ? say('transactions.client.searching') : undefined}
    />
  );
}
