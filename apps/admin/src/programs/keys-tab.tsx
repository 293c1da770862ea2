import type { ApiKey, NewApiKey } from '@holdfast/contract/api-keys';
import { Badge, Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { roleName } from '../users/role-name.ts';
import { useWords } from '../words.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { useKeys, useProgramDeed } from './programs-query.ts';
import { ShownOnce } from './shown-once.tsx';

/** The keys: whose they are, what they may do, when they were used last. */
export function KeysTab() {
  const { say } = useWords();
  const keys = useKeys();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewApiKey>();
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setMaking(true)}>
      {say('programs.key.new')}
    </Button>
  );
  if (keys.isPending) return <PageLoading />;
  if (keys.isError) return <TroubleNotice error={keys.error} onRetry={() => void keys.refetch()} />;
  const { data } = keys;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Text size="sm" c="dimmed" maw={560}>
          {say('programs.keys.about')}
        </Text>
        {data.keys.length > 0 && add}
      </Group>
      {made && (
        <ShownOnce
          title={say('programs.key.made', { name: made.key.name })}
          about={say('programs.key.once')}
          secret={made.secret}
          onDone={() => setMade(undefined)}
        />
      )}
      {data.keys.length === 0 && !made && (
        <Empty icon={<IconKey size={32} aria-hidden />} title={say('programs.keys.none')} more={say('programs.keys.none.more')} action={add} />
      )}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {data.keys.map((key) => (
          <KeyCard key={key.id} one={key} roles={data.roles} />
        ))}
      </Stack>
      {making && (
        <NewKeyDialog
          choices={data}
          onClose={() => setMaking(false)}
          onMade={(answer) => {
            setMaking(false);
            setMade(answer);
          }}
        />
      )}
    </Stack>
  );
}

function KeyCard({ one, roles }: { one: ApiKey; roles: readonly { id: string; name: string }[] }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const deed = useProgramDeed<ApiKey>();
  const revoke = async () => {
    const yes = say('programs.key.revoke');
    if (await confirmed({ title: say('programs.key.revoke.ask', { name: one.name }), more: say('programs.key.revoke.more'), yes, danger: true }))
      deed.mutate({ method: 'POST', path: ['api-keys', one.id, 'revocation'] });
  };
  const may = one.role === null ? say('programs.key.rights', { count: one.rights.length }) : roleName(say, one.role, roles);
  return (
    <Paper component="li" withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={650} style={{ overflowWrap: 'anywhere' }}>
              {one.name}
            </Text>
            <Code>{one.prefix}…</Code>
            {one.state !== 'working' && (
              <Badge color="gray" variant="light" tt="none">
                {say(`programs.key.state.${one.state}`)}
              </Badge>
            )}
          </Group>
          <Text size="sm">
            {may} · {one.locations.map(({ name }) => name).join(', ')}
          </Text>
          <Text size="sm" c="dimmed">
            {one.usedAt ? say('programs.key.used', { when: when(one.usedAt, timeZone), from: one.usedFrom }) : say('programs.key.unused')}
            {one.expiresAt && ` · ${say('programs.key.until', { when: when(one.expiresAt, timeZone) })}`}
          </Text>
          <Text size="xs" c="dimmed">
            {say('programs.made', { who: one.madeBy, when: when(one.madeAt, timeZone) })}
          </Text>
        </Stack>
        {one.state !== 'revoked' && (
          <Button
            variant="default"
            size="xs"
            onClick={() => void revoke()}
            loading={deed.isPending}
            aria-label={say('programs.key.revoke.one', { name: one.name })}
          >
            {say('programs.key.revoke')}
          </Button>
        )}
      </Group>
      {deed.isError && <TroubleNotice error={deed.error} />}
    </Paper>
  );
}
