import type { SalonEvent } from '@holdfast/contract/events';
import { localDay } from '@holdfast/contract/move-rules';
import { Anchor, Badge, Button, Checkbox, Group, Progress, Select, Stack, Table, Text } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { catalogQuery } from '../catalog/catalog-queries.ts';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { eventsQuery } from './event-queries.ts';
import { NewEventDialog } from './new-event-dialog.tsx';
import type { EventsSearch } from './routes.tsx';
import { useLiveEvents } from './use-live-events.ts';

const DAY_MS = 86_400_000;

/** Group events: all that are to come, day by day. */
export function EventsPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as EventsSearch;
  useLiveEvents(here.id);
  const from = search.past ? localDay(here.timeZone, serverNow() - 180 * DAY_MS) : undefined;
  const list = useQuery(eventsQuery(here.id, { service: search.service, ...(from ? { from } : {}) }));
  const catalog = useQuery(catalogQuery(here.id));
  const services = (catalog.data?.services ?? []).filter(({ kind, archived }) => kind === 'event' && !archived);
  const go = (change: EventsSearch | { [key in keyof EventsSearch]?: undefined }) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace: true } as never);
  const noService = catalog.data !== undefined && services.length === 0;
  const reason = may('calendar.edit') ? (noService ? say('events.no_service') : undefined) : say('frame.trouble.right_missing');
  const create = (
    <ReasonButton reason={reason} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go({ new: '~' })}>
      {say('events.new')}
    </ReasonButton>
  );
  return (
    <Page title={say('events.title')} about={say('events.about')} actions={create}>
      <Group gap="md" align="flex-end">
        {services.length > 1 && (
          <Select
            label={say('events.service')}
            data={services.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder={say('events.all_services')}
            value={search.service ?? null}
            clearable
            clearButtonProps={{ 'aria-label': say('events.all_services') }}
            onChange={(service) => go({ service: service ?? undefined })}
          />
        )}
        <Checkbox
          label={say('events.past')}
          checked={search.past === true}
          onChange={({ currentTarget }) => go({ past: currentTarget.checked ? true : undefined })}
          mb={8}
        />
      </Group>
      {list.isPending && <PageLoading />}
      {list.isError && <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && list.data.events.length > 0 && <Days events={list.data.events} timeZone={list.data.timeZone} slug={here.slug} />}
      {list.data?.events.length === 0 && (
        <Empty
          icon={<IconUsersGroup size={32} aria-hidden />}
          title={say(noService ? 'events.no_service' : 'events.none')}
          more={say(noService ? 'events.no_service.more' : 'events.none.more')}
          action={
            noService && may('catalog.edit') ? (
              <Button component={Link} to={`/${here.slug}/settings/services` as never} variant="default">
                {say('events.to_services')}
              </Button>
            ) : undefined
          }
        />
      )}
      {search.new && <NewEventDialog preset={search.new} onClose={() => go({ new: undefined })} />}
    </Page>
  );
}

function Days({ events, timeZone, slug }: { events: readonly SalonEvent[]; timeZone: string; slug: string }) {
  const { say, day, time } = useWords();
  const days = Map.groupBy(events, ({ startsAt }) => localDay(timeZone, Date.parse(startsAt)));
  return (
    <Stack gap="lg">
      {[...days].map(([one, theirs]) => (
        <section key={one} aria-label={day(one)}>
          <Text component="h2" fw={650} mb="xs">
            {day(one)}
          </Text>
          <Table.ScrollContainer minWidth={320}>
            <Table verticalSpacing="xs" withTableBorder>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={{ base: 76, sm: 120 }}>{say('events.when')}</Table.Th>
                  <Table.Th>{say('events.event')}</Table.Th>
                  <Table.Th w={180} visibleFrom="sm">
                    {say('events.staff')}
                  </Table.Th>
                  <Table.Th w={{ base: 112, sm: 180 }}>{say('events.capacity')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {theirs.map((event) => (
                  <Table.Tr key={event.id}>
                    <Table.Td>
                      {time(event.startsAt, timeZone)}–{time(event.endsAt, timeZone)}
                    </Table.Td>
                    <Table.Td>
                      <Anchor component={Link} to={`/${slug}/events/${event.id}` as never} fw={550}>
                        {event.title}
                      </Anchor>
                      {event.title !== event.serviceName && (
                        <Text size="xs" c="dimmed">
                          {event.serviceName}
                        </Text>
                      )}
                      <Text size="sm" hiddenFrom="sm">
                        {event.staffName}
                      </Text>
                    </Table.Td>
                    <Table.Td visibleFrom="sm">{event.staffName}</Table.Td>
                    <Table.Td>
                      <PlacesOf event={event} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </section>
      ))}
    </Stack>
  );
}

/** How full it is. */
export function PlacesOf({ event }: { event: SalonEvent }) {
  const { say } = useWords();
  const { placesTaken, placesHeld, placesLeft, capacity, status } = event;
  if (status === 'cancelled')
    return (
      <Badge color="gray" variant="light" tt="none">
        {say('events.cancelled')}
      </Badge>
    );
  const share = (places: number) => (100 * places) / capacity;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm">{say('events.taken_of', { taken: placesTaken, capacity })}</Text>
        {placesLeft <= 0 && (
          <Badge color="gray" variant="light" tt="none">
            {say('events.full')}
          </Badge>
        )}
      </Group>
      <Progress.Root size="sm" aria-hidden>
        <Progress.Section value={share(placesTaken - placesHeld)} color="teal.8" />
        <Progress.Section value={share(placesHeld)} color="yellow.7" />
      </Progress.Root>
      {placesHeld > 0 && (
        <Text size="xs" c="dimmed">
          {say('events.held', { count: placesHeld })}
        </Text>
      )}
    </Stack>
  );
}
