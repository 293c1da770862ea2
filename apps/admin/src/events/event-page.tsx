import type { EventClient, EventPage as EventFacts } from '@holdfast/contract/events';
import { Alert, Anchor, Button, CopyButton, Group, Loader, Menu, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconDots, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { at } from '../api.ts';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { AddToLineDialog } from '../waiting/add-dialog.tsx';
import { WaitingLine } from '../waiting/waiting-line.tsx';
import { useWords } from '../words.tsx';
import { BookPlacesDialog } from './book-places-dialog.tsx';
import { CancelEventDialog } from './cancel-event-dialog.tsx';
import { ChangePlacesDialog } from './change-places-dialog.tsx';
import { ClientList } from './client-list.tsx';
import { EditEventDialog } from './edit-event-dialog.tsx';
import { eventQuery } from './event-queries.ts';
import './events.css';
import { PlacesOf } from './events-page.tsx';
import { ExtendSeriesDialog } from './extend-series-dialog.tsx';
import type { EventSearch } from './routes.tsx';
import { useLiveEvents } from './use-live-events.ts';

const AppointmentWindow = lazy(() => import('../appointment/appointment-window.tsx').then((one) => ({ default: one.AppointmentWindow })));

/** One event: when and with whom, how full it is, and its client list. */
export function EventPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { event: id } = useParams({ strict: false }) as { event: string };
  useLiveEvents(here.id);
  const reading = useQuery(eventQuery(here.id, id));
  if (reading.data) return <OpenEvent event={reading.data} />;
  return (
    <Page title={say('events.event')}>
      {reading.isPending ? <PageLoading /> : <TroubleNotice error={reading.error} onRetry={() => void reading.refetch()} />}
    </Page>
  );
}

type Shown = 'edit' | 'book' | 'wait' | 'cancel' | 'extend' | EventClient;

function OpenEvent({ event }: { event: EventFacts }) {
  const { say, money, when, time } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as EventSearch;
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
  const open = (appointment: string | undefined) => void navigate({ to: '.', search: appointment ? { appointment } : {} } as never);
  const isOpen = event.status === 'open';
  const over = event.endsAt < event.now;
  const locked = isOpen ? undefined : say('events.cancelled');
  const editReason = may('calendar.edit') ? locked : say('frame.trouble.right_missing');
  const cancelReason = may('appointments.cancel') ? (over ? say('events.over') : locked) : say('frame.trouble.right_missing');
  return (
    <Page
      title={event.title}
      wide
      about={`${when(event.startsAt, event.timeZone)} – ${time(event.endsAt, event.timeZone)} · ${event.staffName}`}
      actions={
        <Group gap="sm" className="ev-screen">
          <ReasonButton
            leftSection={<IconPlus size={16} aria-hidden />}
            reason={editReason ?? (event.placesLeft < 1 ? say('events.book.full') : undefined)}
            onClick={() => setShown('book')}
          >
            {say('events.book')}
          </ReasonButton>
          <ReasonButton variant="default" reason={editReason} onClick={() => setShown('edit')}>
            {say('events.edit')}
          </ReasonButton>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" aria-label={say('frame.menu')}>
                <IconDots size={18} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <CopyButton value={event.publicUrl}>
                {({ copied, copy }) => (
                  <Menu.Item closeMenuOnClick={false} onClick={copy}>
                    {say(copied ? 'frame.copied' : 'events.copy_link')}
                  </Menu.Item>
                )}
              </CopyButton>
              <Menu.Item onClick={() => globalThis.print()}>{say('events.print')}</Menu.Item>
              {may('clients.see') && (
                <Menu.Item component="a" href={`/api/v1/admin/${at(here.id, 'events', event.id, 'clients.csv')}`} download>
                  {say('events.csv')}
                </Menu.Item>
              )}
              {event.series && may('calendar.edit') && <Menu.Item onClick={() => setShown('extend')}>{say('events.extend')}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
          <ReasonButton variant="default" reason={cancelReason} onClick={() => setShown('cancel')}>
            {say('events.cancel')}
          </ReasonButton>
        </Group>
      }
    >
      <Anchor component={Link} to={`/${here.slug}/events` as never} size="sm" className="ev-screen">
        <Group gap={4} component="span">
          <IconArrowLeft size={16} aria-hidden />
          {say('events.back')}
        </Group>
      </Anchor>
      {event.cancelled && <CancelledNotice event={event} />}
      <Group gap="xl" align="flex-start">
        <Stack gap={4} miw={200}>
          <PlacesOf event={event} />
          {isOpen && <Text size="sm">{say('events.left', { count: event.placesLeft })}</Text>}
        </Stack>
        <Stack gap={4}>
          <Text size="sm">{say('events.price', { amount: money(event.priceMinor, event.currency) })}</Text>
          <Text size="sm">{say(`events.policy.${event.policy.status}`)}</Text>
        </Stack>
        {event.series && <SeriesFacts event={event} />}
      </Group>
      {event.description && (
        <Text size="sm" maw={640} style={{ whiteSpace: 'pre-line' }}>
          {event.description}
        </Text>
      )}
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('events.clients')}
        </Title>
        <ClientList event={event} onOpen={open} onChange={setShown} />
      </Stack>
      <Stack gap="sm" className="ev-screen">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {say('waiting.title')}
          </Title>
          <ReasonButton
            variant="default"
            size="compact-sm"
            reason={editReason ?? (event.startsAt <= event.now ? say('waiting.add.cancelled') : undefined)}
            onClick={() => setShown('wait')}
          >
            {say('waiting.add')}
          </ReasonButton>
        </Group>
        <WaitingLine which={{ eventId: event.id }} onOpen={open} />
      </Stack>
      {shown === 'edit' && <EditEventDialog event={event} onClose={close} />}
      {shown === 'book' && <BookPlacesDialog event={event} onClose={close} />}
      {shown === 'wait' && <AddToLineDialog eventId={event.id} capacity={event.capacity} onClose={close} />}
      {shown === 'cancel' && <CancelEventDialog event={event} onClose={close} />}
      {shown === 'extend' && <ExtendSeriesDialog event={event} onClose={close} />}
      {typeof shown === 'object' && <ChangePlacesDialog event={event} client={shown} onClose={close} />}
      <Suspense>{search.appointment && <AppointmentWindow appointmentId={search.appointment} onClose={() => open(undefined)} />}</Suspense>
    </Page>
  );
}

