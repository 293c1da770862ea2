import type { CancellationQuote } from '@holdfast/contract/cancellation';
import { Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

export type RefundWish = 'policy' | 'all' | 'nothing';

/** What is proposed to go back when staff cancel: as the terms say, all of it, or nothing. */
export function RefundChoice({ appointmentId, value, onChange }: { appointmentId: string; value: RefundWish; onChange: (wish: RefundWish) => void }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const quote = useQuery({
    queryKey: ['refunds', here.id, 'quote', appointmentId],
    queryFn: () => ask<CancellationQuote>('GET', at(here.id, 'appointments', appointmentId, 'cancellation-quote')),
  });
  if (quote.isError) return <TroubleNotice error={quote.error} onRetry={() => void quote.refetch()} />;
  if (!quote.data) return null;
  const { backMinor, until, thenMinor, currency, appointments } = quote.data;
  const [one] = appointments;
  const paidMinor = one?.paidMinor ?? 0;
  const visits = one?.visits ?? [];
  // visits of memberships follow the same decision as money
  const said = (comesBack: (visit: (typeof visits)[number]) => boolean) =>
    visits.map((part) =>
      say(comesBack(part) ? 'refunds.choice.visits_back' : 'refunds.choice.visits_used', { count: part.visits, membership: part.membershipName }),
    );
  const byTerms = [
    ...(paidMinor > 0 ? [say('refunds.choice.share', { percent: one?.percent ?? 0 })] : []),
    ...(one?.of ? [say('refunds.choice.of', { service: one.of })] : []),
    ...(until ? [say('refunds.choice.until', { when: when(until, here.timeZone), later: money(thenMinor ?? 0, currency) })] : []),
    ...said(({ back }) => back),
  ];
  return (
    <Radio.Group label={say('refunds.choice')} value={value} onChange={(next) => onChange(next as RefundWish)}>
      <Stack gap="xs" mt="xs">
        <Radio
          value="policy"
          label={paidMinor > 0 ? say('refunds.choice.policy', { amount: money(backMinor, currency) }) : say('refunds.choice.policy.plain')}
          description={
            <Text component="span" size="xs">
              {byTerms.join(' · ')}
            </Text>
          }
        />
        <Radio
          value="all"
          label={paidMinor > 0 ? say('refunds.choice.all', { amount: money(paidMinor, currency) }) : say('refunds.choice.all.plain')}
          description={said(() => true).join(' · ')}
        />
        <Radio
          value="nothing"
          label={say('refunds.choice.nothing')}
          description={[...(paidMinor > 0 ? [say('refunds.choice.nothing.about')] : []), ...said(() => false)].join(' · ')}
        />
      </Stack>
    </Radio.Group>
  );
}
