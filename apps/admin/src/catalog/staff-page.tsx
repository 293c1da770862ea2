import type { SalonCatalog } from '@holdfast/contract/catalog';
import { Anchor, Badge, Box, Button, ColorSwatch, Group, Paper, Switch, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { catalogQuery } from './catalog-queries.ts';
import { MoveLine, useMoveLine } from './move-line.tsx';
import { NewTeamMemberDialog } from './new-team-member-dialog.tsx';
import { PaymentBadge } from './payment-badge.tsx';

/** Settings → Main settings → Staff: everybody who works here, with Other settings in each line. */
export function StaffPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const { data, error, refetch } = useQuery(catalogQuery(here.id));
  const [open, setOpen] = useState(false);
  const reason = may('catalog.edit') ? undefined : say('frame.no_right');
  if (!data && !error) return <PageLoading />;
  return (
    <Page
      title={say('frame.nav.staff')}
      about={say('catalog.staff.about')}
      actions={
        <ReasonButton leftSection={<IconPlus size={18} aria-hidden />} reason={reason} onClick={() => setOpen(true)}>
          {say('catalog.new_staff')}
        </ReasonButton>
      }
    >
      {data ? <Staff lists={data} reason={reason} /> : <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {open && data && <NewTeamMemberDialog lists={data} onClose={() => setOpen(false)} />}
    </Page>
  );
}

function Staff({ lists, reason }: { lists: SalonCatalog; reason: string | undefined }) {
  const { say } = useWords();
  const navigate = useNavigate();
  const { archived: showArchived = false } = useSearch({ strict: false }) as { archived?: boolean };
  const live = lists.staff.filter(({ archived }) => !archived);
  const archived = lists.staff.filter((one) => one.archived);
  const move = useMoveLine(
    'staff',
    live.map(({ id }) => id),
  );
  return (
    <>
      {live.length === 0 ? (
        <Paper withBorder>
          <Empty icon={<IconUsers size={32} stroke={1.3} aria-hidden />} title={say('catalog.staff.empty')} more={say('catalog.staff.empty.more')} />
        </Paper>
      ) : (
        <Lines
          lists={lists}
          staff={live}
          end={({ id, name }, line) =>
            live.length > 1 && <MoveLine id={id} name={name} first={line === 0} last={line === live.length - 1} reason={reason} onMove={move} />
          }
        />
      )}
      {archived.length > 0 && (
        <Switch
          label={say('catalog.show_archived', { count: archived.length })}
          checked={showArchived}
          onChange={({ currentTarget }) => void navigate({ to: '.', search: currentTarget.checked ? { archived: true } : {}, replace: true })}
        />
      )}
      {showArchived && archived.length > 0 && <Lines lists={lists} staff={archived} end={() => null} />}
    </>
  );
}

type Member = SalonCatalog['staff'][number];

function Lines({ lists, staff, end }: { lists: SalonCatalog; staff: readonly Member[]; end: (member: Member, line: number) => React.ReactNode }) {
  const { say } = useWords();
  const here = useLocationHere();
  const positionOf = ({ positionId }: Member) => lists.positions.find(({ id }) => id === positionId)?.name;
  const card = ({ id }: Member) => `/${here.slug}/settings/staff/${id}`;
  return (
    <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {staff.map((member, line) => (
        <Group component="li" key={member.id} px="md" py="sm" gap="sm" style={line > 0 ? { borderTop: '1px solid var(--hf-line)' } : undefined}>
          <ColorSwatch color={member.color} size={14} withShadow={false} aria-hidden />
          <Box style={{ flex: '1 1 160px', minWidth: 0 }}>
            <Anchor component={Link} to={card(member)} fw={600} c="inherit" underline="hover">
              {member.name}
            </Anchor>
            <Text size="sm" c="dimmed">
              {[
                positionOf(member),
                say('catalog.does_services', { count: member.serviceCount }),
                ...(member.onlineBooking ? [] : [say('catalog.not_online')]),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Box>
          {member.archived ? (
            <Badge color="gray" variant="light" tt="none">
              {say('catalog.archived')}
            </Badge>
          ) : (
            <PaymentBadge status={member.onlinePayment} />
          )}
          <Button
            component={Link}
            to={card(member)}
            search={{ tab: 'settings' } as never}
            variant="default"
            size="xs"
            aria-label={say('catalog.other_settings.of', { name: member.name })}
          >
            {say('catalog.other_settings')}
          </Button>
          {end(member, line)}
        </Group>
      ))}
    </Paper>
  );
}
