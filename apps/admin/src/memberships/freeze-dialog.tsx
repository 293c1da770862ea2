import type { Membership, MembershipsOfClient } from '@holdfast/contract/memberships';
import { NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useMembershipDeed } from './membership-queries.ts';

const reasons = ['not_active', 'too_often', 'too_long', 'visits_reserved'] as const;

export function FreezeDialog({
  membership,
  place,
  onClose,
}: {
  membership: Membership;
  place: { locationId: string; clientId: string };
  onClose: () => void;
}) {
  const { say } = useWords();
  const [days, setDays] = useState<number | null>(Math.min(7, membership.freeze.daysLeft));
  const freeze = useMembershipDeed(place, (many: number) =>
    ask<MembershipsOfClient>('POST', at(place.locationId, 'memberships', membership.id, 'freeze'), { version: membership.version, days: many }),
  );
  const why = freeze.error instanceof Trouble ? reasons.find((one) => one === (freeze.error as Trouble).detail?.['reason']) : undefined;
  return (
    <Dialog onClose={onClose} title={say('memberships.freeze.title', { name: membership.name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (days && !freeze.isPending) freeze.mutate(days, { onSuccess: onClose });
        }}
      >
        <Stack gap="md">
          <Text size="sm">{say('memberships.freeze.more')}</Text>
          <NumberInput
            label={say('memberships.freeze.days')}
            description={say('memberships.freeze.left', { count: membership.freeze.daysLeft })}
            min={1}
            max={membership.freeze.daysLeft}
            allowDecimal={false}
            value={days ?? ''}
            onChange={(value) => setDays(typeof value === 'number' ? value : null)}
            error={why && say(`memberships.freeze.${why}` as TextKey)}
            data-autofocus
          />
          {freeze.error && !why && <TroubleNotice error={freeze.error} />}
          <DialogFoot
            onCancel={onClose}
            does={say('memberships.freeze')}
            pending={freeze.isPending}
            reason={days ? undefined : say('frame.required')}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
