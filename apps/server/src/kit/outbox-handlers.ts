import type { OutboxHandler } from './outbox.ts';

export type OutboxHandlers = Readonly<Record<string, OutboxHandler>>;

/**
 * Several rooms may want to hear of one topic. They are one handler to the outbox, which still promises "at least once" for the event as a whole: the handlers
 * run one after another, and when one fails the event comes again for all of them. So each must be harmless to run twice, going by the event's id.
 */
export function handlersTogether(...all: readonly OutboxHandlers[]): OutboxHandlers {
  const together = new Map<string, OutboxHandler>();
  for (const [topic, handler] of all.flatMap((one) => Object.entries(one))) {
    const before = together.get(topic);
    together.set(
      topic,
      before
        ? async (deps, event) => {
            await before(deps, event);
            await handler(deps, event);
          }
        : handler,
    );
  }
  return Object.fromEntries(together);
}
