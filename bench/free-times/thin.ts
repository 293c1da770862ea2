// The reference: the least that can answer the question. Rules are constants, times are worked out in one loop, the answer is
// written as text. It knows no lead time, no buffers, no second service, no clock change and no change of rules.
import Fastify from 'fastify';
import pg from 'pg';
import { CHAIN, LOCATION, NOW } from './salon.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const [OPENS, BREAK_FROM, BREAK_TO, CLOSES, LENGTH, STEP] = [540, 780, 840, 1080, 30, 15];

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: Number(process.env['POOL'] ?? 10) });
const staff = (await pool.query('select staff_id from staff where chain_id = $1 and location_id = $2 order by position', [CHAIN, LOCATION])).rows.map(
  ({ staff_id }) => staff_id as string,
);

const BUSY = `select resource_id, string_agg(date_part('epoch', lower(span))::int || ' ' || date_part('epoch', upper(span))::int, ' ' order by lower(span))
  from occupancy
  where chain_id = $1 and resource_id = any($2) and lower(span) >= $3::timestamptz - interval '26 hours' and lower(span) < $4 and upper(span) > $3
    and (frees_at is null or frees_at > $5)
  group by resource_id`;

async function busySpans(from: number, to: number): Promise<Map<string, [number, number][]>> {
  const { rows } = await pool.query<[string, string]>({
    name: 'busy',
    text: BUSY,
    values: [CHAIN, staff, new Date(from).toISOString(), new Date(to).toISOString(), NOW],
    rowMode: 'array',
  });
  const busy = new Map<string, [number, number][]>(staff.map((id) => [id, []]));
  for (const [id, text] of rows) {
    const seconds = text.split(' ').map(Number);
    const spans = busy.get(id) as [number, number][];
    for (let i = 0; i < seconds.length; i += 2) spans.push([(seconds[i] as number) * 1000, (seconds[i + 1] as number) * 1000]);
  }
  return busy;
}

const inKyiv = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Kyiv', hourCycle: 'h23', hour: '2-digit' });
const midnights = new Map<number, number>();
function midnightInKyiv(utcMidnight: number): number {
  const midnight = midnights.get(utcMidnight) ?? utcMidnight - Number(inKyiv.format(utcMidnight)) * 60 * MINUTE;
  midnights.set(utcMidnight, midnight);
  return midnight;
}

async function freeTimes(from: string, days: number): Promise<string> {
  const first = Date.parse(from);
  const busy = await busySpans(first - DAY, first + (days + 1) * DAY);
  const people = staff.map((id) => ({ quoted: `"${id}"`, spans: busy.get(id) as [number, number][], next: 0 }));
  const dayTexts: string[] = [];
  for (let day = first; day < first + days * DAY; day += DAY) {
    const midnight = midnightInKyiv(day);
    let times = '';
    for (let minute = OPENS; minute + LENGTH <= CLOSES; minute += STEP) {
      if (minute < BREAK_TO && minute + LENGTH > BREAK_FROM) continue;
      const start = midnight + minute * MINUTE;
      const end = start + LENGTH * MINUTE;
      let who = '';
      for (const person of people) {
        const { spans } = person;
        while (person.next < spans.length && (spans[person.next] as [number, number])[1] <= start) person.next++;
        const next = spans[person.next];
        if (!next || next[0] >= end) who += who ? `,${person.quoted}` : person.quoted;
      }
      if (!who) continue;
      const local = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      times += `${times ? ',' : ''}{"at":"${new Date(start).toISOString().slice(0, 19)}Z","local":"${local}","staff":[${who}]}`;
    }
    dayTexts.push(`{"day":"${new Date(day).toISOString().slice(0, 10)}","times":[${times}]}`);
  }
  return `{"timeZone":"Europe/Kyiv","days":[${dayTexts.join(',')}]}`;
}

const app = Fastify();
app.get<{ Querystring: { from: string; days: string } }>('/api/v1/locations/bench/salon/free-times', async (request, reply) => {
  reply.header('content-type', 'application/json; charset=utf-8');
  return freeTimes(request.query.from, Number(request.query.days));
});
console.log(`listening on ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
process.once('SIGTERM', () => process.exit(0));
