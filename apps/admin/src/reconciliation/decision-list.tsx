import type { SettlementDecisions } from '@holdfast/contract/reconciliation';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { confirmed } from '../frame/confirm.tsx';
import { Empty } from '../frame/empty.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useDecisions, useReconciliationDeed } from './reconciliation-query.ts';
import { aboutLine, statusKey } from './words-for.ts';

/** What was decided, by whom; an acceptance can be taken back by a reversal. */
export function DecisionList() {
  const { say } = useWords();
  const decisions = useDecisions();
  const all = decisions.data?.pages.flatMap((page) => page.decisions) ?? [];
  if (decisions.isPending) return <PageLoading />;
  if (decisions.isError) return <TroubleNotice error={decisions.error} onRetry={() => void decisions.refetch()} />;
  if (all.length === 0) return <Empty title={say('reconciliation.nothing_decided')} />;
  return (
    <Stack gap="md">
      <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {all.map((decision, index) => (
          <Decision key={decision.id} decision={decision} first={index === 0} />
        ))}
      </Paper>
      {decisions.hasNextPage && (
        <Button variant="default" w="fit-content" loading={decisions.isFetchingNextPage} onClick={() => void decisions.fetchNextPage()}>
          {say('reconciliation.more')}
        </Button>
      )}
    </Stack>
  );
}

function Decision({ decision, first }: { decision: SettlementDecisions['decisions'][number]; first: boolean }) {
  const { say, when, money } = useWords();
  const { timeZone } = useLocationHere();
  const may = useMay();
  const undo = useReconciliationDeed();
  const { item, what, about, reason, byName, at, mayBeUndone } = decision;
  const askUndo = async () => {
    if (!(await confirmed({ title: say('reconciliation.undo.sure'), more: say('reconciliation.undo.sure.more'), yes: say('reconciliation.undo') })))
      return;
    undo.mutate(
      { method: 'POST', path: ['decisions', decision.id, 'undoing'] },
      {
        onSuccess: () => toast(say('reconciliation.undo.done')),
        onError: (error) => toast(say(troubleKey(error, { step_not_allowed: 'reconciliation.undo.not' })), 'bad'),
      },
    );
  };
  return (
    <Group component="li" px="md" py="sm" gap="md" justify="space-between" style={first ? undefined : { borderTop: '1px solid var(--hf-line)' }}>
      <div style={{ minWidth: 0, flex: '1 1 260px' }}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{aboutLine(item)}</bdi> · {money(Math.abs(item.amountMinor), item.currency)}
        </Text>
        <Text size="sm">
          {say(`reconciliation.decided.${what}`)}: {say(statusKey(about))}
        </Text>
        {reason !== '' && what === 'dismissed' && (
          <Text size="sm">
            <bdi>{reason}</bdi>
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {byName === '' ? say('reconciliation.by_itself') : <bdi>{byName}</bdi>} · {when(at, timeZone)}
        </Text>
      </div>
      {mayBeUndone && (
        <ReasonButton
          size="xs"
          variant="default"
          reason={may('reconciliation.make') ? undefined : say('frame.no_right')}
          loading={undo.isPending}
          onClick={() => void askUndo()}
        >
          {say('reconciliation.undo')}
        </ReasonButton>
      )}
    </Group>
  );
}
