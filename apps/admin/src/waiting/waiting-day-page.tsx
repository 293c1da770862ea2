import { localDay } from '@holdfast/contract/move-rules';
import { Anchor, Group, Text, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { isDay } from '../calendar/calendar-days.ts';
import { useLiveEvents } from '../events/use-live-events.ts';
import { Page } from '../frame/page.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useServerNow } from '../server-clock.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AddToDayDialog } from './add-dialog.tsx';
import type { WaitingSearch } from './routes.tsx';
import { WaitingLine } from './waiting-line.tsx';

const AppointmentWindow = lazy(() => import('../appointment/appointment-window.tsx').then((one) => ({ default: one.AppointmentWindow })));

/** Who waits for time on a day. */
export function WaitingDayPage() {
  const { say, day: dayName } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as WaitingSearch;
  const today = localDay(here.timeZone, useServerNow(60_000));
  const day = search.day ?? today;
  useLiveEvents(here.id);
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const cannot = may('calendar.edit') ? (day < today ? say('waiting.add.past') : undefined) : say('frame.no_right');
  const go = (change: { [key in keyof WaitingSearch]?: string | undefined }) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace: true } as never);
  return (
    <Page title={say('waiting.day')} wide about={dayName(day)}>
      <Anchor component={Link} to={`/${here.slug}/calendar?day=${day}` as never} size="sm">
        {say('waiting.day.to_calendar')}
      </Anchor>
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          w={170}
          label={say('waiting.day.pick')}
          key={day}
          defaultValue={day}
          onChange={({ currentTarget: { value } }) => isDay(value) && go({ day: value })}
        />
        <ReasonButton variant="default" reason={cannot} onClick={() => setAdding(true)}>
          {say('waiting.add')}
        </ReasonButton>
      </Group>
      <Text size="sm">{say('waiting.day.about')}</Text>
      <WaitingLine which={{ day }} onOpen={(appointment) => go({ appointment })} />
      {adding && <AddToDayDialog day={day} onClose={() => setAdding(false)} />}
      <Suspense>
        {search.appointment && (
          <AppointmentWindow appointmentId={search.appointment} onClose={() => go({ appointment: undefined, tab: undefined })} />
        )}
      </Suspense>
    </Page>
  );
}
