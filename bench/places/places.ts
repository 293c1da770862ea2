import pg from 'pg';
import { pino } from 'pino';
import { mintScope } from '../../apps/server/src/access/scope.ts';
import { createApp } from '../../apps/server/src/app.ts';
import { claimBooking } from '../../apps/server/src/booking/claim-booking.ts';
import { createDatabase } from '../../apps/server/src/kit/database.ts';
import { createLogger } from '../../apps/server/src/kit/log.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { newSealingKey } from '../../apps/server/src/kit/seal.ts';
import { openLocationBooks } from '../../apps/server/src/ledger/open-location-books.ts';
import { connectProvider, switchOnlinePayment } from '../../apps/server/src/payments/connect-provider.ts';
import { openEvent } from '../../apps/server/src/testing/open-event.ts';
import { eventWishFor } from '../../apps/server/src/testing/wishes.ts';
import { CHAIN, fillSalon, LOCATION, PRICE_MINOR, SERVICE, staffName } from '../bookings/salon.ts';
import { benchServer } from '../kit/bench-database.ts';
import { spread, spreadOf, table } from '../kit/compare.ts';
import { bookThin, makeThinBookings } from './thin-booking.ts';

const CLIENTS = 500;
const PLACES = 50;
const POOLS = [8, 32, 100] as const;
const DAY_MS = 86_400_000;

/** 500 clients at once for 50 places: ours, with client, hold, payment, history and outbox, beside one conditional update and beside a thin booking. Answers markdown. */
export async function benchPlaces({ rounds = 5 } = {}): Promise<string> {
  const postgres = await benchServer();
  try {
    const rows: string[][] = [];
    for (const pool of POOLS) rows.push(await crowds(await postgres.database(`places${pool}`, fillSalon), pool, rounds));
    return [
      table(
        [
          '500 clients, 50 places: connections',
          'one conditional update, ms for all',
          'a thin booking, ms for all',
          'ours, ms for all',
          'ours ÷ the update',
          'goal',
          'ours ÷ a thin booking',
        ],
        rows,
      ),
      '',
      `Method: in one process, on one throw-away PostgreSQL that syncs to disk, all ${CLIENTS} asked at once; the three in turn, ${rounds} rounds after one to warm up; a ratio`,
      `is taken within a round; median (min–max). Ours writes for each of the ${PLACES} a client, a booking, a hold, a payment and what is told of it, and answers each of the`,
      'others with a reason; the update changes one number, and a thin booking writes six more rows in the same statement.',
    ].join('\n');
  } finally {
    await postgres.stop();
  }
}

/** A line of the table: this many connections. */
async function crowds(url: string, connections: number, rounds: number): Promise<string[]> {
  const db = createDatabase(postgresSource(url, { connections }));
  const app = await createApp({
    db,
    now: () => new Date(),
    log: createLogger('info', pino.destination('/dev/null')),
    key: newSealingKey(),
    publicUrl: 'http://127.0.0.1',
    trustProxy: false,
    // booking only writes down the wish to be paid: nobody asks the provider in this bench
    sandboxEndpoint: () => ({ origin: 'http://127.0.0.1:9', pagesOrigin: 'http://127.0.0.1:9' }),
  });
  const scope = mintScope(CHAIN, LOCATION);
  await db.transaction(async (tx) => {
    await openLocationBooks(tx, app.payments, scope, 'UAH');
    const credentials = { publishableKey: 'pk_test_bench', secretKey: 'sk_test_bench', signingSecret: 'whsec_bench' };
    const made = await connectProvider(tx, app.payments, scope, { provider: 'stripe', label: 'Stripe', sandbox: true, credentials, currency: 'UAH' });
    await switchOnlinePayment(tx, scope, { connectionId: made, enabled: true });
  });
  const plain = new pg.Pool({ connectionString: url, max: connections });
  const measured: { readonly update: number; readonly thin: number; readonly ours: number }[] = [];
  try {
    await plain.query('create table thin_events (id int primary key, capacity int not null, taken int not null default 0)');
    await makeThinBookings(plain);
    for (let round = 0; round <= rounds; round++) {
      const eventId = `evt_bench${round}`;
      const startsAt = new Date((Math.floor(Date.now() / DAY_MS) + 10 + round) * DAY_MS).toISOString();
      await openEvent({ database: db, scope }, { eventId, serviceId: SERVICE, staffId: staffName(0), startsAt, capacity: PLACES });
      const wish = await eventWishFor({ booking: app.booking, scope }, eventId);
      const wishes = Array.from({ length: CLIENTS }, (_, n) => wish(round * CLIENTS + n));
      await plain.query('insert into thin_events (id, capacity) values ($1, $2)', [round, PLACES]);
      const update = { name: 'take', text: 'update thin_events set taken = taken + 1 where id = $1 and taken < capacity returning taken' };
      await plain.query('insert into thin.events (id, capacity) values ($1, $2)', [round, PLACES]);
      const ways = {
        update: () => timed(wishes.map(() => async () => (await plain.query({ ...update, values: [round] })).rowCount === 1)),
        thin: () => timed(wishes.map((one) => () => bookThin(plain, round, one.draftId, one.client, PRICE_MINOR))),
        ours: () =>
          timed(
            wishes.map((one, n) => async () => (await claimBooking(app.booking, scope, one, `10.${round}.${n >> 8}.${n & 255}`)).repeated === false),
          ),
      };
      const names = ['update', 'thin', 'ours'] as const;
      const ms = { update: 0, thin: 0, ours: 0 };
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const taken = await ways[name]();
        if (taken.won !== PLACES) throw new Error(`${name}: ${taken.won} of ${PLACES} places were given: ${taken.lost}`);
        ms[name] = taken.ms;
      }
      if (round > 0) measured.push(ms);
    }
  } finally {
    await plain.end();
    await app.close();
  }
  const over = (of: (one: (typeof measured)[number]) => number, digits: number) => spread(spreadOf(measured.map(of)), digits);
  return [
    String(connections),
    over(({ update }) => update, 0),
    over(({ thin }) => thin, 0),
    over(({ ours }) => ours, 0),
    over(({ ours, update }) => ours / update, 1),
    '≤ 2.5',
    over(({ ours, thin }) => ours / thin, 1),
  ];
}

interface Taken {
  readonly ms: number;
  readonly won: number;
  /** What those who got nothing were told, each once. */
  readonly lost: string;
}

async function timed(deeds: readonly (() => Promise<boolean>)[]): Promise<Taken> {
  const began = performance.now();
  const answers = await Promise.allSettled(deeds.map((deed) => deed()));
  const ms = performance.now() - began;
  const lost = new Set(answers.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])));
  return { ms, won: answers.filter((one) => one.status === 'fulfilled' && one.value).length, lost: [...lost].join('; ') };
}
