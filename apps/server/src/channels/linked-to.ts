import type { PublicEvent } from '@holdfast/contract/events';
import type { Asked } from './plain/choose-pages.ts';
import type { LinkedTo } from './social-head.ts';

const KEPT = ['link', 'service', 'staff', 'event'] as const;

/** What a deep link is about, for whoever sees it in a messenger. What is gone is not named. */
export function linkedTo({ page, words, choices }: Asked, search: string, events: readonly PublicEvent[]): LinkedTo {
  const event = events.find(({ id }) => id === choices.event);
  const services = choices.serviceIds.flatMap((id) => page.services.find((one) => one.id === id)?.name ?? []);
  const person = page.staff.find(({ id }) => id === choices.staff)?.name ?? [];
  const asked = new URLSearchParams(search);
  return {
    names: event ? [event.title, words.when(event.startsAt)] : [...services, person].flat(),
    kept: Object.fromEntries(
      KEPT.flatMap((name) => {
        const value = asked.getAll(name).join(',');
        return value ? [[name, value]] : [];
      }),
    ),
  };
}
