import type { AccountPage, AccountsOfClient, ClientAccount, TopUp, TopUpLinkWish, TopUpWish } from '@holdfast/contract/accounts';
import { Divider, Group, Stack, Text } from '@mantine/core';
import { IconCash, IconCreditCard, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { Part } from '../frame/part.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useAccountName } from './account-name.ts';
import { useRegisterName } from './register-name.ts';
import { TopUpLink } from './top-up-link.tsx';
import { useAccountDeed } from './use-account-deed.ts';

const troubles: Readonly<Record<string, TextKey>> = {
  payment_unavailable: 'accounts.top_up.trouble.unavailable',
  step_not_allowed: 'accounts.top_up.trouble.not_now',
  provider_unreachable: 'checkout.trouble.provider_unreachable',
};

/** Money onto an account: taken at the desk into a register, or paid by the client by a link. The amount is asked once for both. */
export function TopUpDialog({ account, of, onClose }: { account: ClientAccount; of: AccountsOfClient; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const nameOf = useAccountName();
  const registerName = useRegisterName();
  const { id: accountId, currency } = account;
  const [keys] = useState(() => createPaymentKeys());
  const [typed, setTyped] = useState<{ amount: number | null; wrong: boolean }>({ amount: null, wrong: false });
  const [link, setLink] = useState<TopUp>();
  const place = { locationId: here.id, accountId };
  const take = useAccountDeed(place, (wish: TopUpWish) => ask<AccountPage>('POST', at(here.id, 'client-accounts', accountId, 'top-ups'), wish));
  const make = useAccountDeed(place, (wish: TopUpLinkWish) =>
    ask<AccountPage>('POST', at(here.id, 'client-accounts', accountId, 'top-up-links'), wish),
  );
  const { amount } = typed;
  const shown = (minor: number) => money(minor, currency);
  const reason = typed.wrong ? say('frame.not_an_amount') : amount ? undefined : say('accounts.top_up.not_yet');
  const noLink = of.link.state === 'off' ? say('accounts.top_up.link.off') : reason;
  const takeInto = (registerId: string) => {
    if (!amount || take.isPending) return;
    take.mutate(
      { key: keys.keyFor(`${registerId} ${amount}`), registerId, amountMinor: amount },
      {
        onSuccess: () => {
          toast(say('accounts.top_up.done', { amount: shown(amount) }));
          onClose();
        },
      },
    );
  };
  const makeLink = () => {
    if (!amount || make.isPending) return;
    make.mutate(
      { key: keys.keyFor(`link ${amount}`), amountMinor: amount },
      { onSuccess: ({ topUps }) => setLink(topUps.find(({ kind, amountMinor, url }) => kind === 'link' && amountMinor === amount && url !== null)) },
    );
  };
  const title = link ? say('accounts.link.title', { amount: shown(link.amountMinor) }) : say('accounts.top_up.of', { name: nameOf(account) });
  const error = take.error ?? make.error;
  const registers = of.registers.filter((one) => one.currency === currency);
  return (
    <Dialog onClose={onClose} title={title} size="lg">
      {link ? (
        <TopUpLink topUp={link} of={of} />
      ) : (
        <Stack gap="md">
          {error && <TroubleNotice error={error} words={troubles} />}
          <MoneyInput
            label={say('accounts.top_up.amount')}
            w={200}
            currency={currency}
            value={amount}
            onChange={(next, wrong) => setTyped({ amount: next, wrong })}
            data-autofocus
          />
          <Part title={say('accounts.top_up.desk')}>
            {registers.length === 0 && (
              <Text size="sm" c="dimmed">
                {say('checkout.take.no_register')}
              </Text>
            )}
            <Group gap="sm" align="flex-start">
              {registers.map((register) => {
                const Icon = register.kind === 'cash' ? IconCash : IconCreditCard;
                return (
                  <Stack key={register.id} gap={2} flex="1 1 220px">
                    <ReasonButton
                      reason={reason}
                      size="md"
                      fullWidth
                      loading={take.isPending && take.variables.registerId === register.id}
                      leftSection={<Icon size={20} aria-hidden />}
                      onClick={() => takeInto(register.id)}
                    >
                      {amount ? say(`checkout.take.${register.kind}_do`, { amount: shown(amount) }) : say(`checkout.take.${register.kind}`)}
                    </ReasonButton>
                    <Text size="xs" c="dimmed">
                      {say('checkout.take.register', { register: registerName(register.name) })}
                    </Text>
                  </Stack>
                );
              })}
            </Group>
          </Part>
          <Divider />
          <Part title={say('accounts.top_up.link')}>
            <Text size="sm" c="dimmed">
              {say('accounts.top_up.link.more')}
            </Text>
            <Group>
              <ReasonButton
                reason={noLink}
                variant="default"
                loading={make.isPending}
                leftSection={<IconLink size={18} aria-hidden />}
                onClick={makeLink}
              >
                {say('accounts.top_up.link.make')}
              </ReasonButton>
            </Group>
          </Part>
        </Stack>
      )}
    </Dialog>
  );
}
