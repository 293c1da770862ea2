import { Divider, Stack, Text, Textarea } from '@mantine/core';
import { PaymentUnderWay } from '../checkout/payment-under-way.tsx';
import { Part } from '../frame/part.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { CancelPart } from './cancel-part.tsx';
import { ChangeTrouble } from './change-trouble.tsx';
import { ClientPart } from './client-part.tsx';
import { EventPart } from './event-part.tsx';
import { HoldNotice } from './hold-notice.tsx';
import { MoneyLine } from './money-line.tsx';
import { ServicesPart } from './services-part.tsx';
import { StatusPart } from './status-part.tsx';
import { TimePart } from './time-part.tsx';
import type { Editing } from './use-editing.ts';

/** Who, what, with whom, when, and how far it has come. */
export function AppointmentTab({ editing, onCheckout }: { editing: Editing; onCheckout: () => void }) {
  const { say, when } = useWords();
  const may = useMay();
  const { now, trouble } = editing;
  const shown = trouble?.error;
  return (
    <Stack gap="lg">
      {now.payment && <PaymentUnderWay appointment={now} />}
      {now.status === 'held' && <HoldNotice appointment={now} />}
      <ClientPart appointment={now} />
      <Divider />
      <StatusPart editing={editing} />
      <Divider />
      {now.lockedBecause === 'over' && (
        <Text size="sm" c="dimmed">
          {say('appointment.locked.over')}
        </Text>
      )}
      {now.event ? <EventPart appointment={now} /> : <TimePart editing={editing} />}
      {!now.event && <ServicesPart editing={editing} />}
      <MoneyLine editing={editing} onCheckout={onCheckout} />
      <Divider />
      <Part title={say('appointment.comment')} hideTitle>
        {trouble?.at === 'comment' && <ChangeTrouble error={shown} />}
        <Textarea
          label={say('appointment.comment')}
          description={say('appointment.comment.more')}
          value={editing.shown('comment')}
          onChange={({ currentTarget: { value } }) => editing.type('comment', value)}
          disabled={editing.saving}
          readOnly={!may('calendar.edit')}
          maxLength={1000}
          autosize
          minRows={2}
          maxRows={8}
        />
      </Part>
      <CancelPart editing={editing} />
      <Text size="xs" c="dimmed">
        {say(`appointment.booked_by.${now.bookedBy}`, { when: when(now.createdAt, now.timeZone) })}
      </Text>
    </Stack>
  );
}
