import type { SettlementDifference } from '@holdfast/contract/reconciliation';
import { Badge, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { DismissDialog } from './dismiss-dialog.tsx';
import { PostingsTable } from './postings-table.tsx';
import { useAccept, useReconciliationDeed } from './reconciliation-query.ts';
import { aboutLine, kindKey, statusKey } from './words-for.ts';

const trouble: Readonly<Record<string, TextKey>> = {
  choice_already_made: 'reconciliation.trouble.decided',
  changed_meanwhile: 'reconciliation.trouble.changed',
};

/** One difference: what the provider says, what the books say, what accepting it would post. */
export function DifferenceCard({
  difference: { item, postings, suggestions },
  chosen,
  onChoose,
}: {
  difference: SettlementDifference;
  chosen: boolean;
  onChoose: (yes: boolean) => void;
}) {
  const { say, money, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  const may = useMay();
  const [dismissing, setDismissing] = useState(false);
  const { accept, isPending } = useAccept();
  const [refused, setRefused] = useState<unknown>();
  const match = useReconciliationDeed();
  const reason = may('reconciliation.make') ? undefined : say('frame.no_right');
  const about = aboutLine(item);
  const first = item.appointments[0];
  const acceptThis = async () => {
    setRefused(undefined);
    try {
      const [done] = await accept([item]);
      if (done?.outcome === 'accepted') toast(say('reconciliation.accept.done', { count: 1 }));
      else toast(say(trouble[done?.outcome ?? ''] ?? 'reconciliation.trouble.changed'), 'bad');
    } catch (error) {
      setRefused(error);
    }
  };
  return (
    <Paper withBorder p="md" component="article" aria-label={`${say(statusKey(item.status))}: ${about}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" align="flex-start" style={{ minWidth: 0 }}>
            <Checkbox
              checked={chosen && postings.length > 0}
              disabled={postings.length === 0}
              onChange={({ currentTarget: { checked } }) => onChoose(checked)}
              aria-label={say('reconciliation.choose', { about })}
              mt={3}
            />
            <div style={{ minWidth: 0 }}>
              <Group gap="xs">
                <Badge variant="light" tt="none" color="yellow" c="var(--hf-warm-ink)" bg="var(--hf-warm-soft)">
                  {say(statusKey(item.status))}
                </Badge>
                <Text size="sm" c="dimmed">
                  {say(kindKey(item.kind))} · {when(item.at, timeZone)}
                </Text>
              </Group>
              <Text fw={600} mt={4} style={{ overflowWrap: 'anywhere' }}>
                {item.kind === 'payout' ? (
                  <Link to="/$location/finance/reconciliation/payouts/$payout" params={{ location: slug, payout: item.id }}>
                    {item.payoutId ?? about}
                  </Link>
                ) : first ? (
                  <Link to="/$location/calendar" params={{ location: slug }} search={{ appointment: first.appointmentId }}>
                    <bdi>{about}</bdi>
                  </Link>
                ) : (
                  <bdi>{about}</bdi>
                )}
              </Text>
              {first && (
                <Text size="sm" c="dimmed">
                  {say('reconciliation.visit_at', { when: when(first.startsAt, timeZone) })}
                </Text>
              )}
            </div>
          </Group>
          <div style={{ textAlign: 'end' }}>
            <Text fw={650} size="lg" c={item.differenceMinor < 0 ? 'var(--hf-bad)' : undefined}>
              {money(item.status === 'payout_open' && item.differenceMinor === 0 ? -item.amountMinor : item.differenceMinor, item.currency)}
            </Text>
            {item.kind !== 'payout' && (
              <Text size="xs" c="dimmed">
                {say('reconciliation.line_says', { amount: money(item.amountMinor, item.currency), fee: money(item.feeMinor, item.currency) })}
              </Text>
            )}
          </div>
        </Group>
        <Text size="sm">{say(`reconciliation.why.${item.status}` as TextKey)}</Text>
        {item.versions > 1 && (
          <Text size="sm" c="dimmed">
            {say('reconciliation.versions', { count: item.versions })}
          </Text>
        )}
        {postings.length > 0 && <PostingsTable postings={postings} />}
        {suggestions.map(({ attemptId, amountMinor, currency, capturedAt, appointments }) => (
          <Group key={attemptId} gap="sm" p="xs" bg="var(--hf-sunken)" style={{ borderRadius: 6 }} justify="space-between">
            <Text size="sm">
              {say('reconciliation.suggestion', {
                about: [appointments[0]?.clientName, appointments[0]?.services].filter(Boolean).join(', ') || attemptId,
                amount: money(amountMinor, currency),
                when: when(capturedAt, timeZone),
              })}
            </Text>
            <ReasonButton
              size="xs"
              variant="default"
              reason={reason}
              loading={match.isPending}
              onClick={() => match.mutate({ method: 'POST', path: ['differences', item.id, 'match'], body: { revision: item.revision, attemptId } })}
            >
              {say('reconciliation.match')}
            </ReasonButton>
          </Group>
        ))}
        {(refused ?? match.error) != null && <TroubleNotice error={refused ?? match.error} words={trouble} />}
        <Group gap="sm">
          <ReasonButton
            size="sm"
            reason={reason ?? (postings.length === 0 ? say('reconciliation.nothing_to_post') : undefined)}
            loading={isPending}
            onClick={() => void acceptThis()}
          >
            {say('reconciliation.accept')}
          </ReasonButton>
          <ReasonButton size="sm" variant="default" reason={reason} onClick={() => setDismissing(true)}>
            {say('reconciliation.dismiss')}
          </ReasonButton>
        </Group>
      </Stack>
      {dismissing && <DismissDialog item={item} words={trouble} onClose={() => setDismissing(false)} />}
    </Paper>
  );
}
