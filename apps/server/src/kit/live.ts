import type { Logger } from 'pino';
import type { Database } from './database.ts';
import type { SqlListening } from './sql-source.ts';

/** What has changed at one location. */
export interface LiveNews {
  readonly chain: string;
  readonly location: string;
  readonly ids?: readonly string[];
  readonly settings?: boolean;
  /** Money has come or gone. */
  readonly money?: boolean;
}

export interface LiveListener {
  heard(news: LiveNews): void;
  /** Something may have been said that nobody heard: whoever shows anything reads it anew. */
  gap(): void;
}

export interface Live {
  /** Tells every process what has been committed and not told yet; answers how much that was. */
  publish(): Promise<number>;
  /** Publishes right away, or right after what is being published; many kicks are few statements. */
  kick(): Promise<void>;
  /** Hears of one location, whichever process changed it; from the moment this resolves. */
  subscribe(chain: string, location: string, listener: LiveListener): Promise<() => void>;
  close(): Promise<void>;
}

const CHANNEL = 'holdfast_live';
const BETWEEN_KICKS_MS = 50;

// Rows that were taken out are said when this statement commits: both or neither. A notification holds less than 8,000 bytes, which is 150 ids and more.
const PUBLISH = `
  with gone as (delete from live_changes where ctid = any (array(select ctid from live_changes limit 3000 for update skip locked))
                returning chain_id, location_id, subject_id, money),
  news as (select distinct chain_id, location_id, subject_id, money from gone),
  pieces as (select chain_id, location_id, subject_id, (row_number() over (partition by chain_id, location_id order by subject_id) - 1) / 150 piece
               from news where subject_id is not null),
  said as (
    select jsonb_build_object('chain', chain_id, 'location', location_id, 'ids', jsonb_agg(subject_id)) message from pieces group by chain_id, location_id, piece
    union all
    select jsonb_build_object('chain', chain_id, 'location', location_id, case when money then 'money' else 'settings' end, true) from news where subject_id is null)
  select (select count(*)::int from gone) n, (select count(pg_notify('${CHANNEL}', message::text))::int from said) said`;

/** How changes reach other screens: the database keeps what has changed, any process takes it out after the commit and notifies all of them. */
export function createLive({ db, log }: { db: Database; log: Logger }): Live {
  const listeners = new Map<string, Set<LiveListener>>();
  let listening: Promise<SqlListening> | undefined;
  let running: Promise<void> | undefined;
  let wanted = false;
  let closed = false;

  const nameOf = (chain: string, location: string) => `${chain}/${location}`;
  const publish = async () => {
    const [row] = await db.prepared<{ n: number }>('publish_live', PUBLISH, []);
    return row?.n ?? 0;
  };
  const publishAll = async () => {
    while (wanted && !closed) {
      wanted = false;
      await publish();
      // who kicks meanwhile is served by the next round
      if (wanted) await new Promise((done) => setTimeout(done, BETWEEN_KICKS_MS));
    }
  };
  const listen = () => {
    listening ??= db.listen(CHANNEL, {
      heard(payload) {
        const news = JSON.parse(payload) as LiveNews;
        for (const listener of listeners.get(nameOf(news.chain, news.location)) ?? []) listener.heard(news);
      },
      gap() {
        log.warn('live updates were interrupted; every screen reads anew');
        for (const all of listeners.values()) for (const listener of all) listener.gap();
      },
    });
    // the next one tries again
    listening.catch(() => {
      listening = undefined;
    });
    return listening;
  };

  const kick = (): Promise<void> => {
    wanted = true;
    running ??= publishAll().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    publish,
    kick,
    async subscribe(chain, location, listener) {
      const name = nameOf(chain, location);
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      const leave = () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(name) === all) listeners.delete(name);
      };
      try {
        await listen();
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
    async close() {
      closed = true;
      await running?.catch(() => {});
      const line = await listening?.catch(() => undefined);
      await line?.close();
    },
  };
}
