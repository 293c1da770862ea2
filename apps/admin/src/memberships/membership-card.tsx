import type { Membership, MembershipsOfClient } from '@holdfast/contract/memberships';
import { Badge, Button, Card, Group, List, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { copyText } from '../checkout/copy-text.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { FreezeDialog } from './freeze-dialog.tsx';
import { useMembershipDeed } from './membership-queries.ts';
import { RefundDialog } from './refund-dialog.tsx';

const colours: Partial<Record<Membership['state'], string>> = { active: 'teal', frozen: 'blue', offered: 'yellow', checking: 'yellow' };

/** One membership: how much is left, until when, and what may be done with it. */
export function MembershipCard({ membership, of }: { membership: Membership; of: MembershipsOfClient }) {
  const { say, money, shortDay, when } = useWords();
  const here = useLocationHere();
  const [open, setOpen] = useState<'freeze' | 'refund'>();
  const { id, version, name, state, visits, used, reserved, left, endsAt, frozenUntil, priceMinor, refundableMinor, currency, history, linkUrl } =
    membership;
  const place = { locationId: here.id, clientId: of.clientId };
  const undo = useMembershipDeed(place, (deed: 'unfreeze' | 'cancellation') =>
    ask<MembershipsOfClient>('POST', at(here.id, 'memberships', id, deed), { version }),
  );
  const lastDay = (instant: string) => shortDay(new Date(Date.parse(instant) - 1).toLocaleDateString('sv', { timeZone: here.timeZone }));
  const facts = [
    money(priceMinor, currency),
    membership.locationName,
    endsAt ? say('memberships.until', { day: lastDay(endsAt) }) : state === 'active' && say('memberships.no_end'),
    frozenUntil && say('memberships.frozen_until', { day: lastDay(frozenUntil) }),
    refundableMinor > 0 && say('memberships.owed', { amount: money(refundableMinor, currency) }),
  ].filter(Boolean);
  const sell = of.rights.sell ? undefined : say('frame.no_right');
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Badge variant="light" color={colours[state] ?? 'gray'} c="var(--mantine-color-text)" tt="none" fw={500}>
            {say(`memberships.state.${state}` as TextKey)}
          </Badge>
        </Group>
        {visits === null ? (
          <Text size="sm">{say('memberships.used', { count: used })}</Text>
        ) : (
          <>
            <Text size="sm">{say('memberships.left', { left: left ?? 0, visits, reserved })}</Text>
            <Progress.Root size="sm" aria-hidden>
              <Progress.Section value={(used / visits) * 100} color="gray" />
              <Progress.Section value={(reserved / visits) * 100} color="yellow" />
            </Progress.Root>
          </>
        )}
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
        {membership.refundAsked && (
          <Text size="sm">
            {say('accounts.give_back.asked_by', {
              who: membership.refundAsked.by,
              amount: money(membership.refundAsked.amountMinor, currency),
            })}
          </Text>
        )}
        {undo.error && <TroubleNotice error={undo.error} />}
        <Group gap="xs">
          {membership.mayFreeze && (
            <ReasonButton variant="default" size="xs" reason={sell} onClick={() => setOpen('freeze')}>
              {say('memberships.freeze')}
            </ReasonButton>
          )}
          {state === 'frozen' && (
            <ReasonButton variant="default" size="xs" reason={sell} loading={undo.isPending} onClick={() => undo.mutate('unfreeze')}>
              {say('memberships.unfreeze')}
            </ReasonButton>
          )}
          {membership.mayRefund && (
            <ReasonButton
              variant="default"
              size="xs"
              reason={!of.rights.refund ? say('frame.no_right') : membership.refundAsked?.byYou ? say('refunds.why_not.second_person') : undefined}
              onClick={() => setOpen('refund')}
            >
              {say(membership.refundAsked && !membership.refundAsked.byYou ? 'memberships.refund.agree' : 'memberships.refund')}
            </ReasonButton>
          )}
          {linkUrl && (
            <>
              <Button
                variant="default"
                size="xs"
                onClick={() => void copyText(Promise.resolve(linkUrl)).then(() => toast(say('memberships.link.copied')))}
              >
                {say('memberships.link.copy')}
              </Button>
              <ReasonButton variant="default" size="xs" reason={sell} loading={undo.isPending} onClick={() => undo.mutate('cancellation')}>
                {say('memberships.link.cancel')}
              </ReasonButton>
            </>
          )}
        </Group>
        {history.length > 0 && (
          <details>
            <Text component="summary" size="sm">
              {say('memberships.history')}
            </Text>
            <List size="sm" mt="xs">
              {history.map((visit) => (
                <List.Item key={visit.id}>
                  {when(visit.startsAt, here.timeZone)}, {visit.serviceName}: {say(`memberships.visit.${visit.status}` as TextKey)} (
                  {say(`memberships.because.${visit.because}` as TextKey)})
                </List.Item>
              ))}
            </List>
          </details>
        )}
      </Stack>
      {open === 'freeze' && <FreezeDialog membership={membership} place={place} onClose={() => setOpen(undefined)} />}
      {open === 'refund' && <RefundDialog membership={membership} of={of} place={place} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}
