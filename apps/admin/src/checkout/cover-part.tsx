import type { Checkout } from '@holdfast/contract/checkout';
import { Group, Stack, Text } from '@mantine/core';
import { ask, at } from '../api.ts';
import { Part } from '../frame/part.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useCheckoutDeed } from './use-checkout-deed.ts';

/** What a membership of the client pays of this visit, or could. */
export function CoverPart({ locationId, checkout, isUnsaved }: { locationId: string; checkout: Checkout; isUnsaved: boolean }) {
  const { say } = useWords();
  const { appointmentId, version, cover } = checkout;
  const deed = useCheckoutDeed({ locationId, appointmentId }, (undo: boolean) =>
    ask<Checkout>('POST', `${at(locationId, 'appointments', appointmentId, 'membership-cover')}${undo ? '/undo' : ''}`, { version }),
  );
  if (!cover || (cover.offer.length === 0 && cover.covered.length === 0)) return null;
  const reason = isUnsaved ? say('memberships.cover.unsaved') : undefined;
  return (
    <Part title={say('memberships.cover')}>
      <Stack gap="xs">
        {cover.covered.map((one) => (
          <Text size="sm" key={one.id}>
            {say('memberships.cover.is', { service: one.serviceName, name: one.membershipName })}
          </Text>
        ))}
        {cover.offer.map((one) => (
          <Text size="sm" key={one.serviceId}>
            {one.left === null
              ? say('memberships.cover.could', { service: one.name, name: one.membershipName })
              : say('memberships.cover.could.left', { service: one.name, name: one.membershipName, left: one.left })}
          </Text>
        ))}
        {deed.error && <TroubleNotice error={deed.error} />}
        <Group gap="xs">
          {cover.offer.length > 0 && (
            <ReasonButton size="xs" reason={reason} loading={deed.isPending} onClick={() => deed.mutate(false)}>
              {say('memberships.cover.do')}
            </ReasonButton>
          )}
          {cover.covered.length > 0 && (
            <ReasonButton size="xs" variant="default" reason={reason} loading={deed.isPending} onClick={() => deed.mutate(true)}>
              {say('memberships.cover.undo')}
            </ReasonButton>
          )}
        </Group>
      </Stack>
    </Part>
  );
}
