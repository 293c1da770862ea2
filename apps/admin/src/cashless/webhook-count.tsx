import type { PaymentConnection } from '@holdfast/contract/cashless';
import { useWords } from '../words.tsx';

/** In a few words: how much of what was ticked has arrived; where nothing is ticked, when something arrived last. */
export function WebhookCount({ events, timeZone }: { events: PaymentConnection['events']; timeZone: string }) {
  const { say, when } = useWords();
  const asked = events.filter((one) => one.asked);
  if (asked.length > 0)
    return say('cashless.webhook.count', { arrived: asked.filter(({ arrivedAt }) => arrivedAt !== null).length, all: asked.length });
  const last = events.reduce<string | null>((latest, { arrivedAt }) => (arrivedAt && (!latest || arrivedAt > latest) ? arrivedAt : latest), null);
  return last ? say('cashless.webhook.last', { when: when(last, timeZone) }) : say('cashless.webhook.nothing_yet');
}
