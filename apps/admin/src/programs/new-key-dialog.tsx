import type { ApiKeys, ApiKeyWish, NewApiKey } from '@holdfast/contract/api-keys';
import type { Right } from '@holdfast/contract/rights';
import { Button, Checkbox, Group, NativeSelect, Radio, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { rightGroups } from '../users/right-groups.ts';
import { roleName } from '../users/role-name.ts';
import { useWords } from '../words.tsx';
import { useProgramDeed } from './programs-query.ts';

const DAY_MS = 86_400_000;
const lives = ['30', '90', '365', 'ever'] as const;

/** A new key: for what, where, with which rights, for how long. */
export function NewKeyDialog({ choices, onClose, onMade }: { choices: ApiKeys; onClose: () => void; onMade: (made: NewApiKey) => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [name, setName] = useState('');
  const [locations, setLocations] = useState<readonly string[]>(choices.locations.some(({ id }) => id === here.id) ? [here.id] : []);
  const [by, setBy] = useState<'role' | 'rights'>('role');
  const [role, setRole] = useState(choices.roles.find(({ id }) => id === 'reception')?.id ?? choices.roles[0]?.id ?? '');
  const [rights, setRights] = useState<readonly Right[]>([]);
  const [life, setLife] = useState<(typeof lives)[number]>('365');
  const [tried, setTried] = useState(false);
  const deed = useProgramDeed<NewApiKey>();
  const allowed = new Set(
    choices.locations.length === 0
      ? []
      : choices.locations.filter(({ id }) => locations.includes(id) || locations.length === 0).flatMap((one) => one.rights),
  );
  const nothing = by === 'rights' && rights.length === 0;
  const make = async () => {
    setTried(true);
    if (name.trim() === '' || locations.length === 0 || nothing) return;
    const wish: ApiKeyWish = {
      name: name.trim(),
      role: by === 'role' ? role : null,
      rights: by === 'rights' ? [...rights] : [],
      locations: [...locations],
      expiresAt: life === 'ever' ? null : new Date(Date.now() + Number(life) * DAY_MS).toISOString(),
    };
    const made = await deed.mutateAsync({ method: 'POST', path: ['api-keys'], body: wish }).catch(() => undefined);
    if (made) onMade(made);
  };
  return (
    <Dialog title={say('programs.key.new')} size="lg" onClose={onClose}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextInput
          label={say('programs.key.name')}
          description={say('programs.key.name.about')}
          maxLength={80}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          error={tried && name.trim() === '' ? say('frame.required') : undefined}
          data-autofocus
        />
        <Checkbox.Group
          label={say('programs.key.where')}
          value={[...locations]}
          onChange={(next) => setLocations(next)}
          error={tried && locations.length === 0 ? say('programs.key.where.none') : undefined}
        >
          <Stack gap="xs" mt="xs">
            {choices.locations.map(({ id, name: place }) => (
              <Checkbox key={id} value={id} label={place} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Radio.Group label={say('programs.key.may')} value={by} onChange={(next) => setBy(next === 'rights' ? 'rights' : 'role')}>
          <Stack gap="xs" mt="xs">
            <Radio value="role" label={say('programs.key.by_role')} />
            <Radio value="rights" label={say('programs.key.by_rights')} />
          </Stack>
        </Radio.Group>
        {by === 'role' ? (
          <NativeSelect
            aria-label={say('programs.key.by_role')}
            value={role}
            onChange={({ currentTarget: { value } }) => setRole(value)}
            data={choices.roles.map(({ id }) => ({ value: id, label: roleName(say, id, choices.roles) }))}
          />
        ) : (
          <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': say('programs.key.by_rights') }}>
            <Stack gap="xs" pe="md">
              {rightGroups.flatMap((group) =>
                group.rights
                  .filter((right) => allowed.has(right))
                  .map((right) => (
                    <Checkbox
                      key={right}
                      label={say(`users.right.${right}`)}
                      checked={rights.includes(right)}
                      onChange={({ currentTarget: { checked } }) => setRights(checked ? [...rights, right] : rights.filter((one) => one !== right))}
                    />
                  )),
              )}
            </Stack>
          </ScrollArea.Autosize>
        )}
        {tried && nothing && (
          <Text size="sm" c="var(--hf-bad)" role="alert">
            {say('programs.key.rights.none')}
          </Text>
        )}
        <NativeSelect
          label={say('programs.key.life')}
          value={life}
          onChange={({ currentTarget: { value } }) => setLife(lives.find((one) => one === value) ?? '365')}
          data={lives.map((one) => ({
            value: one,
            label: one === 'ever' ? say('programs.key.life.ever') : say('programs.days', { count: Number(one) }),
          }))}
        />
        {deed.isError && <TroubleNotice error={deed.error} words={{ right_missing: 'programs.key.beyond' }} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {say('frame.cancel')}
          </Button>
          <Button type="submit" loading={deed.isPending}>
            {say('programs.key.make')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
