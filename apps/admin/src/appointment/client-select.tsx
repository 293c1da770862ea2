import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { codeOf } from '../api.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { type FoundClient, useFoundClients } from './find-clients.ts';
import type { NewWish } from './new-wish.ts';

const NEW = ' new';

/** Whom it is for: found by part of name or phone, or entered as a new client. What was typed for the search becomes the new one's name or phone. */
export function ClientSelect({ wish, onChange, error }: { wish: NewWish; onChange: (more: Partial<NewWish>) => void; error: string | undefined }) {
  const { say } = useWords();
  const may = useMay();
  if (wish.isNew || !may('clients.see')) return <NewClient wish={wish} onChange={onChange} error={error} mayFind={may('clients.see')} />;
  return (
    <Stack gap="xs">
      <Finder wish={wish} onChange={onChange} />
      {!wish.client && (
        <Group>
          <Button variant="default" size="xs" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => onChange({ isNew: true })}>
            {say('appointment.new.client.new')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Finder({ wish, onChange }: { wish: NewWish; onChange: (more: Partial<NewWish>) => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [sought, setSought] = useState(wish.client?.name ?? '');
  const [asked] = useDebouncedValue(sought, 200);
  const { data, error, isFetching } = useFoundClients(here.id, wish.client ? '' : asked);
  const known = new Map<string, FoundClient>(data?.clients.map((one) => [one.id, one]) ?? []);
  const isTyped = sought.trim().length >= 2 && !wish.client;
  const found = isTyped ? [...known.values()].map(({ id, name }) => ({ value: id, label: name })) : [];
  const anew = isTyped ? [{ value: NEW, label: say('appointment.new.client.new_named', { name: sought.trim() }) }] : [];
  const chosen = wish.client ? [{ value: wish.client.id, label: wish.client.name }] : [];
  const choose = (id: string | null) => {
    const client = id === null ? undefined : known.get(id);
    if (id === NEW) onChange({ isNew: true, ...(/\d{3}/.test(sought) ? { phone: sought.trim() } : { name: sought.trim() }) });
    else onChange({ client: client ? { id: client.id, name: client.name } : null });
  };
  return (
    <Select
      label={say('appointment.new.client')}
      description={say('appointment.new.client.more')}
      leftSection={<IconSearch size={16} aria-hidden />}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': say('frame.delete') }}
      data={[...chosen, ...found, ...anew]}
      // the server has searched: everything that came fits
      filter={({ options }) => options}
      value={wish.client?.id ?? null}
      onChange={choose}
      searchValue={sought}
      onSearchChange={setSought}
      renderOption={({ option }) => {
        const client = known.get(option.value);
        if (!client) return option.label;
        return (
          <Group justify="space-between" wrap="nowrap" w="100%" gap="sm">
            <Text size="sm" truncate>
              {client.name}
            </Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {[client.phone, say('appointment.client.visits', { count: client.visits })].filter(Boolean).join(' · ')}
            </Text>
          </Group>
        );
      }}
      nothingFoundMessage={isFetching ? say('appointment.new.client.searching') : undefined}
      // an installation without a search still takes new clients
      error={error && codeOf(error) !== 'not_found' ? say('appointment.new.client.trouble') : undefined}
      comboboxProps={{ zIndex: 400 }}
      maxDropdownHeight={320}
      data-autofocus
    />
  );
}

function NewClient({
  wish,
  onChange,
  error,
  mayFind,
}: {
  wish: NewWish;
  onChange: (more: Partial<NewWish>) => void;
  error: string | undefined;
  mayFind: boolean;
}) {
  const { say } = useWords();
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    name.current?.focus();
  }, []);
  return (
    <Stack gap="sm">
      <TextInput
        ref={name}
        label={say('appointment.new.name')}
        value={wish.name}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
        maxLength={120}
        autoComplete="off"
        required
      />
      <Group gap="sm" align="flex-start">
        <TextInput
          type="tel"
          flex="1 1 180px"
          label={say('appointment.new.phone')}
          value={wish.phone}
          onChange={({ currentTarget: { value } }) => onChange({ phone: value })}
          maxLength={40}
          autoComplete="off"
          error={error}
        />
        <TextInput
          type="email"
          flex="1 1 220px"
          label={say('appointment.new.email')}
          value={wish.email}
          onChange={({ currentTarget: { value } }) => onChange({ email: value })}
          maxLength={200}
          autoComplete="off"
        />
      </Group>
      {mayFind && (
        <Group>
          <Button variant="default" size="xs" leftSection={<IconSearch size={16} aria-hidden />} onClick={() => onChange({ isNew: false })}>
            {say('appointment.new.client.known')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
