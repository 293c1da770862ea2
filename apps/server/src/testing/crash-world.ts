import type { BookingWish } from '@holdfast/contract/booking';
import { sql } from 'kysely';
import type { App } from '../app.ts';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { clientOf } from './call.ts';
import { CrashPlan } from './crashing.ts';
import { deskOf } from './desk-of.ts';
import { PATIENCE } from './patience.ts';
import { signInAs } from './sign-in-as.ts';
import { KEYS, type TestApp } from './test-app.ts';
import { wishFor } from './wishes.ts';

export const commands = [
  'create',
  'pay',
  'payLate',
  'webhook',
  'return',
  'poll',
  'expire',
  'cancel',
  'another',
  'link',
  'payOpen',
  'desk',
  'reverse',
] as const;
export type Command = { readonly kind: (typeof commands)[number]; readonly who: 0 | 1; readonly times: 0 | 1 | 2 | 3 };

export interface Played {
  readonly plan: CrashPlan;
  readonly staffId: string;
  readonly told: readonly string[];
}

interface Process extends App {
  readonly plan: CrashPlan;
  readonly origin: string;
}

const TOPICS = [
  'booking.made',
  'appointment.expired',
  'appointment.cancelled',
  'payment.captured',
  'payment.credited',
  'payment.closed',
  'payment.checking',
  'payment.taken_at_desk',
  'payment.reversed_at_desk',
];
const PEOPLE = 40;
let keys = 0;
export const crashStaff = Object.fromEntries(Array.from({ length: PEOPLE }, (_, n) => [`stf_${n}`, { status: 'required' as const }]));

/**
 * Two clients who want the same time of the same team member, a provider, and a server process that may die at one step. After a death another
 * process takes over and the client whose request got no answer sends it again: what people and browsers do.
 */
export class CrashWorld {
  readonly #world: TestApp;
  #round = 0;
  #other: Process | undefined;
  /** What the playing round is told. */
  #told: string[] = [];
  constructor(world: TestApp) {
    this.#world = world;
  }

