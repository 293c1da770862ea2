import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Booking } from '@holdfast/contract/booking';
import { type Acknowledged, askJson, type Crowd, crowdOf, randomFrom, type Step } from './kill-clients.ts';
import { runMain, type ServerProcess, twoFreePorts } from './kill-server.ts';

/**
 * When a round's process dies. `step`: right after a client has reached it, or up to `within` milliseconds later, so that over the rounds the blow
 * falls between any two statements of what the server is doing then. `stalled`: an event of the provider is stored and the provider does not answer
 * our question about it: between the inbox and the settling.
 */
export type Blow = { readonly step: Step; readonly times: number; readonly within: number } | { readonly stalled: true };

export const blows: readonly Blow[] = [
  { step: 'booked', times: 4, within: 0 },
  { step: 'pageAsked', times: 4, within: 25 },
  { step: 'pageShown', times: 5, within: 0 },
  { step: 'payAsked', times: 4, within: 10 },
  { step: 'paid', times: 5, within: 0 },
  { step: 'backAsked', times: 5, within: 25 },
  { stalled: true },
  { step: 'bookAsked', times: 9, within: 15 },
  { step: 'confirmed', times: 7, within: 300 },
];

export interface Survived {
  readonly seed: number;
  readonly kills: number;
  readonly acknowledged: number;
  readonly paidAtProvider: number;
  readonly confirmed: number;
  readonly reached: Crowd['reached'];
  /** What a client was told and what is no longer true. Empty is what we want. */
  readonly broken: readonly string[];
  /** How the process that survived the last round ended on SIGTERM. */
  readonly lastExit: { readonly code: number | null; readonly said: string };
}

/** Kills the demo with -9 once a blow while clients book and pay, starts it again on the same data each time, and asks for everything it had told them. */
export async function surviveBlows(
  settings: Readonly<Record<string, string>>,
  list: readonly Blow[],
  onStart: (running: ServerProcess) => void,
): Promise<Survived> {
  const seed = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 31));
  const random = randomFrom(seed);
  const port = await twoFreePorts();
  const origin = `http://127.0.0.1:${port}`;
  const sandboxOrigin = `http://127.0.0.1:${port + 1}`;
  const crowd = crowdOf({ origin, sandboxOrigin, random });
  const broken: string[] = [];
  const start = async () => {
    const running = runMain('start', { ...settings, PORT: String(port), LOG_LEVEL: 'error' });
    onStart(running);
    await running.said(/payment sandbox: /);
    return running;
  };
  let running = await start();
  for (const blow of list) {
    await load(crowd, running, blow, { random, sandboxOrigin });
    running = await start();
    // leases are over, everything due is done when this is answered: one sweep
    await moveClock(origin, 3);
    broken.push(...(await whatBroke(crowd, origin)));
    // unpaid holds run out, so that the limits on holding start afresh
    await moveClock(origin, 61);
  }
  broken.push(...(await whatBroke(crowd, origin)));
  running.signal('SIGTERM');
  const { code, said } = await running.ended;
  const told = [...crowd.acknowledged.values()];
  return {
    seed,
    kills: list.length,
    acknowledged: told.length,
    paidAtProvider: told.filter((one) => one.paidAtProvider).length,
    confirmed: told.filter((one) => one.status === 'confirmed').length,
    reached: crowd.reached,
    broken,
    lastExit: { code, said },
  };
}

async function load(
  crowd: Crowd,
  running: ServerProcess,
  blow: Blow,
  { random, sandboxOrigin }: { random: () => number; sandboxOrigin: string },
): Promise<void> {
  const dying = running.ended.then(() => {});
  if ('stalled' in blow) {
    await askJson(`${sandboxOrigin}/_sandbox/faults`, { match: 'read', kind: 'timeout', times: 2 });
    const crowdDone = crowd.run({ clients: 4, onStep: () => {}, enough: dying });
    for (let left = 2; left > 0; ) {
      const { body } = await askJson<{ faults: readonly { left: number }[] }>(`${sandboxOrigin}/_sandbox/faults`);
      left = body.faults.reduce((sum, one) => sum + one.left, 0);
    }
    running.signal('SIGKILL');
    await crowdDone;
  } else {
    let left = blow.times;
    const delay = Math.floor(random() * (blow.within + 1));
    await crowd.run({
      clients: 4,
      onStep: (step) => {
        if (step !== blow.step || --left !== 0) return;
        if (delay === 0) running.signal('SIGKILL');
        else void wait(delay).then(() => running.signal('SIGKILL'));
      },
      enough: dying,
    });
  }
  await running.ended;
}

async function moveClock(origin: string, advanceMinutes: number): Promise<void> {
  const { status, body } = await askJson(`${origin}/demo/clock`, { advanceMinutes });
  if (status !== 200) throw new Error(`the clock was not moved: ${JSON.stringify(body)}`);
}

/** Every word that was given to a client, held against what the server says now. */
async function whatBroke(crowd: Crowd, origin: string): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const told of crowd.acknowledged.values()) {
    const { status, body } = await askJson<Booking>(`${origin}/api/v1/bookings/${told.token}`);
    const why = status === 200 ? brokenWord(told, body) : `answered ${status}`;
    if (why) broken.push(`told ${JSON.stringify(told)}, now ${why}`);
  }
  return broken;
}

/** What is no longer as the client was told it is; undefined: the word was kept. A hold may have run out, and anything may have been paid since. */
export function brokenWord(told: Acknowledged, is: Booking): string | undefined {
  const now = `${is.status}, paid ${is.paidMinor}, ${is.appointments.map((one) => `${one.id} ${one.startsAt} ${one.status}`).join('; ')}`;
  const same = told.appointments.every((one) => is.appointments.some((other) => other.id === one.id && other.startsAt === one.startsAt));
  if (!same || is.appointments.length !== told.appointments.length) return now;
  if (told.paidAtProvider || told.status === 'confirmed')
    return is.status === 'confirmed' && is.paidMinor > 0 && is.paidMinor >= told.paidMinor ? undefined : now;
  if (told.status === 'waiting') return is.status === 'waiting' || is.status === 'confirmed' ? undefined : now;
  const kept = told.holdExpiresAt !== null && is.now < told.holdExpiresAt;
  return is.status === 'confirmed' || is.status === 'held' || (is.status === 'expired' && !kept) ? undefined : now;
}
