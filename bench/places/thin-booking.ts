import type pg from 'pg';

/**
 * The least that can be called booking a place: one statement takes it and, for who got one, writes the rows of bench/bookings/thin.ts (key, appointment, payment
 * attempt, two ledger rows, outbox, audit). It knows no client, no terms, no limits and no repeated answer, and validates nothing.
 */
export async function makeThinBookings(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create schema thin;
    create table thin.events (id int primary key, capacity int not null, taken int not null default 0);
    create table thin.keys (key text primary key, created_at timestamptz not null default now());
    create table thin.appointments (appointment_id bigint generated always as identity primary key, event_id int not null references thin.events,
      client_name text not null, phone text not null, status text not null);
    create table thin.attempts (attempt_id bigint generated always as identity primary key, appointment_id bigint not null references thin.appointments,
      amount_minor bigint not null, currency text not null, status text not null);
    create table thin.ledger (ledger_id bigint generated always as identity primary key, attempt_id bigint not null references thin.attempts,
      account text not null, amount_minor bigint not null);
    create table thin.outbox (outbox_id bigint generated always as identity primary key, topic text not null, subject_id bigint not null, due_at timestamptz);
    create index on thin.outbox (due_at) where due_at is not null;
    create table thin.audit (audit_id bigint generated always as identity primary key, subject_id bigint not null, what text not null, at timestamptz not null)`);
}

const BOOK = `
  with place as (update thin.events set taken = taken + 1 where id = $1 and taken < capacity returning id),
  key as (insert into thin.keys (key) select $2 from place),
  appointment as (
    insert into thin.appointments (event_id, client_name, phone, status) select id, $3, $4, 'held' from place returning appointment_id),
  attempt as (
    insert into thin.attempts (appointment_id, amount_minor, currency, status) select appointment_id, $5, 'UAH', 'intended' from appointment returning attempt_id),
  ledger as (
    insert into thin.ledger (attempt_id, account, amount_minor)
    select attempt_id, account, amount from attempt, (values ('clearing', $5::bigint), ('prepayments', -$5::bigint)) rows (account, amount)),
  told as (insert into thin.outbox (topic, subject_id, due_at) select 'booking.made', appointment_id, now() from appointment),
  audited as (insert into thin.audit (subject_id, what, at) select appointment_id, 'booked', now() from appointment)
  select appointment_id, attempt_id from appointment, attempt`;

/** Whether there was a place left. */
export async function bookThin(
  pool: pg.Pool,
  eventId: number,
  draftId: string,
  client: { name: string; phone: string },
  amountMinor: number,
): Promise<boolean> {
  const values = [eventId, draftId, client.name, client.phone, amountMinor];
  return (await pool.query({ name: 'book', text: BOOK, values })).rowCount === 1;
}
