import { sql } from 'kysely';
import type { MovableClock } from '../kit/clock.ts';
import type { Database } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';

const KEY = 'clock_offset_ms';
const MINUTE = 60_000;
/** Enough for every story, and far from where dates end. */
const FURTHEST_MINUTES = 10 * 366 * 24 * 60;
/** How late another process may notice that the clock was moved. */
const FOLLOW_MS = 1000;

/** The demo's clock: runs with the machine, can be moved forward, and is the same for every process and after a restart. */
export interface DemoClock {
  now(): Date;
  /** How far it is ahead of the machine. */
  readonly offsetMinutes: number;
  /** Forward only, whole minutes. Two moves at once add up. Comes back when what has become due meanwhile has been done. */
  move(minutes: number): Promise<void>;
  /** Takes over what another process moved; never goes back. */
  refresh(): Promise<void>;
  /** Refreshes every second until the returned function is called. */
  follow(): () => void;
}

/**
 * Sets `clock` to where the database says the demo's clock stands. `afterMove` is run after each move made here, so that holds run out and
 * payments are asked about at once and not at the next sweep.
 */
export async function openDemoClock(
  { db, clock }: { readonly db: Database; readonly clock: MovableClock },
  afterMove: () => Promise<void>,
): Promise<DemoClock> {
  const take = (offsetMs: number) => clock.setOffset(Math.max(clock.offsetMs, offsetMs));
  const demoClock: DemoClock = {
    now: () => clock.now(),
    get offsetMinutes() {
      return Math.round(clock.offsetMs / MINUTE);
    },
    async move(minutes) {
      if (!Number.isInteger(minutes) || minutes < 1) throw new Problem('invalid_request', 400, 'The clock moves forward, by whole minutes.');
      const { rows } = await sql<{ value: string }>`
        insert into installation as i (key, value) values (${KEY}, ${String(minutes * MINUTE)})
            on conflict (key) do update set value = (i.value::bigint + excluded.value::bigint)::text
          where i.value::bigint + excluded.value::bigint <= ${FURTHEST_MINUTES * MINUTE}::bigint
        returning value`.execute(db.read);
      const [moved] = rows;
      if (!moved) throw new Problem('invalid_request', 400, 'The clock is ten years ahead already: start the demo afresh.');
      take(Number(moved.value));
      await afterMove();
    },
    async refresh() {
      const { rows } = await sql<{ value: string }>`select value from installation where key = ${KEY}`.execute(db.read);
      if (rows[0]) take(Number(rows[0].value));
    },
    follow() {
      let running = false;
      const timer = setInterval(() => {
        if (running) return;
        running = true;
        // the database may be away for a moment; the next second asks again
        demoClock.refresh().then(
          () => (running = false),
          () => (running = false),
        );
      }, FOLLOW_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
  await demoClock.refresh();
  return demoClock;
}
