import {
  askedMessageKinds,
  codeMessageKinds,
  type MessageChannel,
  type MessageKind,
  messageChannels,
  messageKinds,
  userMessageKinds,
} from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import { placeOfCode } from '../confirmations/code-to-send.ts';
import type { OutboxEvent, OutboxHandler } from '../kit/outbox.ts';
import { openChannels } from './channels.ts';
import type { MessagesContext } from './context.ts';

/** How long a client who is about to pay is left in peace before they are reminded that they have not. */
export const AWAITING_AFTER_MS = 3 * 60_000;

/** How the cause of a message begins that is about a refund onto the client's account, or out of a register. */
export const BY_HAND = 'by hand ';

export interface Planned {
  readonly scope: Scope;
  readonly kind: MessageKind;
  /** Once for each of these, however often it is told. */
  readonly cause: string;
  readonly subject: {
    readonly kind: 'booking' | 'appointment' | 'user_token' | 'top_up' | 'receipt' | 'membership' | 'phone_code' | 'waiting';
    readonly id: string;
  };
  readonly clientId: string | null;
  readonly dueAt: Date;
  /** Only this channel, because somebody chose it. */
  readonly only?: MessageChannel;
}

/** Writes down what is to be said, once for each cause and channel that is open and wanted. */
export async function planMessage(ctx: MessagesContext, planned: Planned): Promise<void> {
  const { scope, kind, cause, subject, clientId, dueAt, only } = planned;
  const open = await openChannels(ctx.db.read, scope);
  const wanted = await wantedChannels(ctx, scope, kind);
  for (const channel of messageChannels) {
    if (!open.includes(channel) || !(only ? channel === only : wanted.includes(channel))) continue;
    await sql`
      insert into messages (chain_id, message_id, location_id, cause, kind, channel, subject_kind, subject_id, client_id, status, due_at, created_at)
      values (${scope.chainId}, ${ctx.newId('msg')}, ${scope.locationId}, ${cause}, ${kind}, ${channel}, ${subject.kind}, ${subject.id}, ${clientId}, 'waiting',
              ${dueAt}, ${ctx.now()}) on conflict on constraint messages_once do nothing`.execute(ctx.db.read);
  }
}

async function wantedChannels(ctx: MessagesContext, { chainId, locationId }: Scope, kind: MessageKind): Promise<readonly MessageChannel[]> {
  // users get into the house by e-mail, whatever is switched off
  if ((userMessageKinds as readonly MessageKind[]).includes(kind)) return ['email'];
  if ((askedMessageKinds as readonly MessageKind[]).includes(kind)) return messageChannels;
  if ((codeMessageKinds as readonly MessageKind[]).includes(kind)) return ['sms'];
  const { rows } = await sql<{ email: boolean; sms: boolean }>`
    select email, sms from message_kinds where chain_id = ${chainId} and location_id = ${locationId} and kind = ${kind}`.execute(ctx.db.read);
  const chosen = rows[0] ?? messageKinds[kind];
  return messageChannels.filter((channel) => chosen[channel]);
}

interface Place {
  readonly scope: Scope;
  readonly bookingId: string;
  readonly appointmentId: string | undefined;
  readonly clientId: string;
}

