import autocannon, { type Request } from 'autocannon';

/** One load on one server: so many clients, each asking again as soon as it is answered. */
export interface Load {
  readonly name: string;
  readonly url: string;
  readonly requests: readonly Request[];
  readonly clients: number;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export async function measure({ name, url, requests, clients }: Load, seconds: number): Promise<Measured> {
  const result = await autocannon({ url, requests, connections: clients, duration: seconds, timeout: 30 });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0 || result.requests.total === 0)
    throw new Error(`${name}: ${failed} of ${result.requests.total} requests failed; a failing server cannot be measured`);
  return { perSecond: result.requests.total / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

/**
 * Measures the loads in turn, round after round (every second round backwards), so that what else this machine does hits all of them alike. One round more is
 * made first and thrown away: it warms up.
 */
export async function alternate(loads: readonly Load[], { rounds = 5, seconds = 4 } = {}): Promise<Map<string, Measured[]>> {
  const measured = new Map<string, Measured[]>(loads.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const load of round % 2 === 0 ? loads : loads.toReversed()) {
      const result = await measure(load, seconds);
      if (round > 0) measured.get(load.name)?.push(result);
    }
  }
  return measured;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  return { median: at(0.5), min: at(0), max: at(1) };
}

/** Round by round: the one's answers per second in terms of the other's. */
export function ratioOf(measured: ReadonlyMap<string, readonly Measured[]>, one: string, other: string): Spread {
  const [ours, theirs] = [measured.get(one) ?? [], measured.get(other) ?? []];
  return spreadOf(ours.map(({ perSecond }, i) => perSecond / (theirs[i] as Measured).perSecond));
}

export function spread({ median, min, max }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
