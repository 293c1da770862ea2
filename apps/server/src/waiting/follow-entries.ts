import type { WaitingMessage } from '@holdfast/contract/waiting';
import type { Scope } from '../access/scope.ts';
import type { Live } from '../kit/live.ts';
import type { PublicStream } from '../kit/public-streams.ts';
import { createReadForAll } from '../kit/read-for-all.ts';
import type { WaitingContext } from './context.ts';
import { printsOf } from './store.ts';

/** Tells who waits that their place, their offer or their event has changed; they read it themselves. */
export function followEntries(
  ctx: WaitingContext & { readonly live: Live },
): (scope: Scope, entryId: string, stream: PublicStream) => Promise<() => void> {
  const board = createReadForAll<Scope, ReadonlyMap<string, string>>({
    live: ctx.live,
    log: ctx.log,
    read: (scope, entryIds) => printsOf(ctx.db.read, scope, entryIds),
    concerns: ({ settings }) => settings === true,
  });
  const changed: WaitingMessage = { kind: 'entry' };
  return (scope, entryId, stream) =>
    board.follow(scope, {
      id: entryId,
      told(now, before) {
        if (now.get(entryId) !== before?.get(entryId)) stream.say(changed);
      },
    });
}
