import type { AccountPage, AccountsOfClient, TopUp } from '@holdfast/contract/accounts';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCopy, IconMail, IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { copyText } from '../checkout/copy-text.ts';
import { LinkField } from '../checkout/link-field.tsx';
import { QrCode } from '../checkout/qr-dialog.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { accountPageQuery } from './accounts-queries.ts';
import { useAccountDeed } from './use-account-deed.ts';

const channels = ['sms', 'email'] as const;
type Channel = (typeof channels)[number];

/** A link by which the client fills their account: copied, shown or sent; and what has become of it, while one looks. */
export function TopUpLink({ topUp: made, of }: { topUp: TopUp; of: AccountsOfClient }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const { data } = useQuery(accountPageQuery(here.id, made.accountId));
  const topUp = data?.topUps.find(({ id }) => id === made.id) ?? made;
  const { url } = topUp;
  const [byHand, setByHand] = useState(false);
  const send = useAccountDeed({ locationId: here.id, accountId: made.accountId }, (channel: Channel) =>
    ask<AccountPage>('POST', at(here.id, 'top-ups', made.id, 'messages'), { channel }),
  );
  const copy = async (text: string) => {
    const copied = await copyText(Promise.resolve(text));
    setByHand(!copied);
    if (copied) toast(say('checkout.link.copied'));
  };
  const sendable = channels.filter((channel) => of.link.mayBeSentBy.includes(channel));
  return (
    <Stack gap="md">
      <State topUp={topUp} amount={money(topUp.amountMinor, topUp.currency)} />
      {send.error && <TroubleNotice error={send.error} words={{ not_ready: 'checkout.trouble.not_ready' }} />}
      {url && (
        <>
          <LinkField url={url} selected={byHand} />
          <Group gap="sm">
            <Button leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void copy(url)} data-autofocus>
              {say('accounts.link.copy')}
            </Button>
            {sendable.map((channel) => (
              <Button
                key={channel}
                variant="default"
                loading={send.isPending && send.variables === channel}
                leftSection={channel === 'sms' ? <IconMessage size={18} aria-hidden /> : <IconMail size={18} aria-hidden />}
                onClick={() => send.mutate(channel, { onSuccess: () => toast(say(`accounts.link.${channel}_sent`)) })}
              >
                {say(`checkout.link.${channel}`)}
              </Button>
            ))}
          </Group>
          <Stack align="center">
            <QrCode url={url} label={say('checkout.link.qr.alt')} />
          </Stack>
        </>
      )}
    </Stack>
  );
}

function State({ topUp: { state }, amount }: { topUp: TopUp; amount: string }) {
  const { say } = useWords();
  const known = state === 'waiting' || state === 'checking' || state === 'done' ? state : 'cancelled';
  return (
    <Group gap="sm" wrap="nowrap" role="status">
      {known === 'done' && <IconCircleCheck size={22} aria-hidden color="var(--hf-good)" style={{ flexShrink: 0 }} />}
      {(known === 'waiting' || known === 'checking') && <Loader size="xs" type="dots" aria-hidden />}
      <Text size="sm" fw={known === 'done' ? 650 : 400}>
        {say(`accounts.link.state.${known}`, { amount })}
      </Text>
    </Group>
  );
}
