import autocannon, { type Request } from 'autocannon';
import pg from 'pg';
import { benchServer } from '../kit/bench-database.ts';
import { alternate, type Measured, ratioOf, type Spread, spread, spreadOf, table } from '../kit/compare.ts';
import { type StartedProcess, startProcess } from '../kit/start-process.ts';
import { bookingRequest, everyClient, fillSalon, PATH, SERVICE, timeOf } from './salon.ts';

const CLIENTS = 32;
/** Numbers of clients that no load comes to. */
const LATER = 900_000;

/** Bookings through HTTP, beside the thin reference; how long they take at half of that; and a crowd for one time. Answers markdown. */
export async function benchBookings({ rounds = 5, seconds = 4 } = {}): Promise<string> {
  const postgres = await benchServer();
  const started: StartedProcess[] = [];
  const start = async (file: string, database: string) => {
    const process = await startProcess(new URL(file, import.meta.url), { DATABASE_URL: database });
    started.push(process);
    return process.url;
  };
  try {
    const [thinData, ourData] = [await postgres.database('thin', async () => {}), await postgres.database('ours', fillSalon)];
    const [thin, ours] = [await start('thin.ts', thinData), await start('ours.ts', ourData)];
    const quoteId = await quote(ours);
    const [toThin, toOurs] = [everyClient(quoteId), everyClient(quoteId)];
    await bookThePast(thin, toThin, thinData);
    await bookThePast(ours, toOurs, ourData);

    const loads = [
      { name: 'thin', url: thin, requests: toThin, clients: CLIENTS },
      { name: 'ours', url: ours, requests: toOurs, clients: CLIENTS },
    ];
    const beside = await alternate(loads, { rounds, seconds });
    const half = Math.round(spreadOf((beside.get('ours') ?? []).map(({ perSecond }) => perSecond)).median / 2);
    const calm: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const result = await autocannon({ url: ours, requests: toOurs, connections: CLIENTS, overallRate: half, duration: seconds });
      if (result.non2xx + result.errors + result.timeouts > 0) throw new Error(`at half load ${result.non2xx + result.errors} bookings failed`);
      calm.push(result.latency.p99);
    }
    const crowds: Crowd[] = [];
    for (let round = 0; round <= rounds; round++) {
      const crowd = await oneTime(ours, quoteId, round);
      if (round > 0) crowds.push(crowd);
    }

    return [
      table(
        [`Bookings: ${CLIENTS} clients, each its own time`, 'bookings/s', 'p99 ms', 'ours ÷ thin', 'goal'],
        [
          ['thin, one statement', perSecond(beside, 'thin'), p99(beside, 'thin'), '1', ''],
          ['ours', perSecond(beside, 'ours'), p99(beside, 'ours'), spread(ratioOf(beside, 'ours', 'thin')), '≥ 0.6'],
          [`ours at half of that (${half}/s)`, '', spread(spreadOf(calm), 0), '', 'p99 ≤ 50'],
        ],
      ),
      '',
      table(
        ['64 clients, one time', '', 'goal'],
        [
          [
            'booked',
            spread(
              over(crowds, ({ won }) => won),
              0,
            ),
            '1',
          ],
          [
            'refused (`time_taken`)',
            spread(
              over(crowds, ({ refused }) => refused),
              0,
            ),
            '63',
          ],
          [
            'last answer ÷ one booking alone',
            spread(
              over(crowds, ({ lastMs, aloneMs }) => lastMs / aloneMs),
              1,
            ),
            '≤ 15',
          ],
        ],
      ),
      '',
      'Method: each server in a process of its own, each with a database of its own on one throw-away PostgreSQL that syncs to disk; the same requests in the',
      `same order, after 3,000 bookings and a vacuum; the two in turn, ${rounds} rounds of ${seconds} s after one to warm up; a ratio is taken within a round; median (min–max).`,
    ].join('\n');
  } finally {
    await Promise.all(started.map((process) => process.stop()));
    await postgres.stop();
  }
}

/**
 * Some thousand bookings, and then what autovacuum does within a minute: without it the database takes all tables for empty, and reads them from end to end.
 */
async function bookThePast(url: string, requests: readonly Request[], database: string): Promise<void> {
  const result = await autocannon({ url, requests, connections: CLIENTS, amount: 3000, timeout: 30 });
  if (result.non2xx + result.errors + result.timeouts > 0) throw new Error(`${url}: ${result.non2xx + result.errors} bookings failed`);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query('vacuum (analyze)');
  await client.end();
}

interface Crowd {
  readonly won: number;
  readonly refused: number;
  /** Until the last of 64 was answered. */
  readonly lastMs: number;
  /** Median of bookings one after the other, just before. */
  readonly aloneMs: number;
}

async function oneTime(url: string, quoteId: string, round: number): Promise<Crowd> {
  const first = LATER + round * 1000;
  const alone: number[] = [];
  for (let n = 0; n < 32; n++) {
    const from = performance.now();
    const { status } = await book(url, bookingRequest(first + n, quoteId));
    if (status !== 201) throw new Error(`a booking alone was answered with ${status}`);
    alone.push(performance.now() - from);
  }
  const time = timeOf(first + 500);
  const requests = Array.from({ length: 64 }, (_, n) => bookingRequest(first + 500 + n, quoteId, time));
  // 64 connections that are open already, as those of people who have been on the page
  await Promise.all(requests.map(async () => (await fetch(`${url}/healthz`)).text()));
  const from = performance.now();
  const answers = await Promise.all(requests.map((request) => book(url, request)));
  const lastMs = performance.now() - from;
  const refused = answers.filter(({ status, code }) => status === 409 && code === 'time_taken').length;
  return { won: answers.filter(({ status }) => status === 201).length, refused, lastMs, aloneMs: spreadOf(alone).median };
}

async function book(url: string, request: { headers: Record<string, string>; body: string }): Promise<{ status: number; code: string | undefined }> {
  const answer = await fetch(url + PATH, { method: 'POST', ...request });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code };
}

/** The deal is the same with everybody: one quote serves all. */
async function quote(url: string): Promise<string> {
  const wish = { appointments: [{ serviceIds: [SERVICE], ...timeOf(0) }] };
  const answer = await fetch(`${url}${PATH.replace(/bookings$/, 'quotes')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  const { quoteId } = (await answer.json()) as { quoteId?: string };
  if (!quoteId) throw new Error(`no quote: ${answer.status}`);
  return quoteId;
}

function over(crowds: readonly Crowd[], of: (crowd: Crowd) => number): Spread {
  return spreadOf(crowds.map(of));
}

function perSecond(measured: ReadonlyMap<string, readonly Measured[]>, name: string): string {
  return spread(spreadOf((measured.get(name) ?? []).map((one) => one.perSecond)), 0);
}

function p99(measured: ReadonlyMap<string, readonly Measured[]>, name: string): string {
  return spread(spreadOf((measured.get(name) ?? []).map((one) => one.p99)), 0);
}
