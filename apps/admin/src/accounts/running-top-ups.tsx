import type { AccountPage, AccountsOfClient, TopUp } from '@holdfast/contract/accounts';
import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { TopUpLink } from './top-up-link.tsx';
import { useAccountDeed } from './use-account-deed.ts';

const told = ['waiting', 'checking', 'refund_under_way', 'refund_failed'] as const;

/** What is not over yet: links nobody has paid, payments being checked, refunds on their way. */
export function RunningTopUps({ page, of }: { page: AccountPage; of: AccountsOfClient }) {
  const running = page.topUps.filter(({ state }) => told.some((one) => one === state));
  if (running.length === 0) return null;
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
      {running.map((topUp) => (
        <Box component="li" key={topUp.id} bg="var(--hf-sunken)" p="xs" style={{ borderRadius: 8 }}>
          <Running topUp={topUp} of={of} />
        </Box>
      ))}
    </Stack>
  );
}

function Running({ topUp, of }: { topUp: TopUp; of: AccountsOfClient }) {
  const { say, money } = useWords();
  const may = useMay();
  const here = useLocationHere();
  const [isOpen, setOpen] = useState(false);
  const { id, accountId, amountMinor, currency, url, mayCancel } = topUp;
  const amount = money(topUp.reversal?.amountMinor ?? amountMinor, currency);
  const state = told.find((one) => one === topUp.state);
  const cancel = useAccountDeed({ locationId: here.id, accountId }, () => ask<AccountPage>('POST', at(here.id, 'top-ups', id, 'cancellation')));
  if (!state) return null;
  const end = async () => {
    const yes = say('accounts.link.cancel');
    if (!(await confirmed({ title: say('accounts.link.cancel.sure', { amount }), more: say('accounts.link.cancel.more'), yes, danger: true })))
      return;
    cancel.mutate(undefined, {
      onSuccess: () => toast(say('accounts.link.cancelled')),
      onError: (error) =>
        toast(say(troubleKey(error, { payment_in_progress: 'accounts.link.cancel.no', step_not_allowed: 'accounts.link.cancel.no' })), 'bad'),
    });
  };
  return (
    <Stack gap={6}>
      <Text size="sm">{say(`accounts.running.${state}`, { amount })}</Text>
      {state === 'waiting' && (
        <Group gap="xs">
          {url && (
            <Button size="compact-sm" variant="default" aria-label={say('accounts.link.again.of', { amount })} onClick={() => setOpen(true)}>
              {say('accounts.link.again')}
            </Button>
          )}
          <ReasonButton
            size="compact-sm"
            variant="default"
            reason={mayCancel ? undefined : say(may('accounts.top_up') ? 'accounts.link.cancel.no' : 'frame.no_right')}
            loading={cancel.isPending}
            aria-label={say('accounts.link.cancel.of', { amount })}
            onClick={() => void end()}
          >
            {say('accounts.link.cancel')}
          </ReasonButton>
        </Group>
      )}
      {isOpen && (
        <Dialog onClose={() => setOpen(false)} title={say('accounts.link.title', { amount })} size="lg">
          <TopUpLink topUp={topUp} of={of} />
        </Dialog>
      )}
    </Stack>
  );
}
