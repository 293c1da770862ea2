import type { Logger } from 'pino';
import type { Live, LiveNews } from './live.ts';

/** However much happens, it is read that often at most; a rush of bookings is a few readings and not one for each. */
const BETWEEN_READINGS_MS = 400;
/** What becomes otherwise by time alone, and what nobody told, is found by this. */
const READ_ANYWAY_MS = 15_000;

interface Place {
  readonly chainId: string;
  readonly locationId: string;
}

interface Follower<Seen> {
  /** What of the location is followed, where not everybody follows the same. */
  readonly id: string;
  /** `before`: what this follower was told last; undefined: nothing yet. */
  told(now: Seen, before: Seen | undefined): void;
}

interface ReadForAll<P extends Place, Seen> {
  /** The follower is told at once what there is, and again whenever it has been read anew. Answers how to leave. */
  follow(place: P, follower: Follower<Seen>): Promise<() => void>;
}

/** What many follow at one location is heard of once in this process, read once for all of them, and handed round. */
export function createReadForAll<P extends Place, Seen>({
  live,
  log,
  read,
  concerns,
}: {
  live: Pick<Live, 'subscribe'>;
  log: Logger;
  /** `ids`: what those who follow now follow. */
  read: (place: P, ids: readonly string[]) => Promise<Seen>;
  concerns: (news: LiveNews) => boolean;
}): ReadForAll<P, Seen> {
  const boards = new Map<string, Board<Seen>>();

  const openBoard = (place: P, name: string): Board<Seen> => {
    const followers = new Map<Follower<Seen>, Seen | undefined>();
    let wanted = false;
    let reading = false;
    let wait: NodeJS.Timeout | undefined;
    let unsubscribe = () => {};
    const look = () => {
      wanted = true;
      if (!reading && !wait) void readNow();
    };
    const readNow = async () => {
      wanted = false;
      reading = true;
      try {
        const now = await read(place, [...new Set([...followers.keys()].map(({ id }) => id))]);
        for (const [follower, before] of followers) {
          followers.set(follower, now);
          follower.told(now, before);
        }
      } catch (error) {
        log.warn({ err: error }, 'what clients follow could not be read; it is tried again');
      }
      reading = false;
      wait = setTimeout(() => {
        wait = undefined;
        if (wanted && followers.size > 0) void readNow();
      }, BETWEEN_READINGS_MS).unref();
    };
    const anyway = setInterval(look, READ_ANYWAY_MS).unref();
    const listening = live
      .subscribe(place.chainId, place.locationId, {
        heard: (news) => void (concerns(news) && look()),
        gap: look,
      })
      .then((leave) => {
        unsubscribe = leave;
        if (boards.get(name) !== board) leave();
      });
    const board: Board<Seen> = {
      listening,
      add(follower) {
        followers.set(follower, undefined);
        // what is read is read after it hears, or a change between the two would be nobody's
        listening.then(look, () => {});
      },
      drop(follower) {
        if (!followers.delete(follower) || followers.size > 0) return;
        clearInterval(anyway);
        boards.delete(name);
        unsubscribe();
      },
    };
    return board;
  };

  return {
    async follow(place, follower) {
      const name = `${place.chainId}/${place.locationId}`;
      const board = boards.get(name) ?? openBoard(place, name);
      boards.set(name, board);
      board.add(follower);
      try {
        await board.listening;
      } catch (error) {
        board.drop(follower);
        throw error;
      }
      return () => board.drop(follower);
    },
  };
}

interface Board<Seen> {
  readonly listening: Promise<void>;
  add(follower: Follower<Seen>): void;
  drop(follower: Follower<Seen>): void;
}