/** What the house tells, and what of it is said to people. Harmless to run twice: the cause is the same. */
export function messageHandlers(ctx: () => MessagesContext): Readonly<Record<string, OutboxHandler>> {
  const about =
    (
      kind: MessageKind,
      find: (event: OutboxEvent) => Promise<Place | undefined>,
      cause: (event: OutboxEvent, place: Place) => string,
    ): OutboxHandler =>
    async (_deps, event) => {
      const place = await find(event);
      if (!place) return;
      const subject = place.appointmentId
        ? { kind: 'appointment' as const, id: place.appointmentId }
        : { kind: 'booking' as const, id: place.bookingId };
      await planMessage(ctx(), { scope: place.scope, kind, cause: cause(event, place), subject, clientId: place.clientId, dueAt: event.toldAt });
    };
  const ofBooking = (event: OutboxEvent) => placeOfBooking(ctx(), event.chainId, event.subjectId);
  const ofAppointment = (event: OutboxEvent) => placeOfAppointment(ctx(), event.chainId, event.subjectId);
  const ofPayment = (event: OutboxEvent) => {
    const { order } = event.payload as { order?: { kind: string; id: string } };
    if (order?.kind === 'booking') return placeOfBooking(ctx(), event.chainId, order.id);
    return order?.kind === 'visit' ? placeOfAppointment(ctx(), event.chainId, order.id) : Promise.resolve(undefined);
  };
  const givenByHand = about('refund', ofAppointment, ({ payload }) => `${BY_HAND}${String(payload['refundId'])}`);
  const bookedByStaff = about('booked', ofAppointment, (_event, { bookingId }) => bookingId);
  const booked = about('booked', ofBooking, (_event, { bookingId }) => bookingId);
  return {
    'booking.made': async (deps, event) => {
      await booked(deps, event);
      const place = await ofBooking(event);
      if (!place || !(await holdsTime(ctx(), place))) return;
      const dueAt = new Date(event.toldAt.getTime() + AWAITING_AFTER_MS);
      const subject = { kind: 'booking' as const, id: place.bookingId };
      await planMessage(ctx(), { scope: place.scope, kind: 'awaiting_payment', cause: place.bookingId, subject, clientId: place.clientId, dueAt });
    },
    'appointment.made': async (deps, event) => {
      // out of a file: they have known it for long
      if (event.payload['quietly'] !== true) await bookedByStaff(deps, event);
    },
    'payment.captured': about('paid', ofPayment, ({ subjectId }) => subjectId),
    'payment.refunded': about('refund', ofPayment, ({ subjectId, payload }) => `${subjectId}/${String(payload['refundedMinor'])}`),
    // what a provider gives back is told by the payment itself
    'refund.given_back': async (deps, event) => {
      if (event.payload['way'] !== 'provider') await givenByHand(deps, event);
    },
    'appointment.expired': about('expired', ofAppointment, ({ id }) => id),
    // each by itself: who is moved there, back, and there again hears of it three times
    'appointment.moved': about('moved', ofAppointment, ({ id }) => id),
    'appointment.cancelled': about('cancelled', ofAppointment, ({ subjectId }) => subjectId),
    'payment_link.send': async (_deps, event) => {
      const place = await ofAppointment(event);
      const only = event.payload['channel'] === 'sms' ? 'sms' : 'email';
      if (!place) return;
      const subject = { kind: 'appointment' as const, id: event.subjectId };
      await planMessage(ctx(), {
        scope: place.scope,
        kind: 'payment_link',
        cause: event.id,
        subject,
        clientId: place.clientId,
        dueAt: event.toldAt,
        only,
      });
    },
    'top_up_link.send': (_deps, event) => planForMoney(ctx(), event, 'top_up'),
    'receipt.sent': (_deps, event) => planForMoney(ctx(), event, 'receipt'),
    'phone_code.asked': async (_deps, event) => {
      const scope = await placeOfCode(ctx(), event.chainId, event.subjectId);
      if (!scope) return;
      const subject = { kind: 'phone_code' as const, id: event.subjectId };
      await planMessage(ctx(), { scope, kind: 'phone_code', cause: event.subjectId, subject, clientId: null, dueAt: event.toldAt });
    },
    'membership.sold': (_deps, event) => planForMembership(ctx(), event, 'membership_bought', String(event.payload['membershipId'])),
    'membership.running_out': (_deps, event) => planForMembership(ctx(), event, 'membership_running_out', event.subjectId),
    'user.invited': (_deps, event) => planForUser(ctx(), event, 'user_invited'),
    'user.reset_asked': (_deps, event) => planForUser(ctx(), event, 'user_reset'),
  };
}

