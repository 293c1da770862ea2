import { benchServer } from '../kit/bench-database.ts';
import { alternate, type Load, type Measured, ratioOf, spread, spreadOf, table } from '../kit/compare.ts';
import { type StartedProcess, startProcess } from '../kit/start-process.ts';
import { FROM, fillSalon, SERVICE } from './salon.ts';

/** Free times for a month, beside the thin reference; and how the cost grows. Answers markdown. */
export async function benchFreeTimes({ rounds = 5, seconds = 4 } = {}): Promise<string> {
  const postgres = await benchServer();
  const started: StartedProcess[] = [];
  const start = async (file: string, database: string) => {
    const process = await startProcess(new URL(file, import.meta.url), { DATABASE_URL: database });
    started.push(process);
    return process.url;
  };
  try {
    const month = await postgres.database('month', (client) => fillSalon(client));
    const thin = await start('thin.ts', month);
    const ours = await start('ours.ts', month);
    for (const days of [30, 60]) await mustBeEqual(thin, ours, days);

    const beside = await alternate([load('thin', thin), load('ours', ours)], { rounds, seconds });
    const crowded = await alternate([load('thin', thin, { clients: 64 }), load('ours', ours, { clients: 64 })], { rounds, seconds });
    const twoMonths = await alternate([load('30 days', ours), load('60 days', ours, { days: 60 })], { rounds, seconds });
    const oldSalon = await start('ours.ts', await postgres.database('history', (client) => fillSalon(client, { pastDays: 300 + 62 * 9 })));
    const history = await alternate([load('young', ours), load('old', oldSalon)], { rounds, seconds });
    const bigSalon = await start('ours.ts', await postgres.database('team', (client) => fillSalon(client, { staff: 100 })));
    const team = await alternate([load('10 people', ours), load('100 people', bigSalon)], { rounds, seconds });

    return [
      table(
        ['Free times: 1 service, 10 team members, 30 days, half taken', 'answers/s', 'p99 ms', 'ours ÷ thin', 'goal'],
        [
          ['thin, 16 clients', perSecond(beside, 'thin'), p99(beside, 'thin'), '1', ''],
          ['ours, 16 clients', perSecond(beside, 'ours'), p99(beside, 'ours'), spread(ratioOf(beside, 'ours', 'thin')), '≥ 0.9'],
          ['thin, 64 clients', perSecond(crowded, 'thin'), p99(crowded, 'thin'), '1', ''],
          ['ours, 64 clients', perSecond(crowded, 'ours'), p99(crowded, 'ours'), spread(ratioOf(crowded, 'ours', 'thin')), ''],
        ],
      ),
      '',
      table(
        ['Growth of the cost of one answer', 'times as much', 'goal'],
        [
          ['10 × the history', spread(ratioOf(history, 'young', 'old')), '≤ 1.1'],
          ['60 days instead of 30', spread(ratioOf(twoMonths, '30 days', '60 days')), '≤ 2.1'],
          ['100 team members instead of 10', spread(ratioOf(team, '10 people', '100 people')), '≤ 11'],
        ],
      ),
      '',
      `Method: each server in a process of its own, on one throw-away PostgreSQL that syncs to disk; thin and ours gave identical answers before; the two of a pair in turn,`,
      `${rounds} rounds of ${seconds} s after one to warm up; a ratio is taken within a round; median (min–max).`,
    ].join('\n');
  } finally {
    await Promise.all(started.map((process) => process.stop()));
    await postgres.stop();
  }
}

function pathOf(days: number): string {
  return `/api/v1/locations/bench/salon/free-times?services=${SERVICE}&staff=any&from=${FROM}&days=${days}`;
}

function load(name: string, url: string, { clients = 16, days = 30 } = {}): Load {
  return { name, url, clients, requests: [{ path: pathOf(days) }] };
}

async function mustBeEqual(one: string, other: string, days: number): Promise<void> {
  const [left, right] = await Promise.all([one, other].map(async (url) => (await fetch(url + pathOf(days))).text()));
  if (left !== right) throw new Error(`thin and ours disagree about ${days} days:\n${left?.slice(0, 400)}\n${right?.slice(0, 400)}`);
}

function perSecond(measured: ReadonlyMap<string, readonly Measured[]>, name: string): string {
  return spread(spreadOf((measured.get(name) ?? []).map((one) => one.perSecond)), 0);
}

function p99(measured: ReadonlyMap<string, readonly Measured[]>, name: string): string {
  return spread(spreadOf((measured.get(name) ?? []).map((one) => one.p99)), 0);
}
