import type { SalonCatalog } from '@holdfast/contract/catalog';
import { Box, Group, Paper, Text } from '@mantine/core';
import { IconId, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { catalogQuery, useCatalogChange } from './catalog-queries.ts';
import { NameDialog } from './name-dialog.tsx';

type Position = SalonCatalog['positions'][number];

/** Settings → Main settings → Positions. */
export function PositionsPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const { data, error, refetch } = useQuery(catalogQuery(here.id));
  const [naming, setNaming] = useState<Position | 'new'>();
  const remove = useCatalogChange(({ id }: Position) => ({ method: 'DELETE', path: ['positions', id] }));
  const reason = may('catalog.edit') ? undefined : say('frame.no_right');
  if (!data && !error) return <PageLoading />;
  const askDelete = async (position: Position) => {
    if (await confirmed({ title: say('catalog.delete.sure', { name: position.name }), yes: say('frame.delete'), danger: true }))
      remove.mutate(position, { onError: (trouble) => toast(say(troubleKey(trouble, { still_used: 'catalog.position_used' })), 'bad') });
  };
  return (
    <Page
      title={say('frame.nav.positions')}
      about={say('catalog.positions.about')}
      actions={
        <ReasonButton leftSection={<IconPlus size={18} aria-hidden />} reason={reason} onClick={() => setNaming('new')}>
          {say('catalog.new_position')}
        </ReasonButton>
      }
    >
      {!data && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data?.positions.length === 0 && (
        <Paper withBorder>
          <Empty
            icon={<IconId size={32} stroke={1.3} aria-hidden />}
            title={say('catalog.positions.empty')}
            more={say('catalog.positions.empty.more')}
          />
        </Paper>
      )}
      {data && data.positions.length > 0 && (
        <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.positions.map((position, line) => (
            <Group component="li" key={position.id} px="md" py="sm" gap="sm" style={line > 0 ? { borderTop: '1px solid var(--hf-line)' } : undefined}>
              <Box style={{ flex: '1 1 160px', minWidth: 0 }}>
                <Text fw={600}>{position.name}</Text>
                <Text size="sm" c="dimmed">
                  {say('catalog.position_staff', { count: position.staffCount })}
                </Text>
              </Box>
              <ReasonButton
                variant="default"
                size="xs"
                reason={reason}
                aria-label={say('catalog.rename.of', { name: position.name })}
                onClick={() => setNaming(position)}
              >
                {say('catalog.rename')}
              </ReasonButton>
              <ReasonButton
                variant="subtle"
                color="red"
                size="xs"
                reason={reason ?? (position.staffCount > 0 ? say('catalog.position_used') : undefined)}
                aria-label={say('catalog.delete.of', { name: position.name })}
                onClick={() => void askDelete(position)}
              >
                {say('frame.delete')}
              </ReasonButton>
            </Group>
          ))}
        </Paper>
      )}
      {naming && (
        <NameDialog
          title={say(naming === 'new' ? 'catalog.new_position' : 'catalog.rename')}
          label={say('catalog.position_name')}
          name={naming === 'new' ? '' : naming.name}
          request={(name) =>
            naming === 'new'
              ? { method: 'POST', path: ['positions'], body: { name } }
              : { method: 'PUT', path: ['positions', naming.id], body: { version: naming.version, name } }
          }
          onDone={() => setNaming(undefined)}
          onClose={() => setNaming(undefined)}
        />
      )}
    </Page>
  );
}