/** Once for each membership and reason: a week before its end, and after its last visit. */
async function planForMembership(
  ctx: MessagesContext,
  event: OutboxEvent,
  kind: 'membership_bought' | 'membership_running_out',
  membershipId: string,
): Promise<void> {
  const { rows } = await sql<{ locationId: string; clientId: string }>`
    select location_id "locationId", client_id "clientId" from memberships
     where chain_id = ${event.chainId} and membership_id = ${membershipId}`.execute(ctx.db.read);
  const [row] = rows;
  if (!row) return;
  const because = event.payload['because'];
  await planMessage(ctx, {
    scope: mintScope(event.chainId, row.locationId),
    kind,
    cause: typeof because === 'string' ? `${membershipId} ${because}` : membershipId,
    subject: { kind: 'membership', id: membershipId },
    clientId: row.clientId,
    dueAt: event.toldAt,
  });
}

/** What staff send about money that belongs to no visit: by the channel they chose. */
async function planForMoney(ctx: MessagesContext, event: OutboxEvent, about: 'top_up' | 'receipt'): Promise<void> {
  const { locationId, clientId, channel } = event.payload as { locationId: string; clientId: string; channel: MessageChannel };
  await planMessage(ctx, {
    scope: mintScope(event.chainId, locationId),
    kind: about === 'top_up' ? 'top_up_link' : about,
    cause: event.id,
    subject: { kind: about, id: event.subjectId },
    clientId,
    dueAt: event.toldAt,
    only: channel,
  });
}

/** A user's message goes from a location where they work and e-mail is set up; else from any of the chain's. */
async function planForUser(ctx: MessagesContext, event: OutboxEvent, kind: 'user_invited' | 'user_reset'): Promise<void> {
  const { rows } = await sql<{ locationId: string }>`
    select c.location_id "locationId" from message_channels c
      join user_tokens t on t.chain_id = c.chain_id and t.token_id = ${event.subjectId}
      left join user_locations p on p.chain_id = c.chain_id and p.location_id = c.location_id and p.user_id = t.user_id
     where c.chain_id = ${event.chainId} and c.channel = 'email' and c.enabled
     order by p.user_id is null, c.location_id limit 1`.execute(ctx.db.read);
  const [row] = rows;
  if (!row) return;
  const scope = mintScope(event.chainId, row.locationId);
  await planMessage(ctx, { scope, kind, cause: event.id, subject: { kind: 'user_token', id: event.subjectId }, clientId: null, dueAt: event.toldAt });
}

/** Whether something of the booking is kept only until it is paid. */
async function holdsTime(ctx: MessagesContext, { scope, bookingId }: Place): Promise<boolean> {
  const { rows } = await sql`
    select 1 from appointments where chain_id = ${scope.chainId} and booking_id = ${bookingId} and status = 'held' limit 1`.execute(ctx.db.read);
  return rows.length > 0;
}

async function placeOfBooking(ctx: MessagesContext, chainId: string, bookingId: string): Promise<Place | undefined> {
  const { rows } = await sql<{ locationId: string; clientId: string }>`
    select location_id "locationId", client_id "clientId" from bookings where chain_id = ${chainId} and booking_id = ${bookingId}`.execute(
    ctx.db.read,
  );
  const [row] = rows;
  return row && { scope: mintScope(chainId, row.locationId), bookingId, appointmentId: undefined, clientId: row.clientId };
}

async function placeOfAppointment(ctx: MessagesContext, chainId: string, appointmentId: string): Promise<Place | undefined> {
  const { rows } = await sql<{ locationId: string; bookingId: string; clientId: string }>`
    select location_id "locationId", booking_id "bookingId", client_id "clientId" from appointments
     where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(ctx.db.read);
  const [row] = rows;
  return row && { scope: mintScope(chainId, row.locationId), bookingId: row.bookingId, appointmentId, clientId: row.clientId };
}
