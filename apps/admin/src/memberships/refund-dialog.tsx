import type { Membership, MembershipsOfClient } from '@holdfast/contract/memberships';
import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useRegisterName } from '../accounts/register-name.ts';
import { ask, at } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useMembershipDeed } from './membership-queries.ts';

/** What is not earned goes back the way it came; what was taken at the desk from a register of one's choice. */
export function RefundDialog({
  membership,
  of,
  place,
  onClose,
}: {
  membership: Membership;
  of: MembershipsOfClient;
  place: { locationId: string; clientId: string };
  onClose: () => void;
}) {
  const { say, money } = useWords();
  const registerName = useRegisterName();
  const [because, setBecause] = useState(membership.refundAsked?.because ?? '');
  const [registerId, setRegister] = useState(membership.registerId);
  const amount = money(membership.refundableMinor, membership.currency);
  const refund = useMembershipDeed(place, () =>
    ask<MembershipsOfClient>('POST', at(place.locationId, 'memberships', membership.id, 'refund'), {
      version: membership.version,
      because: because.trim(),
      ...(registerId ? { registerId } : {}),
    }),
  );
  const short = because.trim().length < 3;
  return (
    <Dialog onClose={onClose} title={say('memberships.refund.title', { name: membership.name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (short || refund.isPending) return;
          refund.mutate(undefined, {
            onSuccess: ({ memberships }) => {
              const waits = memberships.some((one) => one.id === membership.id && one.refundAsked !== null);
              toast(say(waits ? 'accounts.give_back.asked' : 'memberships.refund.done', { amount }));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          <Text size="sm">{say(`memberships.refund.${membership.way}`, { amount })}</Text>
          {membership.way === 'register' && (
            <Select
              label={say('memberships.refund.from')}
              data={of.registers.filter(({ mayTake }) => mayTake).map(({ id, name }) => ({ value: id, label: registerName(name) }))}
              value={registerId}
              onChange={setRegister}
              allowDeselect={false}
              comboboxProps={{ zIndex: 600 }}
            />
          )}
          <BecauseField label={say('checkout.reverse.reason')} value={because} onChange={setBecause} />
          {refund.error && (
            <TroubleNotice
              error={refund.error}
              words={{
                still_used: 'memberships.refund.reserved',
                nothing_to_pay: 'memberships.refund.earned',
                second_person_needed: 'refunds.trouble.second_person',
                right_missing: 'accounts.give_back.trouble.right',
              }}
            />
          )}
          <DialogFoot
            onCancel={onClose}
            does={say('memberships.refund')}
            danger
            pending={refund.isPending}
            reason={short ? say('frame.required') : undefined}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
