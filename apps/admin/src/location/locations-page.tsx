import type { Locations } from '@holdfast/contract/location-settings';
import { Anchor, Badge, Button, Card, CopyButton, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../api.ts';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Settings → My location → Locations: those of the chain, and the address where clients choose one. */
export function LocationsPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const locations = useQuery({
    queryKey: ['locations'],
    queryFn: ({ signal }) => ask<Locations>('GET', 'locations', undefined, signal),
  });
  return (
    <Page
      title={say('location.locations')}
      about={say('location.locations.about')}
      actions={
        may('locations.create') && (
          <Button component={Link} to={`/${here.slug}/settings/locations/new`}>
            {say('location.locations.add')}
          </Button>
        )
      }
    >
      {locations.isPending && <PageLoading />}
      {locations.isError && <TroubleNotice error={locations.error} onRetry={() => void locations.refetch()} />}
      {locations.data && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {locations.data.locations.map((one) => (
              <LocationCard key={one.id} location={one} here={one.id === here.id} />
            ))}
          </SimpleGrid>
          {locations.data.locations.length > 1 && <PageAddress label={say('location.locations.chain_page')} address={locations.data.chainPage} />}
        </>
      )}
    </Page>
  );
}

function LocationCard({ location, here }: { location: Locations['locations'][number]; here: boolean }) {
  const { say } = useWords();
  return (
    <Card withBorder padding="md" component="article">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4">
            {location.name}
          </Title>
          {here && (
            <Badge variant="light" tt="none">
              {say('location.locations.here')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {location.address}
        </Text>
        <Text size="sm">
          {location.currency} · {location.timeZone}
        </Text>
        <Text size="sm">
          {say('location.locations.staff', { count: location.staff })} · {say('location.locations.services', { count: location.services })} ·{' '}
          {say(location.takesPayment ? 'location.locations.pays' : 'location.locations.pays_not')}
        </Text>
        <PageAddress label={say('location.locations.page')} address={location.bookingPage} />
        {!here && (
          <Button component={Link} to={`/${location.slug}/settings/business-information`} variant="default" size="xs" w="fit-content">
            {say('location.locations.open')}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function PageAddress({ label, address }: { label: string; address: string }) {
  const { say } = useWords();
  return (
    <Group gap="xs" wrap="nowrap" align="center">
      <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
        {label}:{' '}
        <Anchor href={address} target="_blank" rel="noreferrer" underline="always">
          {address}
        </Anchor>
      </Text>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          >
            {say(copied ? 'frame.copied' : 'frame.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
