import type { AccountPage, AccountsOfClient, ClientAccount } from '@holdfast/contract/accounts';
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AccountHolds } from './account-holds.tsx';
import { useAccountName } from './account-name.ts';
import { GiveBackDialog } from './give-back-dialog.tsx';
import { RunningTopUps } from './running-top-ups.tsx';
import { TopUpDialog } from './top-up-dialog.tsx';
import { useFollowedAccount } from './use-followed-account.ts';

/** One account: large what can be spent, small what is held, owed or credit; and filling it. */
export function AccountCard({
  account,
  of,
  isShown,
  onShow,
}: {
  account: ClientAccount;
  of: AccountsOfClient;
  isShown: boolean;
  /** Left out: there is no other account to look at. */
  onShow: (() => void) | undefined;
}) {
  const { say, money } = useWords();
  const may = useMay();
  const here = useLocationHere();
  const nameOf = useAccountName();
  const [filling, setFilling] = useState(false);
  const [giving, setGiving] = useState(false);
  const { id, currency, balanceMinor, heldMinor, spendableMinor, creditLimitMinor, lies, openedAt, mayTopUp } = account;
  const page = useFollowedAccount(here.id, id);
  const name = nameOf(account);
  const reason = !may('accounts.top_up') ? say('frame.no_right') : mayTopUp ? undefined : say('accounts.top_up.not_here');
  const whyNotGiveBack = ({ whyNot }: AccountPage['payout']) => {
    if (whyNot === null) return undefined;
    return whyNot === 'right_missing' ? say('frame.no_right') : say(`refunds.why_not.${whyNot}`);
  };
  const elsewhere = lies.filter(({ locationId, balanceMinor: there }) => locationId !== here.id && there > 0);
  const more = [
    balanceMinor < 0 && say('accounts.owes', { amount: money(-balanceMinor, currency) }),
    creditLimitMinor > 0 && say('accounts.types.limit.of', { amount: money(creditLimitMinor, currency) }),
    ...elsewhere.map((one) => say('accounts.lies_at', { amount: money(one.balanceMinor, currency), location: one.locationName })),
  ].filter((one) => one !== false);
  return (
    <Card withBorder padding="md" component="article" aria-label={name}>
      <Stack gap="sm" h="100%">
        <Title order={3} size="h5">
          {name}
        </Title>
        <div>
          <Text fz={32} fw={700} lh={1.2} c={spendableMinor === 0 ? 'dimmed' : undefined}>
            {money(spendableMinor, currency)}{' '}
            <Text span size="sm" fw={400} c="var(--mantine-color-text)">
              {[say('accounts.to_spend'), heldMinor > 0 && say('accounts.is_held', { amount: money(heldMinor, currency) })]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Text>
          {more.map((line) => (
            <Text key={line} size="sm" c="dimmed">
              {line}
            </Text>
          ))}
        </div>
        {page.data?.payout.asked && (
          <Text size="sm">
            {say('accounts.give_back.asked_by', {
              who: page.data.payout.asked.by,
              amount: money(page.data.payout.asked.amountMinor, currency),
            })}
          </Text>
        )}
        {page.data && <AccountHolds page={page.data} />}
        {page.data && <RunningTopUps page={page.data} of={of} />}
        <Group gap="sm" mt="auto">
          <ReasonButton reason={reason} aria-label={say('accounts.top_up.of', { name })} onClick={() => setFilling(true)}>
            {say('accounts.top_up')}
          </ReasonButton>
          {page.data && page.data.payout.restMinor > 0 && (
            <ReasonButton
              variant="default"
              reason={whyNotGiveBack(page.data.payout)}
              aria-label={say('accounts.give_back.of', { name })}
              onClick={() => setGiving(true)}
            >
              {say(page.data.payout.asked && !page.data.payout.asked.byYou ? 'accounts.give_back.agree' : 'accounts.give_back')}
            </ReasonButton>
          )}
          {onShow && openedAt !== null && (
            <Button variant="default" aria-pressed={isShown} aria-label={say('accounts.statement.of', { name })} onClick={onShow}>
              {say('accounts.statement')}
            </Button>
          )}
        </Group>
      </Stack>
      {filling && <TopUpDialog account={account} of={of} onClose={() => setFilling(false)} />}
      {giving && page.data && <GiveBackDialog page={page.data} onClose={() => setGiving(false)} />}
    </Card>
  );
}
