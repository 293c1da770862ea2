import type { Checkout } from '@holdfast/contract/checkout';
import { Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconMail, IconMessage, IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { copyText } from './copy-text.ts';
import { LinkField } from './link-field.tsx';
import { LinkOff } from './link-off.tsx';
import { QrDialog } from './qr-dialog.tsx';
import { useCheckoutDeed } from './use-checkout-deed.ts';

const channels = ['sms', 'email'] as const;
type Channel = (typeof channels)[number];
const troubles: Readonly<Record<string, TextKey>> = {
  nothing_to_pay: 'checkout.trouble.nothing_to_pay',
  payment_unavailable: 'checkout.trouble.payment_unavailable',
  provider_unreachable: 'checkout.trouble.provider_unreachable',
  not_ready: 'checkout.trouble.not_ready',
};

/** What was not made because what is unsaved could not be saved: that is said elsewhere. */
class NotSaved extends Error {}

/** The link by which the client pays what is due: copied, shown, or sent. */
export function LinkPart({ locationId, checkout, saveFirst }: { locationId: string; checkout: Checkout; saveFirst: () => Promise<boolean> }) {
  const { say, money } = useWords();
  const may = useMay();
  const { appointmentId, link, client, currency, dueMinor } = checkout;
  const [byHand, setByHand] = useState(false);
  const [qr, setQr] = useState<string>();
  const path = (...more: string[]) => at(locationId, 'appointments', appointmentId, 'payment-link', ...more);
  const make = useCheckoutDeed({ locationId, appointmentId }, async () => {
    if (!(await saveFirst())) throw new NotSaved();
    return ask<Checkout>('POST', path());
  });
  const send = useCheckoutDeed({ locationId, appointmentId }, async (channel: Channel) => {
    if (!(await saveFirst())) throw new NotSaved();
    return ask<Checkout>('POST', path('messages'), { channel });
  });
  const made = async () => {
    const url = (await make.mutateAsync(undefined)).link.url;
    // the method was switched off just now: the checkout that came says so
    if (!url) throw new NotSaved();
    return url;
  };
  const copy = async () => {
    const copied = await copyText(made()).catch(() => undefined);
    if (copied === undefined) return;
    setByHand(!copied);
    if (copied) toast(say('checkout.link.copied'));
  };
  const sendBy = (channel: Channel) => {
    const address = (channel === 'sms' ? client?.phone : client?.email) ?? '';
    send.mutate(channel, { onSuccess: () => toast(say(`checkout.link.${channel}_sent`, { address })) });
  };
  if (link.state === 'off') return <LinkOff />;
  if (link.state === 'not_payable' || link.state === 'nothing_due') {
    return (
      <Text size="sm" c="dimmed">
        {say(`checkout.link.${link.state}`)}
      </Text>
    );
  }
  const noRight = may('payment_links.make') ? undefined : say('checkout.link.no_right');
  const noWay = (channel: Channel) => {
    if (noRight || link.mayBeSentBy.includes(channel)) return noRight;
    if (!client || !may('clients.contacts')) return say('checkout.link.no_contacts');
    const hasAddress = channel === 'sms' ? client.phone : client.email;
    if (!hasAddress) return say(channel === 'sms' ? 'checkout.link.no_phone' : 'checkout.link.no_email');
    return say(`checkout.link.no_${channel}_channel`);
  };
  const error = [make.error, send.error].find((one) => one && !(one instanceof NotSaved));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('checkout.link.more', { amount: money(dueMinor, currency) })}
      </Text>
      {error && <TroubleNotice error={error} words={troubles} />}
      <Group gap="sm">
        <ReasonButton
          reason={noRight}
          loading={make.isPending && !qr}
          leftSection={<IconCopy size={18} aria-hidden />}
          // in two lines where the words are longer than a phone is wide
          h="auto"
          mih={36}
          py={6}
          styles={{ label: { whiteSpace: 'normal', height: 'auto', lineHeight: 1.35 } }}
          onClick={() => void copy()}
        >
          {say('checkout.link.copy')}
        </ReasonButton>
        <ReasonButton
          reason={noRight}
          variant="default"
          leftSection={<IconQrcode size={18} aria-hidden />}
          onClick={() => void made().then(setQr, () => undefined)}
        >
          {say('checkout.link.qr')}
        </ReasonButton>
        {channels.map((channel) => (
          <ReasonButton
            key={channel}
            reason={noWay(channel)}
            variant="default"
            loading={send.isPending && send.variables === channel}
            leftSection={channel === 'sms' ? <IconMessage size={18} aria-hidden /> : <IconMail size={18} aria-hidden />}
            onClick={() => sendBy(channel)}
          >
            {say(`checkout.link.${channel}`)}
          </ReasonButton>
        ))}
      </Group>
      {link.url && <LinkField url={link.url} selected={byHand} />}
      <QrDialog url={qr} title={say('checkout.link.qr.title', { amount: money(dueMinor, currency) })} onClose={() => setQr(undefined)} />
    </Stack>
  );
}
