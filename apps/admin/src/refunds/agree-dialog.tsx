import type { AskedRefund } from '@holdfast/contract/refunds';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountPageQuery } from '../accounts/accounts-queries.ts';
import { GiveBackDialog } from '../accounts/give-back-dialog.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { membershipsQuery } from '../memberships/membership-queries.ts';
import { RefundDialog } from '../memberships/refund-dialog.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

interface Props {
  readonly asked: AskedRefund;
  readonly onClose: () => void;
}

/** Agreeing is giving it back: by the dialog of the account, or of the membership, as they are now. */
export function AgreeDialog({ asked, onClose }: Props) {
  return asked.of.kind === 'account' ? <OfAccount asked={asked} onClose={onClose} /> : <OfMembership asked={asked} onClose={onClose} />;
}

function OfAccount({ asked, onClose }: Props) {
  const here = useLocationHere();
  const { data, error } = useQuery(accountPageQuery(here.id, asked.of.id));
  if (!data || data.payout.restMinor === 0) return <NotYet asked={asked} error={error} loading={!data} onClose={onClose} />;
  return <GiveBackDialog page={data} onClose={onClose} />;
}

function OfMembership({ asked, onClose }: Props) {
  const here = useLocationHere();
  const clientId = asked.client?.id ?? '';
  const { data, error } = useQuery(membershipsQuery(here.id, clientId));
  const membership = data?.memberships.find(({ id, mayRefund }) => id === asked.of.id && mayRefund);
  if (!data || !membership) return <NotYet asked={asked} error={error} loading={!data} onClose={onClose} />;
  return <RefundDialog membership={membership} of={data} place={{ locationId: here.id, clientId }} onClose={onClose} />;
}

function NotYet({ asked, error, loading, onClose }: Props & { readonly error: unknown; readonly loading: boolean }) {
  const { say, money } = useWords();
  return (
    <Dialog onClose={onClose} title={money(asked.amountMinor, asked.currency)}>
      {error ? <TroubleNotice error={error} /> : loading ? <PageLoading /> : <Text size="sm">{say('refunds.asked.nothing_left')}</Text>}
    </Dialog>
  );
}
