import type { ConnectionTest } from '@holdfast/contract/cashless';
import { List, Loader, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { type TextKey, useWords } from '../words.tsx';

type Mark = 'done' | 'now' | 'later' | 'bad';
interface Step {
  readonly mark: Mark;
  readonly text: string;
  readonly more?: string | undefined;
}

/** Page → webhook → money → given back, each with how it stands; said aloud when it changes. */
export function TestPaymentSteps({
  test,
  provider,
  asked,
  byHand,
  timeZone,
}: {
  test: ConnectionTest;
  provider: string;
  /** The types to tick: one of them says more than whatever else comes. */
  asked: readonly string[];
  /** Nobody reports: a person notes what has come. */
  byHand: boolean;
  timeZone: string;
}) {
  const { say, money, time } = useWords();
  const at = (instant: string) => time(instant, timeZone);
  const amount = (minor: number) => money(minor, test.currency);
  const first = test.webhooks.find(({ type }) => asked.includes(type)) ?? test.webhooks[0];
  const over = test.state === 'failed' || test.state === 'closed';
  const captured = test.capturedAt !== null;

  const page: Step =
    test.state === 'opening'
      ? { mark: 'now', text: say('cashless.try.page.asking', { provider }), more: test.trouble ?? undefined }
      : over && !captured
        ? {
            mark: 'bad',
            text: say(test.state === 'closed' ? 'cashless.try.page.closed' : 'cashless.try.page.failed'),
            more: test.trouble ?? undefined,
          }
        : { mark: 'done', text: say('cashless.try.page.open', { provider, time: at(test.payableUntil) }) };
  const heard: Step = first
    ? { mark: 'done', text: say('cashless.try.webhook', { time: at(first.at), type: first.type }) }
    : captured
      ? { mark: 'bad', text: say('cashless.try.webhook.none'), more: say('cashless.try.webhook.none.more') }
      : { mark: over ? 'later' : 'now', text: say('cashless.try.webhook.waiting') };
  const came: Step = captured
    ? {
        mark: 'done',
        text: say('cashless.try.captured', { amount: amount(test.capturedMinor), time: at(test.capturedAt ?? '') }),
        more: byHand ? undefined : say(test.noticedBy === 'webhook' ? 'cashless.try.captured.webhook' : 'cashless.try.captured.asking'),
      }
    : byHand && !over
      ? { mark: 'now', text: say('cashless.try.note_it') }
      : { mark: 'later', text: say(test.state === 'processing' ? 'cashless.try.processing' : 'cashless.try.captured.not_yet') };
  return (
    <div aria-live="polite">
      <List spacing={6} size="sm" listStyleType="none" center={false}>
        {[page, ...(byHand ? [] : [heard]), came, back()].map(({ mark, text, more }) => (
          <List.Item key={text} icon={<StepMark mark={mark} />}>
            <Text size="sm" c={mark === 'later' ? 'dimmed' : undefined} style={{ overflowWrap: 'anywhere' }}>
              {text}
            </Text>
            {more && (
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {more}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </div>
  );

  function back(): Step {
    if (!captured) return { mark: 'later', text: say('cashless.try.back.not_yet') };
    if (test.leftMinor === 0) return { mark: 'done', text: say('cashless.try.back.done', { amount: amount(test.refundedMinor) }) };
    const status = test.refund?.status;
    if (status === 'failed') return { mark: 'bad', text: say('cashless.try.back.failed'), more: test.refund?.trouble ?? undefined };
    if (status === 'intended' || status === 'pending') {
      const key: TextKey = status === 'pending' ? 'cashless.try.back.pending' : 'cashless.try.back.asking';
      return { mark: 'now', text: say(key, { provider }), more: test.refund?.trouble ?? undefined };
    }
    return { mark: 'later', text: say('cashless.try.back.to_do', { amount: amount(test.leftMinor) }) };
  }
}

function StepMark({ mark }: { mark: Mark }) {
  if (mark === 'now') return <Loader size={18} aria-hidden />;
  const colour = { done: 'green', bad: 'red', later: 'gray' } as const;
  const Icon = { done: IconCheck, bad: IconX, later: IconMinus }[mark];
  return (
    <ThemeIcon size={20} radius="xl" variant="light" color={colour[mark]}>
      <Icon size={14} aria-hidden />
    </ThemeIcon>
  );
}
