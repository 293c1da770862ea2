import type { StaffCard } from '@holdfast/contract/catalog';
import { Divider, Stack, Switch } from '@mantine/core';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { pairOf, type StaffDraft } from './card-drafts.ts';
import { OnlinePaymentField } from './online-payment-field.tsx';

/** Whether clients can choose them, and whether their visits are paid online. */
export function StaffSettings({
  card,
  value,
  change,
  reason,
}: {
  card: StaffCard;
  value: StaffDraft;
  change: (part: Partial<StaffDraft>) => void;
  reason: string | undefined;
}) {
  const { say } = useWords();
  const may = useMay();
  return (
    <Stack gap="lg" maw={720}>
      <Switch
        label={say('catalog.online_booking.staff')}
        description={say('catalog.online_booking.staff.more')}
        checked={value.onlineBooking}
        disabled={reason !== undefined}
        onChange={({ currentTarget }) => change({ onlineBooking: currentTarget.checked })}
      />
      <Divider />
      <OnlinePaymentField
        of="staff"
        value={value.onlinePayment}
        onChange={(onlinePayment) => change({ onlinePayment })}
        reason={may('catalog.online_payment') ? undefined : say('catalog.online_payment.no_right')}
        pairs={card.services
          .filter(({ serviceId, archived }) => !archived && value[pairOf(serviceId)] !== undefined)
          .map(({ serviceId, name, policies }) => ({ id: serviceId, name, policies }))}
      />
    </Stack>
  );
}
