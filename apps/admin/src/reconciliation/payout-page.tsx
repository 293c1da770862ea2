import type { ExplainedPayout } from '@holdfast/contract/reconciliation';
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconPrinter, IconScale } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BackToOverview } from './back-to-overview.tsx';
import { PayoutLines } from './payout-lines.tsx';
import { PostingsTable } from './postings-table.tsx';
import './print.css';
import { useAccept, useExplainedPayout } from './reconciliation-query.ts';
import { type Fall, Waterfall } from './waterfall.tsx';
import { registerName } from './words-for.ts';

/** Explain this payout to the cent. */
export function PayoutPage() {
  const { say, money, when } = useWords();
  const { id, timeZone } = useLocationHere();
  const { payout = '' } = useParams({ strict: false }) as { payout?: string };
  const { data, error, isPending, refetch } = useExplainedPayout(payout);
  const title = data
    ? say('reconciliation.payout.title', { name: data.connection.label, amount: money(-data.payout.amountMinor, data.payout.currency) })
    : say('reconciliation.kind.payout');
  return (
    <Page
      title={title}
      about={data ? `${when(data.payout.at, timeZone)} · ${data.payout.payoutId ?? data.payout.lineId}` : undefined}
      wide
      actions={
        <>
          <BackToOverview />
          <Button className="no-print" variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => globalThis.print()}>
            {say('reconciliation.print')}
          </Button>
          <Button
            className="no-print"
            component="a"
            href={`/api/v1/admin/locations/${encodeURIComponent(id)}/reconciliation/payouts/${encodeURIComponent(payout)}/lines.csv`}
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {say('reconciliation.csv')}
          </Button>
        </>
      }
    >
      {isPending && <PageLoading />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} words={{ not_found: 'reconciliation.payout.not_found' }} />}
      {data && <Explained payout={data} />}
    </Page>
  );
}

function Explained({ payout: explained }: { payout: ExplainedPayout }) {
  const words = useWords();
  const { say, money, when } = words;
  const { timeZone } = useLocationHere();
  const { payout, counts, differenceMinor, postedMinor, decision, postings } = explained;
  const { currency } = payout;
  const register = registerName(words, explained.registerName);
  const falls: Fall[] = [
    { key: 'payments', label: say('reconciliation.fall.payments', { count: counts.payments }), amountMinor: explained.paymentsMinor, tone: 'come' },
    { key: 'refunds', label: say('reconciliation.fall.refunds', { count: counts.refunds }), amountMinor: explained.refundsMinor, tone: 'go' },
    { key: 'fees', label: say('reconciliation.fall.fees'), amountMinor: -explained.feesMinor, tone: 'go' },
    {
      key: 'adjustments',
      label: say('reconciliation.fall.adjustments', { count: counts.adjustments }),
      amountMinor: explained.adjustmentsMinor,
      tone: explained.adjustmentsMinor < 0 ? 'go' : 'come',
    },
    ...(differenceMinor === 0
      ? []
      : [{ key: 'difference', label: say('reconciliation.fall.difference'), amountMinor: differenceMinor, tone: 'wrong' } as const]),
    { key: 'payout', label: say('reconciliation.fall.payout'), amountMinor: -payout.amountMinor, isSum: true, tone: 'sum' },
    {
      key: 'register',
      label: postedMinor === null ? say('reconciliation.fall.not_yet', { register }) : say('reconciliation.fall.register', { register }),
      amountMinor: postedMinor ?? 0,
      isSum: true,
      tone: 'sum',
    },
  ];
  return (
    <Stack gap="lg">
      <Paper withBorder p="md" maw={760}>
        <Stack gap="md">
          {differenceMinor === 0 ? (
            <Alert
              color="green"
              variant="light"
              styles={{ title: { color: 'var(--hf-good)' } }}
              icon={<IconCircleCheck aria-hidden />}
              title={say('reconciliation.explained')}
              role="status"
            >
              {say('reconciliation.explained.more')}
            </Alert>
          ) : (
            <Alert
              color="yellow"
              variant="light"
              icon={<IconScale aria-hidden />}
              title={say('reconciliation.not_explained', { amount: money(differenceMinor, currency) })}
              role="status"
            >
              {say('reconciliation.not_explained.more')}
            </Alert>
          )}
          <Waterfall falls={falls} currency={currency} label={say('reconciliation.explained.how')} />
          {decision && (
            <Text size="sm" c="dimmed">
              {decision.byName === ''
                ? say('reconciliation.posted.by_itself', { when: when(decision.at, timeZone) })
                : say('reconciliation.posted.by', { name: decision.byName, when: when(decision.at, timeZone) })}
            </Text>
          )}
        </Stack>
      </Paper>
      {postings.length > 0 && <NotPosted explained={explained} />}
      <PayoutLines explained={explained} />
    </Stack>
  );
}

function NotPosted({ explained: { payout, postings } }: { explained: ExplainedPayout }) {
  const { say } = useWords();
  const may = useMay();
  const { accept, isPending } = useAccept();
  const acceptPayout = async () => {
    try {
      const [done] = await accept([payout]);
      if (done?.outcome === 'accepted') toast(say('reconciliation.accept.done', { count: 1 }));
      else toast(say('reconciliation.trouble.changed'), 'bad');
    } catch (error) {
      toast(say(troubleKey(error)), 'bad');
    }
  };
  return (
    <Paper withBorder p="md" maw={760} className="no-print">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('reconciliation.not_posted')}
        </Title>
        <Text size="sm">{say('reconciliation.why.payout_open')}</Text>
        <PostingsTable postings={postings} />
        <Group>
          <ReasonButton
            reason={may('reconciliation.make') ? undefined : say('frame.no_right')}
            loading={isPending}
            onClick={() => void acceptPayout()}
          >
            {say('reconciliation.accept')}
          </ReasonButton>
        </Group>
      </Stack>
    </Paper>
  );
}
