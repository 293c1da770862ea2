import type { User } from '@holdfast/contract/users';
import { Anchor, Badge, Card, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShieldCheck, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { choicesQuery, rolesQuery, usersQuery } from './queries.ts';
import { useRoleName } from './role-name.ts';

const states = ['active', 'invited', 'disabled'] as const;

/** Settings → Users: who works where, as what, and when they were last here. */
export function UsersPage() {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { state = 'all' } = useSearch({ strict: false }) as { state?: User['state'] };
  const [inviting, { open, close }] = useDisclosure(false);
  const users = useQuery(usersQuery);
  const shown = users.data?.users.filter((user) => state === 'all' || user.state === state) ?? [];
  const choose = (next: string) => void navigate({ to: '.', search: next === 'all' ? {} : { state: next }, replace: true });
  return (
    <Page
      title={say('users.title')}
      about={say('users.about')}
      wide
      actions={
        <ReasonButton
          leftSection={<IconUserPlus size={18} aria-hidden />}
          onClick={open}
          reason={may('users.edit') ? undefined : say('frame.no_right')}
        >
          {say('users.invite')}
        </ReasonButton>
      }
    >
      <SegmentedControl
        w="fit-content"
        maw="100%"
        aria-label={say('users.state')}
        value={state}
        onChange={choose}
        data={[{ value: 'all', label: say('users.state.all') }, ...states.map((one) => ({ value: one, label: say(`users.state.${one}`) }))]}
      />
      {users.isPending && <PageLoading />}
      {users.isError && <TroubleNotice error={users.error} onRetry={() => void users.refetch()} />}
      {users.data && shown.length === 0 && <Empty title={say('users.none')} more={say('users.none.more')} />}
      {shown.length > 0 && (
        <>
          <UserTable users={shown} />
          <Stack hiddenFrom="sm" gap="sm">
            {shown.map((user) => (
              <UserCard key={user.id} user={user} />
            ))}
          </Stack>
        </>
      )}
      <InviteDialog opened={inviting} onClose={close} />
    </Page>
  );
}

function UserTable({ users }: { users: readonly User[] }) {
  const { say } = useWords();
  return (
    <Table visibleFrom="sm" verticalSpacing="sm" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('users.name')}</Table.Th>
          <Table.Th>{say('users.places')}</Table.Th>
          <Table.Th>{say('users.last_seen')}</Table.Th>
          <Table.Th>{say('users.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Table.Tr key={user.id}>
            <Table.Td>
              <NameOf user={user} />
            </Table.Td>
            <Table.Td>
              <PlacesOf user={user} />
            </Table.Td>
            <Table.Td>
              <LastSeen user={user} />
            </Table.Td>
            <Table.Td>
              <StateOf user={user} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function UserCard({ user }: { user: User }) {
  return (
    <Card withBorder padding="sm" component="article">
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <NameOf user={user} />
          <StateOf user={user} />
        </Group>
        <PlacesOf user={user} />
        <LastSeen user={user} />
      </Stack>
    </Card>
  );
}

function NameOf({ user }: { user: User }) {
  const { say } = useWords();
  const here = useLocationHere();
  return (
    <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
      <Anchor component={Link} to={`/${here.slug}/settings/users/${user.id}`} fw={600} c={user.state === 'disabled' ? 'dimmed' : undefined}>
        {user.name}
      </Anchor>
      {user.you && (
        <Text span size="sm" c="dimmed">
          {' '}
          {say('users.you')}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {user.email}
      </Text>
    </div>
  );
}

function PlacesOf({ user }: { user: User }) {
  const { say } = useWords();
  const roles = useQuery(rolesQuery);
  const { data: choices } = useQuery(choicesQuery);
  const nameOf = useRoleName(roles.data?.roles);
  return (
    <Stack gap={2}>
      {user.places.map(({ locationId, role, staffId }) => {
        const location = choices?.locations.find(({ id }) => id === locationId);
        const member = location?.staff.find(({ id }) => id === staffId)?.name;
        return (
          <Text key={locationId} size="sm">
            {location?.name}: {nameOf(role)}
            {member && (
              <Text span c="dimmed">
                {' '}
                ({member})
              </Text>
            )}
          </Text>
        );
      })}
      {user.elsewhere > 0 && (
        <Text size="sm" c="dimmed">
          {say('users.elsewhere', { count: user.elsewhere })}
        </Text>
      )}
    </Stack>
  );
}

function LastSeen({ user: { lastSeenAt } }: { user: User }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  return (
    <Text size="sm" c={lastSeenAt ? undefined : 'dimmed'}>
      {lastSeenAt ? when(lastSeenAt, timeZone) : say('users.never_here')}
    </Text>
  );
}

const colours = { active: 'holdfast', invited: 'yellow', disabled: 'gray' } as const;

function StateOf({ user: { state, totp } }: { user: User }) {
  const { say } = useWords();
  return (
    <Group gap={6} wrap="nowrap">
      <Badge variant="light" tt="none" color={colours[state]} c="var(--mantine-color-text)">
        {say(`users.state.${state}`)}
      </Badge>
      {totp && <IconShieldCheck size={18} color="var(--hf-good)" role="img" aria-label={say('users.totp')} />}
    </Group>
  );
}
