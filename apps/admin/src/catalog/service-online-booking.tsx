import type { ServiceCard } from '@holdfast/contract/catalog';
import { membershipUses } from '@holdfast/contract/membership-use';
import { Divider, Select, Stack, Switch } from '@mantine/core';
import { PolicyEditor } from '../refunds/policy-editor.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { pairOf, type ServiceDraft } from './card-drafts.ts';
import { OnlinePaymentField } from './online-payment-field.tsx';

/** Whether clients can book it themselves, and whether they pay for it online. */
export function ServiceOnlineBooking({
  card,
  value,
  change,
  reason,
}: {
  card: ServiceCard;
  value: ServiceDraft;
  change: (part: Partial<ServiceDraft>) => void;
  reason: string | undefined;
}) {
  const { say } = useWords();
  const may = useMay();
  return (
    <Stack gap="lg" maw={720}>
      <Switch
        label={say('catalog.online_booking.service')}
        description={say('catalog.online_booking.service.more')}
        checked={value.onlineBooking}
        disabled={reason !== undefined}
        onChange={({ currentTarget }) => change({ onlineBooking: currentTarget.checked })}
      />
      <Divider />
      <OnlinePaymentField
        of="service"
        value={value.onlinePayment}
        onChange={(onlinePayment) => change({ onlinePayment })}
        reason={may('catalog.online_payment') ? undefined : say('catalog.online_payment.no_right')}
        pairs={card.team
          .filter(({ staffId, archived }) => !archived && value[pairOf(staffId)] !== undefined)
          .map(({ staffId, name, policies }) => ({ id: staffId, name, policies }))}
      />
      <Select
        label={say('memberships.use')}
        data={membershipUses.map((use) => ({ value: use, label: say(`memberships.use.${use}`) }))}
        value={value.membership}
        disabled={reason !== undefined}
        onChange={(use) => use && change({ membership: use as ServiceDraft['membership'] })}
        allowDeselect={false}
      />
      <Divider />
      <Switch
        label={say('refunds.policy.own')}
        description={say('refunds.policy.own.about')}
        checked={value.cancellation !== null}
        disabled={reason !== undefined}
        onChange={({ currentTarget }) => change({ cancellation: currentTarget.checked ? firstOwn : null })}
      />
      {value.cancellation && (
        <PolicyEditor
          value={value.cancellation}
          disabled={reason !== undefined}
          onChange={(cancellation) => change({ cancellation: cancellation as ServiceDraft['cancellation'] })}
        />
      )}
    </Stack>
  );
}

/** Where an own policy begins: what most salons ask for dear services. */
const firstOwn = { steps: [{ hours: 48, percent: 100 }], afterPercent: 0, noShowPercent: 0, cancelOnline: { unprepaid: 0, prepaid: 0 } };
