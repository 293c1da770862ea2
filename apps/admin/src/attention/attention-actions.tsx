import type { AttentionAction, AttentionItem } from '@holdfast/contract/attention';
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useDecide } from './attention-query.ts';

const addresses = {
  refunds: 'finance/refunds',
  reconciliation: 'finance/reconciliation',
  cashless_payment: 'finance/cashless-payment',
  phone_confirmation: 'settings/phone-confirmation',
  webhooks: 'settings/api/webhooks',
} as const;

/** What can be done about it; what closes by itself leads to where it is dealt with. */
export function AttentionActions({ item }: { item: AttentionItem }) {
  const { say } = useWords();
  const { slug } = useLocationHere();
  const [asked, setAsked] = useState<AttentionAction>();
  const decide = useDecide();
  const lookAgain = () =>
    decide.mutate(
      { attention: item.id, wish: { action: 'look_again', because: '' } },
      { onSuccess: () => toast(say(item.kind === 'dispute' ? 'attention.asked' : 'attention.cleared_up')) },
    );
  const { place } = item;
  return (
    <>
      {decide.isError && asked === undefined && (
        <TroubleNotice
          error={decide.error}
          words={{ step_not_allowed: 'attention.trouble.unchanged', provider_unreachable: 'attention.trouble.unreachable' }}
        />
      )}
      <Group gap="sm" mt={4}>
        {item.actions.map(({ action, whyNot }, index) => (
          <ReasonButton
            key={action}
            size="sm"
            variant={index === 0 ? 'filled' : 'default'}
            reason={whyNot ? say(`attention.why_not.${whyNot}`) : undefined}
            loading={decide.isPending && decide.variables.wish.action === action && asked === undefined}
            onClick={() => (action === 'look_again' ? lookAgain() : setAsked(action))}
          >
            {say(`attention.action.${action}`)}
          </ReasonButton>
        ))}
        {place && place !== 'client' && (
          <Button
            component={Link}
            to={`/${slug}/${addresses[place]}${place === 'webhooks' ? `/${item.subject.id}` : ''}`}
            variant="default"
            size="sm"
            rightSection={<IconArrowRight size={16} aria-hidden />}
          >
            {say(`attention.place.${place}`)}
          </Button>
        )}
      </Group>
      {asked && <Ask item={item} action={asked} decide={decide} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Ask({
  item,
  action,
  decide,
  onClose,
}: {
  item: AttentionItem;
  action: AttentionAction;
  decide: ReturnType<typeof useDecide>;
  onClose: () => void;
}) {
  const { say, money } = useWords();
  const [because, setBecause] = useState('');
  const [empty, setEmpty] = useState(false);
  const amount = item.amountMinor !== null && item.currency !== null ? money(item.amountMinor, item.currency) : '';
  const close = () => {
    decide.reset();
    onClose();
  };
  const send = () => {
    if (action === 'note' && because.trim() === '') return setEmpty(true);
    decide.mutate(
      { attention: item.id, wish: { action, because: because.trim() } },
      {
        onSuccess: () => {
          toast(say(`attention.did.${action}`));
          close();
        },
      },
    );
  };
  return (
    <Dialog title={say(`attention.action.${action}`)} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <p style={{ margin: 0 }}>{say(`attention.ask.${action}`, { amount })}</p>
          <Textarea
            label={say(action === 'note' ? 'attention.because.needed' : 'attention.because')}
            value={because}
            onChange={({ currentTarget }) => setBecause(currentTarget.value)}
            maxLength={300}
            autosize
            minRows={2}
            withAsterisk={action === 'note'}
            error={empty && because.trim() === '' ? say('attention.because.missing') : undefined}
            data-autofocus
          />
          {decide.isError && (
            <TroubleNotice
              error={decide.error}
              words={{
                choice_already_made: 'attention.trouble.decided',
                step_not_allowed: item.kind === 'dispute' ? 'attention.trouble.not_taken' : 'attention.trouble.nothing_left',
                provider_unreachable: 'attention.trouble.unreachable',
                already_there: 'attention.trouble.refund_waits',
              }}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {say('attention.back')}
            </Button>
            <Button type="submit" loading={decide.isPending}>
              {say(`attention.action.${action}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
