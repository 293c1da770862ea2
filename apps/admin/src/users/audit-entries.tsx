import type { AuditEntry } from '@holdfast/contract/audit';
import { isRight } from '@holdfast/contract/rights';
import { Anchor, Box, Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { actionWords, humane, shownValue } from './audit-words.ts';
import { choicesQuery, rolesQuery } from './queries.ts';
import { useRoleName } from './role-name.ts';

/** What happened, one after another, newest first: who did what to what, and what it was before. */
export function AuditEntries({
  entries,
  locations,
  onSubject,
}: {
  entries: readonly AuditEntry[];
  locations: readonly { readonly id: string; readonly name: string }[];
  onSubject: (id: string) => void;
}) {
  const { say } = useWords();
  return (
    <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }} aria-label={say('users.audit')}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <Entry entry={entry} place={locations.find(({ id }) => id === entry.locationId)?.name} onSubject={onSubject} />
        </li>
      ))}
    </Stack>
  );
}

function Entry({ entry, place, onSubject }: { entry: AuditEntry; place: string | undefined; onSubject: (id: string) => void }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const { subject } = entry;
  const name = subject.name ?? nameIn(entry.after) ?? nameIn(entry.before);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" align="baseline" gap={4}>
        <Text component="div">
          <b>{actionWords(say, entry.action)}</b>
          {name && (
            <>
              {': '}
              <Anchor
                component="button"
                type="button"
                onClick={() => onSubject(subject.id)}
                title={say('users.audit.only_this')}
                style={{ overflowWrap: 'anywhere' }}
              >
                <bdi>{name}</bdi>
              </Anchor>
            </>
          )}
        </Text>
        <Text size="sm" c="dimmed" component="time" dateTime={entry.at}>
          {when(entry.at, timeZone)}
        </Text>
      </Group>
      <Changes before={entry.before} after={entry.after} />
      <Text size="sm" c="dimmed">
        <bdi>{entry.userId === null && entry.userName === '' ? say('users.audit.nobody') : entry.userName}</bdi>
        {entry.address && ` · ${entry.address}`}
        {place && ` · ${place}`}
      </Text>
    </Card>
  );
}

function Changes({ before, after }: Pick<AuditEntry, 'before' | 'after'>) {
  const { say } = useWords();
  const may = useMay();
  const roles = useQuery({ ...rolesQuery, enabled: may('users.edit') });
  const roleName = useRoleName(roles.data?.roles);
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((field) => field !== 'version');
  const { data: choices } = useQuery({ ...choicesQuery, enabled: may('users.edit') });
  const said = { yes: say('users.audit.yes'), no: say('users.audit.no') };
  // names of programs have words here: rights, roles, locations, team members
  const shown = (field: string, value: unknown): string => {
    if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((one) => shown(field, one)).join(', ');
    if (field === 'places' && typeof value === 'object' && value !== null) {
      const { locationId, role } = value as { locationId?: string; role?: string };
      return `${choices?.locations.find(({ id }) => id === locationId)?.name ?? locationId}: ${roleName(role ?? '')}`;
    }
    if (typeof value !== 'string') return shownValue(value, said);
    if (field === 'role') return roleName(value);
    if (field === 'rights' && isRight(value)) return say(`users.right.${value}`);
    if (field === 'staffId') return choices?.locations.flatMap(({ staff }) => staff).find(({ id }) => id === value)?.name ?? value;
    return shownValue(value, said);
  };
  if (fields.length === 0) return null;
  return (
    <Box component="dl" my={6} style={{ display: 'grid', gridTemplateColumns: 'minmax(88px, max-content) 1fr', columnGap: 12, rowGap: 2 }}>
      {fields.map((field) => (
        <Box key={field} style={{ display: 'contents' }}>
          <Text component="dt" size="sm" c="dimmed">
            {humane(field)}
          </Text>
          <Text component="dd" size="sm" m={0} lineClamp={4} style={{ overflowWrap: 'anywhere' }}>
            {before && field in before && (
              <>
                <Text span inherit td={after && field in after ? 'line-through' : undefined} c="dimmed">
                  <bdi>{shown(field, before[field])}</bdi>
                </Text>
                {after && field in after && (
                  <span role="img" aria-label={say('users.audit.becomes')}>
                    {' → '}
                  </span>
                )}
              </>
            )}
            {after && field in after && <bdi>{shown(field, after[field])}</bdi>}
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function nameIn(side: AuditEntry['after']): string | undefined {
  const name = side?.['name'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}
