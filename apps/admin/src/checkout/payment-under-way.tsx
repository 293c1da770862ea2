import type { Appointment } from '@holdfast/contract/calendar';
import type { Checkout } from '@holdfast/contract/checkout';
import { Alert, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { leftOf } from '../frame/time-left.ts';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useServerNow } from '../server-clock.ts';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { checkoutQuery } from './checkout-query.ts';
import { useCheckoutDeed } from './use-checkout-deed.ts';

/** The client is paying, or could still: until when nothing may be changed, and how to end it. */
export function PaymentUnderWay({ appointment }: { appointment: Appointment }) {
  const { say, time } = useWords();
  const may = useMay();
  const now = useServerNow(1000);
  const { locationId, id, timeZone, clientName } = appointment;
  const { data: checkout } = useQuery({ ...checkoutQuery(locationId, id), enabled: may('checkout.see') });
  const stop = useCheckoutDeed({ locationId, appointmentId: id }, (attemptId: string) =>
    ask<Checkout>('POST', at(locationId, 'appointments', id, 'payments', attemptId, 'cancellation')),
  );
  const payment = checkout?.payment ?? appointment.payment;
  if (!payment) return null;
  const left = payment.blockedUntil ? leftOf(payment.blockedUntil, now) : undefined;
  const isChecked = payment.attemptStatus === 'processing';
  const mine = checkout?.payment;
  const title = () => {
    if (isChecked) return say('checkout.payment.checking');
    return payment.blockedUntil && left
      ? say('checkout.payment.blocked', { time: time(payment.blockedUntil, timeZone) })
      : say('checkout.payment.open');
  };
  const end = async (attemptId: string) => {
    const yes = say('checkout.payment.cancel');
    if (!(await confirmed({ title: say('checkout.payment.cancel.title'), more: say('checkout.payment.cancel.more'), yes, danger: true }))) return;
    stop.mutate(attemptId, { onSuccess: () => toast(say('checkout.payment.cancelled')) });
  };
  return (
    <Alert
      color="yellow"
      bg="var(--hf-warm-soft)"
      icon={<IconLock aria-hidden />}
      title={title()}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="xs" align="flex-start">
        {isChecked ? (
          <Text size="sm">{say('checkout.payment.checking.more')}</Text>
        ) : (
          <Text size="sm">
            {mine && `${say(`checkout.payment.via.${mine.via}`, { client: clientName })} `}
            {!left && say('checkout.payment.open.more', { time: time(payment.payableUntil, timeZone) })}
          </Text>
        )}
        {left && !isChecked && (
          <Text size="sm" aria-hidden>
            {say('checkout.payment.left', { left })}
          </Text>
        )}
        {stop.error && (
          <TroubleNotice
            error={stop.error}
            words={{ payment_in_progress: 'checkout.payment.checking.more', step_not_allowed: 'checkout.trouble.not_stopped' }}
          />
        )}
        {mine && !isChecked && (
          <ReasonButton
            reason={mine.mayCancel ? undefined : say(may('payment_links.make') ? 'checkout.payment.cancel.no' : 'frame.no_right')}
            variant="default"
            size="xs"
            loading={stop.isPending}
            onClick={() => void end(mine.attemptId)}
          >
            {say('checkout.payment.cancel')}
          </ReasonButton>
        )}
      </Stack>
    </Alert>
  );
}