  async play(script: readonly Command[], at?: { step: number; side: 'before' | 'after' }): Promise<Played> {
    const { sandbox, clock } = this.#world;
    const round = this.#round++;
    const staffId = `stf_${round % PEOPLE}`;
    const startsAt = timeFor(clock.now(), round);
    const wish = await wishFor(this.#world, { serviceIds: ['srv_color', 'srv_wash'], staffId, startsAt });
    const later = await wishFor(this.#world, {
      serviceIds: ['srv_color', 'srv_wash'],
      staffId,
      startsAt: new Date(new Date(startsAt).getTime() + 7_200_000).toISOString(),
    });
    const { cookie } = await signInAs(this.#world, 'owner');
    const plan = new CrashPlan(at);
    this.#told = [];
    const told = this.#told;
    sandbox.events.hold();
    let app = await this.#process(plan);
    const clients = [0, 1].map((n) => ({
      wish: wish(round * 2 + n),
      later: later(round * 2 + n),
      token: '',
      appointmentId: '',
      sessions: new Set<string>(),
    }));

    // runs a request; when the process has died under it, another one takes over and gets it again
    const ask = async (request: (client: ReturnType<typeof clientOf>, desk: ReturnType<typeof deskOf>) => Promise<{ status: number }>) => {
      const deskNow = () => deskOf({ ...this.#world, ...app }, cookie);
      const answer = await request(clientOf({ ...this.#world, ...app }), deskNow()).catch(() => ({ status: 500 }));
      if (!plan.dead || app.plan !== plan) return answer;
      app = await this.#takeOver(app);
      return request(clientOf({ ...this.#world, ...app }), deskNow());
    };
    const payOn = (sessions: ReadonlySet<string>) => {
      for (const session of sessions) {
        try {
          sandbox.pay(session);
        } catch {
          // paid or closed already: the page says so
        }
      }
    };
    const background = async () => {
      await app.background.settleDown();
      if (plan.dead && app.plan === plan) {
        app = await this.#takeOver(app);
      }
    };
    const book = async (client: (typeof clients)[number], what: BookingWish) => {
      const answer = (await ask((api) => api.book(what))) as Awaited<ReturnType<ReturnType<typeof clientOf>['book']>>;
      if (answer.status >= 300) return;
      client.token = answer.body.token;
      client.appointmentId = answer.body.appointments[0]?.id ?? '';
    };

    for (const command of [...script, ...ending]) {
      const client = clients[command.who];
      if (!client) continue;
      switch (command.kind) {
        case 'create':
          await book(client, client.wish);
          break;
        case 'another':
          await book(client, client.later);
          break;
        case 'pay':
        case 'payLate': {
          if (!client.token) break;
          const page = (await ask((api) => api.startPayment(client.token))) as Awaited<ReturnType<ReturnType<typeof clientOf>['startPayment']>>;
          if (page.status === 200) client.sessions.add(clientOf({ ...this.#world, ...app }).sessionOf(page.body));
          if (command.kind === 'payLate') {
            // the provider cannot be reached while the hold runs out, so its page stays open, and the client pays on it
            app.plan.providerGone = true;
            clock.advance({ minutes: 17 });
            await background();
            app.plan.providerGone = false;
            plan.providerGone = false;
          }
          payOn(client.sessions);
          break;
        }
        case 'webhook':
          if (command.times > 0) {
            await sandbox.events.release({ times: command.times, shuffle: true });
            await app.afterwards();
            await background();
          }
          break;
        case 'return':
          if (client.token) await ask((api) => api.comeBack(client.token));
          break;
        case 'poll':
          clock.advance({ minutes: 2 });
          await background();
          break;
        case 'expire':
          clock.advance({ minutes: 16 });
          await background();
          break;
        case 'link': {
          if (!client.appointmentId) break;
          const page = (await ask((api) => api.followLink(client.appointmentId))) as Awaited<ReturnType<ReturnType<typeof clientOf>['followLink']>>;
          if (page.status === 200) client.sessions.add(clientOf({ ...this.#world, ...app }).sessionOf(page.body));
          break;
        }
        case 'payOpen':
          payOn(client.sessions);
          break;
        case 'desk': {
          const key = `desk_${round}_${keys++}_of_a_screen`;
          // now and then the provider cannot be reached, so that its pages stay open
          app.plan.providerGone = command.times > 1;
          if (client.appointmentId) await ask((_api, desk) => desk.take(client.appointmentId, key));
          app.plan.providerGone = false;
          plan.providerGone = false;
          break;
        }
        case 'reverse':
          if (client.appointmentId) await ask((_api, desk) => desk.reverse(client.appointmentId));
          break;
        case 'cancel':
          if (client.token) await ask((api) => api.cancel(client.token));
          break;
      }
    }
    clock.advance({ minutes: 70 });
    await sandbox.tick();
    await app.afterwards();
    await background();
    if (app.plan === plan) await app.close();
    return { plan, staffId, told };
  }

  async close(): Promise<void> {
    await this.#other?.close();
  }

  /** Another process, which has been there since somebody died for the first time: with several, one that lives is asked instead. */
  async #takeOver(from: Process): Promise<Process> {
    await from.close();
    this.#other ??= await this.#process(new CrashPlan());
    this.#sendWebhooksTo(this.#other);
    return this.#other;
  }

  /** What every cent of this team member's clients came to: at the provider, in attempts, in the books. */
  async money(staffId: string): Promise<{ captured: bigint; placed: bigint; posted: bigint; references: readonly string[] }> {
    const { rows } = await sql<{ references: string[] | null; captured: bigint; placed: bigint; posted: bigint }>`
      with attempts as (
        select p.attempt_id, p.reference, p.captured_minor from payment_attempts p
         where exists (select 1 from payment_lines l join appointments a on a.chain_id = l.chain_id and a.appointment_id = l.purpose_id
                        where l.chain_id = p.chain_id and l.attempt_id = p.attempt_id and a.staff_id = ${staffId}))
      select array_agg(reference) "references", coalesce(sum(captured_minor), 0)::bigint captured,
             (select coalesce(sum(l.placed_minor), 0)::bigint from payment_lines l where l.attempt_id in (select attempt_id from attempts) and l.outcome <> 'pending') placed,
             (select coalesce(sum(p.amount_minor), 0)::bigint from ledger_entries e join ledger_postings p on p.chain_id = e.chain_id and p.entry_id = e.entry_id
               where e.cause_kind = 'payment_captured' and e.cause_id in (select attempt_id from attempts)) posted
        from attempts`.execute(this.#world.database.read);
    const [row] = rows;
    return { captured: row?.captured ?? 0n, placed: row?.placed ?? 0n, posted: row?.posted ?? 0n, references: row?.references ?? [] };
  }

  async #process(plan: CrashPlan): Promise<Process> {
    const source = postgresSource(this.#world.database.url, { connections: 4, patience: PATIENCE });
    // coming up is not what is tested: it happens before the first step is counted
    let counting = false;
    const counted = plan.source(source);
    const db = createDatabase({ connect: () => (counting ? counted : source).connect(), close: () => source.close() });
    const app = await this.#world.again({
      db,
      moneyOnly: true,
      providerOf: (ordinary) => plan.providerOf(ordinary),
      outboxHandlers: plan.handlers(TOPICS, (topic, subject) => this.#told.push(`${topic} ${subject}`)),
    });
    const origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const process = { ...app, plan, origin };
    this.#sendWebhooksTo(process);
    counting = true;
    return process;
  }

  #sendWebhooksTo({ origin }: Process): void {
    const { scope, connectionId, sandbox } = this.#world;
    sandbox.setAccount({
      secretKey: KEYS.secretKey,
      publishableKey: KEYS.publishableKey,
      webhookSecret: KEYS.signingSecret,
      webhookUrl: `${origin}/api/v1/webhooks/${scope.chainId}/${connectionId}`,
    });
  }
}

/** Everything that is still to come comes in the end: both come back, events arrive, time passes. */
const ending: readonly Command[] = [
  { kind: 'webhook', who: 0, times: 1 },
  { kind: 'return', who: 0, times: 0 },
  { kind: 'return', who: 1, times: 0 },
];

/** Tomorrow, at one of 16 times of the day that do not touch each other. */
function timeFor(now: Date, round: number): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 2 + (Math.floor(round / PEOPLE) % 20)));
  return new Date(day.getTime() + (9 + (Math.floor(round / (PEOPLE * 20)) % 3) * 3) * 3_600_000).toISOString();
}
