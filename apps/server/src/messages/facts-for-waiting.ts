import type { MessageKind } from '@holdfast/contract/message-kinds';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { readEntry } from '../waiting/read-entry.ts';
import type { Found, MessageRow } from './compose-message.ts';
import type { MessagesContext } from './context.ts';
import { placeOf } from './place-of.ts';
import { when } from './write-message.ts';

/** What is said to whoever waits, as long as it is still so. */
export async function factsForWaiting(ctx: MessagesContext, { scope, kind, subjectId, channel }: MessageRow): Promise<Found> {
  const entry = await readEntry(ctx, scope, subjectId);
  if (!isStillSo(kind, entry)) return { kind: 'drop', because: 'no_longer_true' };
  const to = channel === 'email' ? entry.client.email : entry.client.phone;
  if (!to) return { kind: 'drop', because: 'no_address' };
  const { name, phone, timeZone } = await placeOf(ctx, scope);
  const { language, offer } = entry;
  return {
    kind: 'found',
    to,
    language,
    facts: {
      client: entry.client.name,
      visits: whatFor(entry, timeZone),
      salon: name,
      phone,
      deadline: offer ? when(offer.until, timeZone, language) : '',
      link: kind === 'waiting_taken' && entry.booking ? entry.booking.url : entry.url,
    },
  };
}

function isStillSo(kind: MessageKind, { status, offer, booking }: WaitingEntry): boolean {
  switch (kind) {
    case 'waiting_joined':
      return status === 'waiting';
    case 'waiting_offered':
      return offer !== null;
    case 'waiting_taken':
      return booking !== null;
    case 'waiting_lapsed':
      return status === 'lapsed';
    case 'waiting_moved':
      return status === 'waiting' || status === 'offered';
    default:
      return status === 'over';
  }
}

function whatFor({ event, day, offer, places, language }: WaitingEntry, timeZone: string): string {
  const many = places > 1 ? ` × ${places}` : '';
  if (event) return `${when(event.startsAt, timeZone, language)} – ${event.title}${many}, ${event.staffName}`;
  const what = (day?.services ?? []).map(({ name }) => name).join(', ');
  if (offer) return `${when(offer.startsAt, timeZone, language)} – ${what}, ${offer.staffName}`;
  return `${day?.day ?? ''} – ${what}${day?.staffName ? `, ${day.staffName}` : ''}`;
}
