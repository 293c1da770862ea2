import type { EventsMessage, PublicEvent, PublicEvents } from '@holdfast/contract/events';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Live } from '../kit/live.ts';
import type { PublicStream } from '../kit/public-streams.ts';
import { createReadForAll } from '../kit/read-for-all.ts';
import { publicEvents } from './public-events.ts';

/** Tells streams how many places are left at a location's events. What is told is made once for everybody who was told the same before. */
export function followPlaces(ctx: BookingContext & { readonly live: Live }): (scope: Scope, stream: PublicStream) => Promise<() => void> {
  const board = createReadForAll<Scope, PublicEvents>({
    live: ctx.live,
    log: ctx.log,
    read: (scope) => publicEvents(ctx, scope, {}),
    // an event's places are a change of the event, not only of an appointment
    concerns: ({ settings }) => settings === true,
  });
  const made = new WeakMap<PublicEvents, { readonly before: PublicEvents; readonly texts: readonly string[] }>();
  const textsOf = (now: PublicEvents, before: PublicEvents) => {
    const known = made.get(now);
    if (known?.before === before) return known.texts;
    const texts = whatToTell(now, before).map((message) => JSON.stringify(message));
    made.set(now, { before, texts });
    return texts;
  };
  return (scope, stream) =>
    board.follow(scope, {
      id: '',
      told(now, before) {
        if (before) for (const text of textsOf(now, before)) stream.sayText(text);
        else stream.say(placesOf(now, () => true));
      },
    });
}

function whatToTell(now: PublicEvents, before: PublicEvents): readonly EventsMessage[] {
  const known = new Map(before.events.map(({ id, placesLeft }) => [id, placesLeft]));
  const places = placesOf(now, ({ id, placesLeft }) => known.get(id) !== placesLeft);
  return [...(factsOf(now) === factsOf(before) ? [] : [{ kind: 'events' } as const]), ...(Object.keys(places.left).length === 0 ? [] : [places])];
}

function placesOf({ events, now }: PublicEvents, which: (event: PublicEvent) => boolean): EventsMessage & { kind: 'places' } {
  return { kind: 'places', left: Object.fromEntries(events.filter(which).map(({ id, placesLeft }) => [id, placesLeft])), now };
}

/** Everything but how many come and wait. */
function factsOf({ events }: PublicEvents): string {
  return JSON.stringify(events.map(({ placesLeft: _left, waiting: _waiting, ...facts }) => facts));
}
