import type { Role } from '@holdfast/contract/roles';
import type { User, UserChoices, UserPlace } from '@holdfast/contract/users';
import { Group, Paper, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useWords } from '../words.tsx';
import { useRoleName } from './role-name.ts';

/** What somebody does where: a role at each location, or none; and which team member they are there. */
export function PlaceFields({
  value,
  onChange,
  user,
  locations,
  roles,
}: {
  value: readonly UserPlace[];
  onChange: (places: UserPlace[]) => void;
  /** Undefined: somebody who is being invited. */
  user?: User;
  locations: UserChoices['locations'];
  roles: readonly Role[];
}) {
  const { say } = useWords();
  return (
    <Stack gap="sm" component="fieldset" style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" fw={600} mb={4}>
        {say('users.places')}
      </Text>
      {locations.map((location) => (
        <OnePlace
          key={location.id}
          location={location}
          roles={roles}
          place={value.find(({ locationId }) => locationId === location.id)}
          locked={user?.places.find(({ locationId }) => locationId === location.id)?.locked ?? user?.you ?? false}
          you={user?.you ?? false}
          onChange={(place) =>
            onChange(locations.flatMap(({ id }) => (id === location.id ? place : value.find((one) => one.locationId === id)) ?? []))
          }
        />
      ))}
    </Stack>
  );
}

function OnePlace({
  location,
  roles,
  place,
  locked,
  you,
  onChange,
}: {
  location: UserChoices['locations'][number];
  roles: readonly Role[];
  place: UserPlace | undefined;
  locked: boolean;
  you: boolean;
  onChange: (place: UserPlace | undefined) => void;
}) {
  const { say } = useWords();
  const nameOf = useRoleName(roles);
  const options = roles.map(({ id, give }) => ({
    value: id,
    label: give.includes(location.id) ? nameOf(id) : say('users.role.beyond', { role: nameOf(id) }),
    disabled: !give.includes(location.id) && id !== place?.role,
  }));
  const reason = you ? say('users.reason.own_role') : locked ? say('users.reason.beyond_your_rights') : undefined;
  return (
    <Paper withBorder p="sm" component="section" aria-label={location.name}>
      <Group justify="space-between" mb={6}>
        <Text fw={550}>{location.name}</Text>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={say('users.role')}
          value={place?.role ?? ''}
          data={[{ value: '', label: say('users.role.none') }, ...options]}
          allowDeselect={false}
          disabled={locked}
          description={reason}
          onChange={(role) => onChange(role ? { locationId: location.id, role, staffId: place?.staffId ?? null } : undefined)}
        />
        <Select
          label={say('users.team_member')}
          value={place?.staffId ?? ''}
          data={[{ value: '', label: say('users.team_member.none') }, ...location.staff.map(({ id, name }) => ({ value: id, label: name }))]}
          allowDeselect={false}
          searchable
          disabled={!place || (locked && !you)}
          description={place ? say('users.team_member.about') : say('users.team_member.first_role')}
          onChange={(staffId) => place && onChange({ ...place, staffId: staffId || null })}
        />
      </SimpleGrid>
    </Paper>
  );
}
