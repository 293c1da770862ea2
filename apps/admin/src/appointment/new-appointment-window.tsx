import { Box, Divider, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { codeOf } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { Part } from '../frame/part.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { bookablesQuery, termsOf } from './bookables-query.ts';
import { ChangeTrouble } from './change-trouble.tsx';
import { ClientSelect } from './client-select.tsx';
import { DayFields } from './day-fields.tsx';
import { FreeTimes } from './free-times.tsx';
import { type NewWish, whyNotYet } from './new-wish.ts';
import { lengthOf, totalOf } from './parts.ts';
import { placeTimeOf } from './place-time.ts';
import { ServiceRows } from './service-rows.tsx';
import { StaffSelect } from './staff-select.tsx';
import { useNewAppointment } from './use-new-appointment.ts';
import { WindowFrame } from './window-frame.tsx';

/** Staff book for a client: whom, what, with whom and when. `staffId` and `startsAt` are what was clicked in the calendar. */
export function NewAppointmentWindow({
  staffId,
  startsAt,
  onClose,
  onMade,
}: {
  staffId: string | undefined;
  startsAt: string | undefined;
  onClose: () => void;
  /** Left out: the made appointment is opened in this window's place. */
  onMade?: (appointmentId: string) => void;
}) {
  const { say, money } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { id: locationId, timeZone, currency } = useLocationHere();
  const [start] = useState<NewWish>(() => emptyWish(staffId, startsAt, timeZone));
  const [wish, setWish] = useState(start);
  const { data: bookables, error, refetch } = useQuery(bookablesQuery(locationId));
  const make = useNewAppointment({ locationId, timeZone });
  const change = (more: Partial<NewWish>) => setWish((known) => ({ ...known, ...more }));
  const services = wish.services.map(({ serviceId }) => serviceId);
  const minutes = lengthOf(wish.services, (id) => termsOf(bookables, wish.staffId, id)?.durationMinutes);
  const notYet = may('calendar.edit') ? whyNotYet(wish, timeZone) : 'frame.no_right';
  const close = async () => {
    const question = { title: say('appointment.leave'), more: say('appointment.leave.more'), yes: say('appointment.leave.yes'), danger: true };
    if (wish === start || (await confirmed({ ...question, no: say('appointment.leave.no') }))) onClose();
  };
  const submit = () => {
    if (notYet || make.isPending) return;
    make.mutate(wish, {
      onSuccess: (made) => {
        if (!made) return;
        toast(say('appointment.new.made'));
        if (onMade) return onMade(made.id);
        return void navigate({ to: '.', search: (known: object) => ({ ...known, new: undefined, appointment: made.id }) } as never);
      },
    });
  };
  return (
    <WindowFrame kind={say('appointment.window')} title={say('appointment.new')} onClose={() => void close()}>
      <form
        noValidate
        style={{ flex: 1, display: 'flex', flexDirection: 'column' }}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg" px="md" pb="md">
          <Part title={say('appointment.client')}>
            <ClientSelect
              wish={wish}
              onChange={change}
              error={codeOf(make.error) === 'invalid_phone' ? say('appointment.trouble.invalid_phone') : undefined}
            />
          </Part>
          <Divider />
          <Part title={say('appointment.services')}>
            {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
            <ServiceRows
              bookables={bookables}
              staffId={wish.staffId}
              rows={wish.services}
              onChange={(next) => change({ services: next })}
              currency={currency}
              mayPrice={may('calendar.price')}
            />
            {wish.services.length > 0 && (
              <Text size="sm" fw={650} role="status">
                {say('appointment.total')}:{' '}
                {money(
                  totalOf(wish.services, (id) => termsOf(bookables, wish.staffId, id)?.priceMinMinor ?? 0),
                  currency,
                )}
              </Text>
            )}
          </Part>
          <Divider />
          <Part title={say('appointment.when')}>
            <StaffSelect staff={bookables?.staff} services={services} value={wish.staffId} onChange={(id) => change({ staffId: id })} />
            <DayFields value={wish} onChange={change} timeZone={timeZone} {...(minutes ? { usualMinutes: minutes } : {})} />
            <FreeTimes staffId={wish.staffId} services={services} day={wish.day} chosen={wish.time} onChoose={(time) => change({ time })} />
          </Part>
          <Divider />
          <Textarea
            label={say('appointment.comment')}
            description={say('appointment.comment.more')}
            value={wish.comment}
            onChange={({ currentTarget: { value } }) => change({ comment: value })}
            maxLength={1000}
            autosize
            minRows={2}
            maxRows={8}
          />
        </Stack>
        <Box
          pos="sticky"
          mt="auto"
          bottom={0}
          px="md"
          py="sm"
          bg="var(--mantine-color-body)"
          style={{ borderTop: '1px solid var(--mantine-color-default-border)', zIndex: 2 }}
        >
          {make.error && codeOf(make.error) !== 'invalid_phone' && (
            <Box pb="sm">
              <ChangeTrouble error={make.error} />
            </Box>
          )}
          <Group justify="flex-end">
            <ReasonButton type="submit" reason={notYet && say(notYet)} loading={make.isPending}>
              {say('appointment.new.make')}
            </ReasonButton>
          </Group>
        </Box>
      </form>
    </WindowFrame>
  );
}

function emptyWish(staffId: string | undefined, startsAt: string | undefined, timeZone: string): NewWish {
  const today = placeTimeOf(new Date(serverNow()).toISOString(), timeZone).day;
  const place = startsAt ? placeTimeOf(startsAt, timeZone) : { day: today, time: '' };
  return {
    client: null,
    isNew: false,
    name: '',
    phone: '',
    email: '',
    services: [],
    staffId: staffId ?? null,
    ...place,
    durationMinutes: null,
    comment: '',
  };
}
