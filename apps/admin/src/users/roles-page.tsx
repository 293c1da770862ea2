import type { Right } from '@holdfast/contract/rights';
import type { Role, Roles } from '@holdfast/contract/roles';
import { Accordion, Anchor, Badge, Button, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { rolesQuery } from './queries.ts';
import { rightGroups } from './right-groups.ts';
import { useRoleName } from './role-name.ts';

/** Settings → Roles and rights: which role allows what. */
export function RolesPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const roles = useQuery(rolesQuery);
  return (
    <Page
      title={say('users.roles')}
      about={say('users.roles.about')}
      wide
      actions={
        <Button component={Link} to={`/${here.slug}/settings/roles/new`} leftSection={<IconPlus size={18} aria-hidden />}>
          {say('users.roles.add')}
        </Button>
      }
    >
      {roles.isPending && <PageLoading />}
      {roles.isError && <TroubleNotice error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data && (
        <>
          <Matrix roles={roles.data} />
          <RoleList roles={roles.data} />
        </>
      )}
    </Page>
  );
}

/** Rights down, roles across: what a desktop has room for. */
function Matrix({ roles: { roles } }: { roles: Roles }) {
  const { say } = useWords();
  return (
    <Table.ScrollContainer minWidth={720} visibleFrom="md" scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('users.roles') } }}>
      <Table verticalSpacing={6} withRowBorders highlightOnHover stickyHeader={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th miw={280}>{say('users.right')}</Table.Th>
            {roles.map((role) => (
              <Table.Th key={role.id} ta="center" miw={112} style={{ verticalAlign: 'bottom' }}>
                <RoleHeading role={role} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {rightGroups.map((group) => (
          <Table.Tbody key={group.name}>
            <Table.Tr>
              <Table.Th colSpan={roles.length + 1} scope="rowgroup" pt="lg" style={{ background: 'var(--hf-sunken)' }}>
                {say(`users.rights.${group.name}`)}
              </Table.Th>
            </Table.Tr>
            {group.rights.map((right) => (
              <Table.Tr key={right}>
                <Table.Th scope="row" fw={400}>
                  {say(`users.right.${right}`)}
                </Table.Th>
                {roles.map((role) => (
                  <Table.Td key={role.id} ta="center">
                    <Allowed role={role} right={right} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Table.ScrollContainer>
  );
}

function RoleHeading({ role }: { role: Role }) {
  const { say } = useWords();
  const here = useLocationHere();
  const nameOf = useRoleName([role]);
  return (
    <Stack gap={2} align="center">
      {role.builtIn ? (
        <Text fw={650} size="sm">
          {nameOf(role.id)}
        </Text>
      ) : (
        <Anchor component={Link} to={`/${here.slug}/settings/roles/${role.id}`} fw={650} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {role.name}
        </Anchor>
      )}
      <Text size="xs" c="dimmed" fw={400}>
        {say('users.role.users', { count: role.users })}
      </Text>
      <CopyRole role={role} />
    </Stack>
  );
}

function CopyRole({ role }: { role: Role }) {
  const { say } = useWords();
  const here = useLocationHere();
  const name = useRoleName([role])(role.id);
  return (
    <Button
      component={Link}
      to={`/${here.slug}/settings/roles/new?copy=${encodeURIComponent(role.id)}`}
      size="compact-xs"
      variant="subtle"
      leftSection={<IconCopy size={14} aria-hidden />}
      aria-label={say('users.role.copy_of', { role: name })}
    >
      {say('frame.copy')}
    </Button>
  );
}

function Allowed({ role, right }: { role: Role; right: Right }) {
  const { say } = useWords();
  if (!role.rights.includes(right))
    return (
      <Text span c="dimmed" aria-label={say('users.right.no')} role="img">
        –
      </Text>
    );
  return (
    <Stack gap={0} align="center">
      <IconCheck size={18} color="var(--hf-good)" role="img" aria-label={say('users.right.yes')} />
      <Limit role={role} right={right} />
    </Stack>
  );
}

function Limit({ role, right }: { role: Role; right: Right }) {
  const { say, money } = useWords();
  const { currency } = useLocationHere();
  const days = (role.lastDays as Partial<Record<Right, number>>)[right];
  const limit =
    days !== undefined
      ? say('users.right.last_days', { count: days })
      : right === 'refunds.make' && role.refundLimitMinor !== null
        ? say('users.right.up_to', { amount: money(role.refundLimitMinor, currency) })
        : right === 'checkout.take' && role.registers
          ? say('users.right.registers', { count: role.registers.length })
          : undefined;
  return limit ? (
    <Text size="xs" c="dimmed">
      {limit}
    </Text>
  ) : null;
}

/** The same, role after role: for a phone. */
function RoleList({ roles: { roles } }: { roles: Roles }) {
  const { say } = useWords();
  const here = useLocationHere();
  const nameOf = useRoleName(roles);
  return (
    <Accordion hiddenFrom="md" variant="separated">
      {roles.map((role) => (
        <Accordion.Item key={role.id} value={role.id}>
          <Accordion.Control>
            <Group gap="xs">
              <Text fw={600}>{nameOf(role.id)}</Text>
              {!role.builtIn && (
                <Badge variant="light" tt="none">
                  {say('users.role.own')}
                </Badge>
              )}
              <Text size="sm" c="dimmed">
                {say('users.role.users', { count: role.users })}
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              {rightGroups.map(({ name, rights }) => {
                const allowed = rights.filter((right) => role.rights.includes(right));
                return allowed.length === 0 ? null : (
                  <div key={name}>
                    <Title order={3} size="h6">
                      {say(`users.rights.${name}`)}
                    </Title>
                    <List size="sm" spacing={2}>
                      {allowed.map((right) => (
                        <List.Item key={right}>
                          {say(`users.right.${right}`)} <Limit role={role} right={right} />
                        </List.Item>
                      ))}
                    </List>
                  </div>
                );
              })}
              <Group gap="sm">
                {!role.builtIn && (
                  <Button component={Link} to={`/${here.slug}/settings/roles/${role.id}`} size="xs" variant="default">
                    {say('frame.edit')}
                  </Button>
                )}
                <CopyRole role={role} />
              </Group>
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
