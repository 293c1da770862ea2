import type { AccountType } from '@holdfast/contract/accounts';
import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core';
import { IconWallet } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { accountTypesQuery } from './accounts-queries.ts';
import { TypeDialog } from './type-dialog.tsx';
import { useTypeChange } from './use-type-change.ts';

/** Which types of accounts there are beside the ordinary one. `adding`: a new one is being written down. */
export function TypesTab({ adding, onAdded }: { adding: boolean; onAdded: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(accountTypesQuery(here.id));
  const [changed, setChanged] = useState<AccountType>();
  if (!data) return error ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  return (
    <Stack gap="md" maw={880}>
      <Text size="sm" c="dimmed">
        {say('accounts.types.about')}
      </Text>
      {data.types.length === 0 ? (
        <Paper withBorder>
          <Empty
            icon={<IconWallet size={32} stroke={1.3} aria-hidden />}
            title={say('accounts.types.empty')}
            more={say('accounts.types.empty.more')}
          />
        </Paper>
      ) : (
        <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.types.map((type, line) => (
            <TypeLine
              key={type.id}
              type={type}
              places={data.locations.filter(({ id }) => type.locationIds.includes(id)).map(({ name }) => name)}
              isFirst={line === 0}
              onEdit={() => setChanged(type)}
            />
          ))}
        </Paper>
      )}
      {adding && <TypeDialog locations={data.locations} onClose={onAdded} />}
      {changed && <TypeDialog type={changed} locations={data.locations} onClose={() => setChanged(undefined)} />}
    </Stack>
  );
}

function TypeLine({ type, places, isFirst, onEdit }: { type: AccountType; places: readonly string[]; isFirst: boolean; onEdit: () => void }) {
  const { say, money } = useWords();
  const may = useMay();
  const change = useTypeChange();
  const { id, version, name, currency, locationIds, creditLimitMinor, accounts, archivedAt } = type;
  const reason = may('finance.edit') ? undefined : say('frame.no_right');
  const isArchived = archivedAt !== null;
  const turn = async () => {
    const sure = {
      title: say('accounts.types.archive.sure', { name }),
      more: say('accounts.types.archive.more'),
      yes: say('accounts.types.archive'),
    };
    if (!isArchived && !(await confirmed(sure))) return;
    change.mutate(
      { id, wish: { version, name, locationIds, creditLimitMinor, archived: !isArchived } },
      {
        onSuccess: () => toast(say(isArchived ? 'accounts.types.restore.done' : 'accounts.types.archive.done', { name })),
        onError: (error) => toast(say(troubleKey(error, { already_there: 'accounts.types.taken' })), 'bad'),
      },
    );
  };
  return (
    <Group component="li" px="md" py="sm" gap="sm" style={isFirst ? undefined : { borderTop: '1px solid var(--hf-line)' }}>
      <Box style={{ flex: '1 1 240px', minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {isArchived && (
            <Badge variant="light" color="gray" c="var(--mantine-color-text)" tt="none" fw={500}>
              {say('accounts.types.archived')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {[
            currency,
            creditLimitMinor > 0 ? say('accounts.types.limit.of', { amount: money(creditLimitMinor, currency) }) : say('accounts.types.limit.none'),
            accounts > 0 ? say('accounts.types.accounts', { count: accounts }) : say('accounts.types.unused'),
          ].join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {places.join(', ')}
        </Text>
      </Box>
      <ReasonButton variant="default" size="xs" reason={reason} aria-label={say('accounts.types.edit.of', { name })} onClick={onEdit}>
        {say('accounts.types.edit')}
      </ReasonButton>
      <ReasonButton
        variant="default"
        size="xs"
        reason={reason}
        loading={change.isPending}
        aria-label={say(isArchived ? 'accounts.types.restore.of' : 'accounts.types.archive.of', { name })}
        onClick={() => void turn()}
      >
        {say(isArchived ? 'accounts.types.restore' : 'accounts.types.archive')}
      </ReasonButton>
    </Group>
  );
}
