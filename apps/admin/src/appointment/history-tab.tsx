import type { Appointment } from '@holdfast/contract/calendar';
import { Stack, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { checkoutQuery } from '../checkout/checkout-query.ts';
import { PaymentList } from '../checkout/payment-list.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { Part } from '../frame/part.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { byWhom, describeChange } from './describe-change.ts';

/** What has been paid and what has been changed, newest first, and by whom. */
export function HistoryTab({ appointment }: { appointment: Appointment }) {
  const words = useWords();
  const { say, when } = words;
  return (
    <Stack gap="lg">
      <Part title={say('appointment.history.payments')}>
        <Payments appointment={appointment} />
      </Part>
      <Part title={say('appointment.history.changes')}>
        <Timeline bulletSize={12} lineWidth={2} active={appointment.changes.length}>
          {appointment.changes.map((change) => (
            <Timeline.Item key={change.no}>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {describeChange(change, appointment, words)}
              </Text>
              <Text size="xs" c="dimmed">
                {when(change.at, appointment.timeZone)} · {byWhom(change.by, words)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Part>
    </Stack>
  );
}

function Payments({ appointment }: { appointment: Appointment }) {
  const { say } = useWords();
  const may = useMay();
  const { data, error, refetch } = useQuery({ ...checkoutQuery(appointment.locationId, appointment.id), enabled: may('checkout.see') });
  if (!may('checkout.see')) {
    return (
      <Text size="sm" c="dimmed">
        {say('appointment.history.payments_right')}
      </Text>
    );
  }
  if (error) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  return data ? <PaymentList checkout={data} timeZone={appointment.timeZone} /> : <PageLoading />;
}
