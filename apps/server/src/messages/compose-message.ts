import { isolated } from '@holdfast/contract/client-language';
import { fillTemplate } from '@holdfast/contract/fill-template';
import type { MessageChannel, MessageKind } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { linkOfUserToken } from '../access/user-link.ts';
import { readBooking } from '../booking/read-booking.ts';
import { readClientRecord } from '../clients/read-client.ts';
import { invariant } from '../kit/problem.ts';
import { moneyApplied } from '../payments/money-applied.ts';
import { composeCode } from './compose-code.ts';
import type { MessagesContext } from './context.ts';
import { factsOfMembership } from './facts-for-membership.ts';
import { factsOfReceipt, factsOfTopUp } from './facts-for-money.ts';
import { factsForWaiting } from './facts-for-waiting.ts';
import { placeOf } from './place-of.ts';
import { BY_HAND, type Planned } from './plan-messages.ts';
import { isSaidOtherwise } from './said-otherwise.ts';
import { stillTrueOf } from './still-true.ts';
import { templateOf } from './templates.ts';
import { amount, asSubject, clock, type Facts, visitsText, when } from './write-message.ts';

export interface MessageRow {
  readonly scope: Scope;
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly subjectKind: Planned['subject']['kind'];
  readonly subjectId: string;
  readonly clientId: string | null;
  readonly cause: string;
}

export type Composed =
  | {
      readonly kind: 'ready';
      readonly to: string;
      readonly language: string;
      readonly subject: string;
      readonly body: string;
      /** What is written down instead, where staff must not read what was said. */
      readonly kept?: { readonly to: string; readonly body: string };
    }
  | { readonly kind: 'drop'; readonly because: 'no_longer_true' | 'no_address' };

/** Reads how things stand now, and writes the message; or says why it is not to be sent any more. */
export async function composeMessage(ctx: MessagesContext, row: MessageRow): Promise<Composed> {
  const { subjectKind } = row;
  if (subjectKind === 'phone_code') return composeCode(ctx, row);
  const found = await factsFor(ctx, { ...row, subjectKind });
  if (found.kind === 'drop') return found;
  const template = await templateOf(ctx.db.read, row.scope, row.kind, row.channel, found.language);
  const facts = row.channel === 'email' ? inOrder(found.facts, found.language) : found.facts;
  const said = { subject: asSubject(fillTemplate(template.subject, facts)), body: fillTemplate(template.body, facts).trim() };
  if (row.kind === 'moved' && (await isSaidOtherwise(ctx.db.read, row, { to: found.to, body: said.body })))
    return { kind: 'drop', because: 'no_longer_true' };
  return { kind: 'ready', to: found.to, language: found.language, ...said };
}

/** Names and numbers keep their own order in a right-to-left sentence. An address is left alone: whatever clings to it would be clicked too. */
function inOrder(facts: Facts, language: string): Facts {
  const kept = (text: string) => text.split('\n').map((line) => isolated(language, line));
  return Object.fromEntries(Object.entries(facts).map(([name, text = '']) => [name, name === 'link' ? text : kept(text).join('\n')]));
}

export type Found = { readonly kind: 'found'; readonly to: string; readonly language: string; readonly facts: Facts } | (Composed & { kind: 'drop' });

function factsFor(ctx: MessagesContext, row: MessageRow & { subjectKind: Exclude<MessageRow['subjectKind'], 'phone_code'> }): Promise<Found> {
  switch (row.subjectKind) {
    case 'user_token':
      return factsForUser(ctx, row);
    case 'top_up':
    case 'receipt':
    case 'membership':
      return factsForMoney(ctx, row);
    case 'waiting':
      return factsForWaiting(ctx, row);
    case 'booking':
    case 'appointment':
      return factsForClient(ctx, row);
  }
}

async function factsForMoney(ctx: MessagesContext, { scope, kind, subjectKind, subjectId, channel }: MessageRow): Promise<Found> {
  const about =
    subjectKind === 'membership'
      ? await factsOfMembership(ctx, scope, subjectId, kind)
      : await (subjectKind === 'top_up' ? factsOfTopUp : factsOfReceipt)(ctx, scope, subjectId);
  const client = about && (await readClientRecord(ctx.db.read, scope.chainId, about.clientId));
  if (!client) return { kind: 'drop', because: 'no_longer_true' };
  const to = channel === 'email' ? client.email : client.phone;
  if (!to) return { kind: 'drop', because: 'no_address' };
  const { name, phone } = await placeOf(ctx, scope);
  return { kind: 'found', to, language: client.language, facts: { client: client.name, salon: name, phone, ...about.facts(client.language) } };
}

