import type { Appointment } from '@holdfast/contract/calendar';
import { Divider, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PageLoading } from '../frame/page-loading.tsx';
import { Part } from '../frame/part.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { ProposeRefund } from '../refunds/propose-refund.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AccountPart } from './account-part.tsx';
import { Amounts } from './amounts.tsx';
import { checkoutQuery } from './checkout-query.ts';
import { CoverPart } from './cover-part.tsx';
import { HeldPart } from './held-part.tsx';
import { LinkPart } from './link-part.tsx';
import { PaymentList } from './payment-list.tsx';
import { PaymentUnderWay } from './payment-under-way.tsx';
import { TakePart } from './take-part.tsx';

/** What is due, taking it at the desk or from an account, the payment link, and what has been paid. */
export function CheckoutTab({
  appointment,
  isUnsaved,
  saveFirst,
}: {
  appointment: Appointment;
  isUnsaved: boolean;
  /** False: what is unsaved in the window could not be saved. */
  saveFirst: () => Promise<boolean>;
}) {
  const { say } = useWords();
  const may = useMay();
  const { locationId, id, timeZone } = appointment;
  const { data: checkout, error, refetch } = useQuery({ ...checkoutQuery(locationId, id), enabled: may('checkout.see') });
  if (!may('checkout.see')) return <Text c="dimmed">{say('checkout.no_right')}</Text>;
  if (error) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  if (!checkout) return <PageLoading />;
  return (
    <Stack gap="lg">
      <Amounts checkout={checkout} />
      {checkout.payment && <PaymentUnderWay appointment={appointment} />}
      {checkout.dueMinor > 0 && (
        <Part title={say('checkout.take')}>
          <TakePart locationId={locationId} checkout={checkout} isUnsaved={isUnsaved} />
        </Part>
      )}
      {checkout.dueMinor > 0 && (
        <Part title={say('checkout.account')}>
          {may('accounts.pay') ? (
            <AccountPart locationId={locationId} checkout={checkout} isUnsaved={isUnsaved} />
          ) : (
            <Text size="sm" c="dimmed">
              {say('checkout.account.no_right')}
            </Text>
          )}
        </Part>
      )}
      <CoverPart locationId={locationId} checkout={checkout} isUnsaved={isUnsaved} />
      {checkout.holds.length > 0 && <HeldPart locationId={locationId} checkout={checkout} timeZone={timeZone} />}
      {checkout.link.state !== 'nothing_due' && (
        <Part title={say('checkout.link')}>
          <LinkPart locationId={locationId} checkout={checkout} saveFirst={saveFirst} />
        </Part>
      )}
      <Divider />
      <Part title={say('checkout.payments')}>
        <PaymentList checkout={checkout} timeZone={timeZone} locationId={locationId} />
        {checkout.payments.some(({ status }) => status === 'taken' || status === 'captured') && (
          <ProposeRefund locationId={locationId} appointmentId={checkout.appointmentId} />
        )}
      </Part>
    </Stack>
  );
}
