import type { RefundItem, RefundList } from '@holdfast/contract/refunds';
import { Alert, Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { placeTimeOf } from '../appointment/place-time.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ChangeAmountDialog } from './change-amount-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import { refundWords, useRefundDeed } from './refunds-query.ts';
import { SendDialog } from './send-dialog.tsx';

const tones = { open: 'yellow', approved: 'blue', sending: 'blue', given_back: 'green', declined: 'gray', nothing_left: 'gray' } as const;

/** One refund: of what, why so much, how it stands, and what may be done. */
export function RefundCard({ item, list }: { item: RefundItem; list: RefundList }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const [open, setOpen] = useState<'amount' | 'decline' | 'send'>();
  const approve = useRefundDeed(here.id, () => ask('POST', at(here.id, 'refunds', item.id, 'approval'), { version: item.version }));
  const { may, appointment, currency } = item;
  const why = (code: keyof typeof may) => {
    const reason = may[code];
    return reason === null ? undefined : say(`refunds.why_not.${reason}`);
  };
  const over = item.closed !== null;
  return (
    <Paper withBorder p="md" component="article" aria-label={`${item.clientName ?? ''} ${money(item.amountMinor, currency)}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2}>
            <Title order={2} size="h4">
              {money(over && item.status !== 'given_back' ? item.proposedMinor : item.amountMinor, currency)}
              {item.clientName && ` · ${item.clientName}`}
            </Title>
            <Anchor
              component={Link}
              to={'/$location/calendar' as never}
              params={{ location: here.slug } as never}
              search={{ day: placeTimeOf(appointment.startsAt, here.timeZone).day, appointment: item.appointmentId } as never}
              size="sm"
            >
              {appointment.serviceNames.join(', ')} · {when(appointment.startsAt, here.timeZone)} · {appointment.staffName}
            </Anchor>
          </Stack>
          <Badge variant="light" color={tones[item.status]} c="var(--mantine-color-text)" tt="none" size="lg">
            {say(`refunds.status.${item.status}`)}
          </Badge>
        </Group>
        <Facts item={item} />
        {item.trouble && (
          <Alert color="red" variant="light" title={say('refunds.failed')}>
            <Text size="sm">{item.trouble}</Text>
            {item.status === 'approved' && <Text size="sm">{say('refunds.failed.more')}</Text>}
          </Alert>
        )}
        {item.status === 'sending' && item.provider && (
          <Text size="sm">{say(`refunds.provider.${item.provider.status}`, { tries: item.provider.tries })}</Text>
        )}
        {approve.error && <TroubleNotice error={approve.error} words={refundWords} />}
        {!over && item.status !== 'sending' && (
          <Group gap="sm">
            {item.status === 'open' ? (
              <ReasonButton
                reason={why('approve')}
                loading={approve.isPending}
                onClick={() => approve.mutate(undefined, { onSuccess: () => toast(say('refunds.approved')) })}
              >
                {say('refunds.approve')}
              </ReasonButton>
            ) : (
              <ReasonButton reason={why('send')} onClick={() => setOpen('send')}>
                {say('refunds.send')}
              </ReasonButton>
            )}
            <ReasonButton variant="default" reason={why('edit')} onClick={() => setOpen('amount')}>
              {say('refunds.change')}
            </ReasonButton>
            <ReasonButton variant="subtle" color="gray" reason={why('decline')} onClick={() => setOpen('decline')}>
              {say('refunds.decline')}
            </ReasonButton>
          </Group>
        )}
      </Stack>
      {open === 'amount' && <ChangeAmountDialog item={item} onClose={() => setOpen(undefined)} />}
      {open === 'decline' && (
        <DeclineDialog
          what={['refunds', item.id]}
          version={item.version}
          amountMinor={item.amountMinor}
          currency={item.currency}
          words="refunds.decline"
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'send' && <SendDialog item={item} registers={list.registers} onClose={() => setOpen(undefined)} />}
    </Paper>
  );
}

/** Where the money came from, what led to the amount, and who did what. */
function Facts({ item }: { item: RefundItem }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const { money: came, policy, currency } = item;
  const at = (instant: string) => when(instant, here.timeZone);
  const lines = [
    say(`refunds.reason.${item.reason}`, { when: at(item.opened.at) }) + (item.opened.by ? ` · ${item.opened.by}` : ''),
    policy &&
      say(policy.hoursBefore >= 0 ? 'refunds.policy_led' : 'refunds.policy_led.after', {
        hours: Math.abs(Math.round(policy.hoursBefore * 10) / 10),
        percent: policy.percent,
        paid: money(policy.paidMinor, currency),
      }) + (policy.of ? ` (${say('refunds.choice.of', { service: policy.of })})` : ''),
    policy?.seen && say('refunds.seen', { amount: money(policy.seen.backMinor, currency), when: at(policy.seen.at) }),
    item.closed === null &&
      say('refunds.source', {
        kind: say(`refunds.kind.${came.kind}`) + (came.by ? ` (${came.by})` : ''),
        when: at(came.cameAt),
        left: money(came.leftMinor, currency),
      }) + (came.placed === 'applied' ? '' : ` · ${say(`refunds.placed.${came.placed}`)}`),
    item.amountMinor !== item.proposedMinor &&
      item.status !== 'nothing_left' &&
      say('refunds.was_proposed', { amount: money(item.proposedMinor, currency) }),
    item.edited && say('refunds.edited', { who: item.edited.by, when: at(item.edited.at) }),
    item.approved && say('refunds.approved_by', { who: item.approved.by, when: at(item.approved.at) }),
    item.closed &&
      say(item.way && item.status === 'given_back' ? `refunds.done.${item.way}` : 'refunds.done', { who: item.closed.by, when: at(item.closed.at) }),
    item.words && `“${item.words}”`,
  ].filter((one): one is string => typeof one === 'string');
  return (
    <Stack gap={2}>
      {lines.map((line) => (
        <Text size="sm" key={line} style={{ overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
    </Stack>
  );
}
