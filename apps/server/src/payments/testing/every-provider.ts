import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Booking, PaymentStarted } from '@holdfast/contract/booking';
import type { Credentials } from '@holdfast/providers/payment-provider';
import { providerNamed, providerNames } from '@holdfast/providers/provider-registry';
import { sandboxOf } from '@holdfast/providers/sandbox-registry';
import { sql } from 'kysely';
import { mintScope, type Scope } from '../../access/scope.ts';
import { createApp } from '../../app.ts';
import { auditEverything } from '../../desk/audit.ts';
import { createLogger } from '../../kit/log.ts';
import { openPaymentPage } from '../../simulator/ask-house.ts';
import { furnish } from '../../simulator/furnish.ts';
import { type House, openHouse } from '../../simulator/open-house.ts';
import type { SalonRows } from '../../simulator/salon-rows.ts';
import { smallSalon } from '../../simulator/small-salon.ts';
import { type Answer, call } from '../../testing/call.ts';
import { testDatabase } from '../../testing/test-database.ts';
import { connectionById } from '../store.ts';
import { webhookAddress } from '../webhook-address.ts';
import { type Post, posted, readPost, renumbered, textOf } from './webhook-posts.ts';

/** Everybody who has a sandbox. */
export const everyProvider: readonly string[] = providerNames.filter((name) => sandboxOf(name) !== undefined);

const AT = new Date('2026-03-02T09:00:00Z');