function CancelledNotice({ event }: { event: EventFacts }) {
  const { say, when } = useWords();
  const here = useLocationHere();
  const { cancelled, stillToCancel } = event;
  if (!cancelled) return null;
  return (
    <Alert color="gray" variant="light" title={say('events.cancelled')} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{say('events.cancelled_by', { by: cancelled.by, at: when(cancelled.at, event.timeZone), because: cancelled.because })}</Text>
        {stillToCancel > 0 && (
          <Group gap="xs">
            <Loader size="xs" />
            <Text size="sm">{say('events.emptying', { count: stillToCancel })}</Text>
          </Group>
        )}
        {event.clients.some(({ paidMinor }) => paidMinor > 0) && (
          <Anchor component={Link} to={`/${here.slug}/finance/refunds` as never} size="sm">
            {say('events.to_refunds')}
          </Anchor>
        )}
      </Stack>
    </Alert>
  );
}

function SeriesFacts({ event }: { event: EventFacts }) {
  const { say, weekday, shortDay } = useWords();
  if (!event.series) return null;
  const { repeat, lastDay, ahead } = event.series;
  const days = repeat.weekdays.length > 0 ? repeat.weekdays.map((day) => weekday(day, 'short')).join(', ') : weekday(isoWeekday(event.day), 'long');
  const { interval } = repeat;
  const plain = interval === 1;
  const rule =
    repeat.every === 'week'
      ? say(plain ? 'events.series.weekly' : 'events.series.week', { interval, days })
      : say(plain ? 'events.series.daily' : 'events.series.day', { interval });
  return (
    <Stack gap={4}>
      <Text size="sm">
        {say('events.series')}: {rule}
      </Text>
      <Text size="sm" c="dimmed">
        {say('events.series.until', { day: shortDay(lastDay), ahead })}
      </Text>
    </Stack>
  );
}

function isoWeekday(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}
