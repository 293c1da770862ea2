// The reference: the least that can take a booking and its money's intent in one transaction. One request is one statement: idempotency key, appointment
// under an exclusion constraint, payment attempt, two ledger rows, outbox row, audit row. It knows no opening hours, no prices but one, no terms, no
// limits, no client, no second appointment, no repeated answer, and it validates nothing.
import Fastify from 'fastify';
import pg from 'pg';
import { PATH, PRICE_MINOR } from './salon.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: Number(process.env['POOL'] ?? 10) });

await pool.query(`
  create schema thin;
  create table thin.keys (key text primary key, created_at timestamptz not null default now());
  create table thin.appointments (appointment_id bigint generated always as identity primary key, staff_id text not null, span tstzrange not null,
    client_name text not null, phone text not null, status text not null, exclude using gist (staff_id with =, span with &&));
  create table thin.attempts (attempt_id bigint generated always as identity primary key, appointment_id bigint not null references thin.appointments,
    amount_minor bigint not null, currency text not null, status text not null);
  create table thin.ledger (ledger_id bigint generated always as identity primary key, attempt_id bigint not null references thin.attempts,
    account text not null, amount_minor bigint not null);
  create table thin.outbox (outbox_id bigint generated always as identity primary key, topic text not null, subject_id bigint not null, due_at timestamptz);
  create index on thin.outbox (due_at) where due_at is not null;
  create table thin.audit (audit_id bigint generated always as identity primary key, subject_id bigint not null, what text not null, at timestamptz not null)`);

const BOOK = `
  with key as (insert into thin.keys (key) values ($1)),
  appointment as (
    insert into thin.appointments (staff_id, span, client_name, phone, status)
    values ($2, tstzrange($3::timestamptz, $3::timestamptz + interval '15 minutes'), $4, $5, 'held') returning appointment_id),
  attempt as (
    insert into thin.attempts (appointment_id, amount_minor, currency, status) select appointment_id, $6, 'UAH', 'intended' from appointment returning attempt_id),
  ledger as (
    insert into thin.ledger (attempt_id, account, amount_minor)
    select attempt_id, account, amount from attempt, (values ('clearing', $6::bigint), ('prepayments', -$6::bigint)) rows (account, amount)),
  told as (insert into thin.outbox (topic, subject_id, due_at) select 'booking.made', appointment_id, now() from appointment),
  audited as (insert into thin.audit (subject_id, what, at) select appointment_id, 'booked', now() from appointment)
  select appointment_id, attempt_id from appointment, attempt`;

interface Wish {
  readonly draftId: string;
  readonly appointments: readonly { readonly staffId: string; readonly startsAt: string }[];
  readonly client: { readonly name: string; readonly phone: string };
}

const app = Fastify();
app.post<{ Body: Wish }>(PATH, async ({ body }, reply) => {
  const { draftId, client } = body;
  const wished = body.appointments[0];
  try {
    const values = [draftId, wished?.staffId, wished?.startsAt, client.name, client.phone, PRICE_MINOR];
    const { rows } = await pool.query({ name: 'book', text: BOOK, values });
    return reply.code(201).send({ appointmentId: rows[0].appointment_id, attemptId: rows[0].attempt_id, status: 'held' });
  } catch (error) {
    if ((error as { code?: string }).code === '23P01' || (error as { code?: string }).code === '23505')
      return reply.code(409).send({ code: 'time_taken' });
    throw error;
  }
});
console.log(`listening on ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
process.once('SIGTERM', () => process.exit(0));