export interface Refusal {
  readonly code: string;
  readonly title: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
export type Said<T> = Answer<T & Refusal>;

/** One merchant of the house: the salon itself, or its neighbour with an account of their own at the same provider. */
export interface Merchant {
  readonly scope: Scope;
  readonly connectionId: string;
  readonly credentials: Credentials;
  readonly webhookUrl: string;
  /** `locations/<chain>/<location>` */
  readonly place: string;
}

export interface Wish {
  readonly currency?: string | undefined;
  /** Of the service that has to be paid for, minor units, and whatever it is called. */
  readonly prices?: Readonly<Record<string, bigint>> | undefined;
  readonly names?: Readonly<Record<string, string>> | undefined;
}

export type EveryHouse = Awaited<ReturnType<typeof everyHouse>>;

/** The whole program on real PostgreSQL beside one provider's sandbox, listening, with everything it logs, and whatever the provider posts to it. */
export async function everyHouse(provider: string, { currency, prices, names }: Wish = {}) {
  const { currencies } = providerNamed(provider).capabilities;
  const coin = currency ?? (currencies === 'any' ? 'EUR' : (currencies[0] ?? 'EUR'));
  const logged: string[] = [];
  let hurried = false;
  const ordinary = sandboxOf(provider);
  if (!ordinary) throw new RangeError(`there is no sandbox of ${provider}`);
  const database = await testDatabase({ connections: 8 });
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-provider-'));
  const statePath = join(folder, 'sandbox.jsonl');
  const house: House = await openHouse({
    db: database,
    salon: salonOf(coin, { prices, names }),
    provider,
    start: (options) => ordinary({ ...options, statePath }),
    at: AT,
    log: createLogger('debug', { write: (line) => logged.push(line) }),
    create: (parts) =>
      createApp({
        ...parts,
        providerOf: (usual) => {
          const place = parts.sandboxEndpoint?.(provider);
          const adapter = (timeoutMs: number) => providerNamed(provider, { origin: place?.origin, ca: place?.ca, timeoutMs, now: parts.now });
          const [patient, impatient] = [adapter(10_000), adapter(250)];
          return (connection) => (connection.provider !== provider ? usual(connection) : hurried ? impatient : patient);
        },
      }),
  });
  const { app, clock, sandbox } = house;

  const posts: Post[] = [];
  let intercepting = false;
  house.entrance.lead((request, response) => {
    if (!intercepting || request.method !== 'POST' || !request.url?.startsWith('/api/v1/webhooks/')) return app.http.routing(request, response);
    readPost(request)
      .then((post) => {
        posts.push(post);
        response.end('{}');
      })
      .catch(() => response.destroy());
  });

  const settle = async () => {
    await sandbox.tick();
    await sandbox.webhooks.settled();
    await app.afterwards();
    await app.background.settleDown();
    await app.afterwards();
  };
  const { rows } = await sql<{ id: string }>`select connection_id id from provider_connections`.execute(database.read);
  const us: Merchant = { ...house, connectionId: rows[0]?.id ?? '' };
  let visits = 0;
  let forged = 0;

  return {
    ...house,
    database,
    logged: () => logged.join(''),
    currency: coin,
    us,
    settle,
    /** From now on a silence of the provider's is over soon: nobody waits for ten seconds in a test about that. */
    hurry(on: boolean) {
      hurried = on;
    },

    /** Another chain with another account at the same provider. */
    async neighbour(): Promise<Merchant> {
      const text = JSON.stringify(salonOf(coin, { prices, names })).replaceAll('chn_small', 'chn_next').replaceAll('"small"', '"next"');
      const salon = JSON.parse(text.replaceAll('loc_small', 'loc_next')) as SalonRows;
      const credentials = await sandbox.inventKeys('neighbour');
      const scope = mintScope(salon.chainId, salon.locationId);
      const connectionId = await furnish(app, scope, salon, { provider, credentials });
      const webhookUrl = webhookAddress(
        app.payments,
        { chainId: salon.chainId, locationId: salon.locationId, connectionId },
        house.provider.capabilities,
      );
      sandbox.setAccount(credentials, webhookUrl);
      return { scope, connectionId, credentials, webhookUrl, place: `locations/${salon.chainSlug}/${salon.locationSlug}` };
    },

    /** A client who holds a time that has to be paid for. */
    async book(at: Merchant = us, serviceId = 'srv_required'): Promise<Said<Booking>> {
      const n = visits++;
      // so that the newest payment is the newest
      clock.advance({ seconds: 1 });
      const day = Math.floor(clock.now().getTime() / 86_400_000) * 86_400_000;
      const startsAt = new Date(day + (2 + Math.floor(n / 8)) * 86_400_000 + (10 + (n % 8)) * 3_600_000).toISOString();
      const appointments = [{ serviceIds: [serviceId], staffId: 'stf_one', startsAt }];
      const quoted = await call<{ quoteId: string }>(app, 'POST', `/api/v1/${at.place}/quotes`, { appointments });
      return call<Booking & Refusal>(app, 'POST', `/api/v1/${at.place}/bookings`, {
        draftId: `draft_${String(n).padStart(20, '0')}`,
        quoteId: quoted.body.quoteId,
        appointments: appointments.map((one) => ({ ...one, payServiceIds: [] })),
        client: { name: `Client ${n}`, phone: `+3519120${String(10_000 + n).padStart(5, '0')}`, email: '' },
        comment: '',
        language: 'en',
        consent: { terms: true, termsVersion: 1 },
      });
    },
    startPayment: (token: string) => call<PaymentStarted & Refusal>(app, 'POST', `/api/v1/bookings/${token}/payments`),
    comeBack: (token: string) => call<Booking & Refusal>(app, 'POST', `/api/v1/bookings/${token}/payment-checks`),
    see: async (token: string) => (await call<Booking>(app, 'GET', `/api/v1/bookings/${token}`)).body,
    /** As a browser does it: a page of ours that posts itself is posted. */
    openPage: (page: PaymentStarted) => openPaymentPage(house, page.pageUrl),
    /** What the newest payment is called there and here. */
    async payment() {
      const { rows: found } = await sql<{ id: string | null; reference: string; attemptId: string; status: string; lastError: string | null }>`
        select provider_payment_id id, reference, attempt_id "attemptId", status, last_error "lastError" from payment_attempts
         order by superseded_at is null desc, created_at desc limit 1`.execute(database.read);
      const [newest] = found;
      if (!newest) throw new Error('nobody has paid yet');
      return { ...newest, id: newest.id ?? '' };
    },
    /** Books and goes to pay; on the provider's page now. */
    async onThePage(at: Merchant = us) {
      const booked = await this.book(at);
      if (booked.status !== 201) throw new Error(JSON.stringify(booked));
      const started = await this.startPayment(booked.body.token);
      if (started.status !== 200) throw new Error(JSON.stringify(started));
      await this.openPage(started.body);
      return { token: booked.body.token, page: started.body, ...(await this.payment()) };
    },
    /** Pays there and keeps the provider's posts away from us. Answers them. */
    async payUnheard(id: string): Promise<readonly Post[]> {
      intercepting = true;
      const before = posts.length;
      const answer = sandbox.pay(id);
      if (answer !== 'captured') throw new Error(answer);
      await sandbox.tick();
      await sandbox.webhooks.settled();
      intercepting = false;
      return posts.slice(before);
    },
    /** The same post with other words in it, and the proof that belongs to those: a lie that whoever holds these keys could tell. */
    forge(post: Post, edit: (text: string) => string, { credentials }: Pick<Merchant, 'credentials'> = us): Post {
      // the bank's own key, which nobody else has
      const [, pem] = /"privatePem":("(?:[^"\\]|\\.)*")/.exec(provider === 'mono' ? readFileSync(statePath, 'utf8') : '') ?? [];
      const bankKey = pem === undefined ? '' : (JSON.parse(pem) as string);
      forged += 1;
      return posted(provider, post, edit(renumbered(provider, textOf(provider, post), forged)), { credentials, now: clock.now(), bankKey });
    },
    async deliver({ url, headers, body }: Post): Promise<Said<{ received?: true }>> {
      const answer = await app.http.inject({ method: 'POST', url, headers: { ...headers }, payload: body });
      return { status: answer.statusCode, body: answer.json() };
    },
    async inbox(at: Merchant = us): Promise<Record<string, number>> {
      const { rows: found } = await sql<{ status: string; n: number }>`
        select status, count(*)::int n from webhook_inbox where chain_id = ${at.scope.chainId} group by 1`.execute(database.read);
      return Object.fromEntries(found.map((row) => [row.status, row.n]));
    },
    async attention(at: Merchant = us): Promise<readonly { kind: string; subject: string }[]> {
      const { rows: found } = await sql<{ kind: string; subject: string }>`
        select kind, subject_id subject from attention where resolved_at is null and chain_id = ${at.scope.chainId} order by 1, 2`.execute(
        database.read,
      );
      return found;
    },
    async connection(at: Merchant = us) {
      const row = await connectionById(database.read, at.scope.chainId, at.connectionId);
      if (!row) throw new Error('not there');
      return row;
    },
    /** Time passes as it does: from hour to hour, with all that becomes due. */
    async pass({ minutes }: { minutes: number }) {
      for (let left = minutes; left > 0; left -= 60) {
        clock.advance({ minutes: Math.min(60, left) });
        await settle();
      }
    },
    /** Everybody's books agree, the provider's with ours too. `strangers`: money that is nobody's here. Closes the house. */
    async everyCent({ strangers = [] }: { strangers?: readonly string[] } = {}) {
      sandbox.faults.clear();
      const listed = sandbox.payments().filter(({ reference }) => reference === undefined || !strangers.includes(reference));
      const { disagreements } = await auditEverything(
        app.payments,
        listed.map(({ reference, id, capturedMinor }) => ({ reference, providerPaymentId: id, capturedMinor })),
      );
      await house.close();
      rmSync(folder, { recursive: true });
      return disagreements;
    },
  };
}

function salonOf(currency: string, { prices, names }: Pick<Wish, 'prices' | 'names'>): SalonRows {
  const salon = smallSalon(currency, AT);
  const changed: Readonly<Record<string, (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>> = {
    locations: (row) => ({ ...row, holds_per_phone: 1000, holds_per_address_per_hour: 1_000_000, holds_share_percent: 100 }),
    services: (row) => {
      const id = String(row['service_id']);
      const price = String(prices?.[id] ?? 43_210n);
      return { ...row, online_payment: 'required', name: names?.[id] ?? id, price_min_minor: price, price_max_minor: price };
    },
  };
  return { ...salon, tables: salon.tables.map(({ table, rows }) => ({ table, rows: rows.map(changed[table] ?? ((row) => row)) })) };
}