async function factsForUser(ctx: MessagesContext, { scope, subjectId }: MessageRow): Promise<Found> {
  const link = await linkOfUserToken(ctx, scope.chainId, subjectId);
  if (!link) return { kind: 'drop', because: 'no_longer_true' };
  const { timeZone } = await placeOf(ctx, scope);
  const { email, name, language } = link.user;
  return {
    kind: 'found',
    to: email,
    language,
    facts: { client: name, salon: link.chain, link: link.address, deadline: when(link.expiresAt, timeZone, language) },
  };
}

async function factsForClient(ctx: MessagesContext, row: MessageRow): Promise<Found> {
  const { scope, kind, channel } = row;
  const about = row.subjectKind === 'appointment' ? row.subjectId : undefined;
  const bookingId = about === undefined ? row.subjectId : await bookingOfAppointment(ctx, scope, about);
  const booking = await readBooking(ctx, scope, bookingId);
  const paid = kind === 'paid' ? await moneyApplied(ctx.db.read, scope, row.cause) : undefined;
  const appointments = stillTrueOf(kind, booking, about, ctx.now()).filter(({ id }) => !paid || paid.has(id));
  if (appointments.length === 0) return { kind: 'drop', because: 'no_longer_true' };
  const money = paid ? appointments.reduce((sum, { id }) => sum + (paid.get(id) ?? 0), 0) : await amountOf(ctx, row, booking.dueMinor);
  if (money === 0) return { kind: 'drop', because: 'no_longer_true' };
  // what staff have corrected since counts; what was typed at the booking is for whom nobody wrote down
  const client = row.clientId ? await readClientRecord(ctx.db.read, scope.chainId, row.clientId) : undefined;
  const to = channel === 'email' ? client?.email || booking.client.email : client?.phone || booking.client.phone;
  if (!to) return { kind: 'drop', because: 'no_address' };
  const place = await placeOf(ctx, scope);
  const { language } = booking;
  const link = kind === 'payment_link' && about ? ctx.links.urlOf(scope.chainId, about) : `${ctx.publicUrl}/b/${booking.token}`;
  return {
    kind: 'found',
    to,
    language,
    facts: {
      client: booking.client.name || client?.name || '',
      visits: visitsText(appointments, place, language, channel),
      salon: place.name,
      address: place.address,
      phone: place.phone,
      amount: money === undefined ? '' : amount(money, booking.currency, language),
      deadline: booking.holdExpiresAt ? clock(booking.holdExpiresAt, place.timeZone, language) : '',
      link: kind === 'expired' ? booking.bookAgainUrl : link,
    },
  };
}

/** The amount it is about, minor units; undefined: it is about none; 0: there is nothing to pay any more. */
async function amountOf(ctx: MessagesContext, row: MessageRow, dueMinor: number): Promise<number | undefined> {
  const { scope, kind, cause, subjectId } = row;
  const ask = async (query: ReturnType<typeof sql<{ minor: bigint }>>) => Number((await query.execute(ctx.db.read)).rows[0]?.minor ?? 0n);
  switch (kind) {
    case 'awaiting_payment':
      return dueMinor;
    case 'payment_link':
      return ask(
        sql`select greatest(cost_minor - paid_minor - held_for_visit(chain_id, appointment_id), 0) minor from appointments where chain_id = ${scope.chainId} and appointment_id = ${subjectId}`,
      );
    case 'refund':
      if (!cause.startsWith(BY_HAND)) return refundOf(ctx, scope, cause);
      return ask(
        sql`select amount_minor minor from refunds where chain_id = ${scope.chainId} and refund_id = ${cause.slice(BY_HAND.length)} and status = 'given_back'`,
      );
    default:
      return undefined;
  }
}

/** What went back with this refund: the cause says how much had gone back in all by then; the one told before it says how much before. */
async function refundOf(ctx: MessagesContext, { chainId }: Scope, cause: string): Promise<number> {
  const [attemptId = '', inAll = '0'] = cause.split('/');
  const { rows } = await sql<{ before: string | null }>`
    select max(split_part(cause, '/', 2)::bigint)::text before from messages
     where chain_id = ${chainId} and kind = 'refund' and cause like ${`${attemptId}/%`} and split_part(cause, '/', 2)::bigint < ${inAll}::bigint`.execute(
    ctx.db.read,
  );
  return Number(BigInt(inAll) - BigInt(rows[0]?.before ?? 0));
}

async function bookingOfAppointment(ctx: MessagesContext, { chainId }: Scope, appointmentId: string): Promise<string> {
  const { rows } = await sql<{ bookingId: string }>`
    select booking_id "bookingId" from appointments where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(ctx.db.read);
  invariant(rows[0], 'a message is about an appointment that is there');
  return rows[0].bookingId;
}
