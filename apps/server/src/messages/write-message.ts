import type { Booking } from '@holdfast/contract/booking';
import { clientLanguages, clientLocale } from '@holdfast/contract/client-language';
import { formatMoney } from '@holdfast/contract/format-money';
import type { MessageChannel } from '@holdfast/contract/message-kinds';

export type Facts = Readonly<Partial<Record<string, string>>>;

/** "Tue, 4 March, 14:30 – Haircut, Anna", one for each appointment: lines in an e-mail, one after the other in an SMS. */
export function visitsText(
  appointments: readonly Booking['appointments'][number][],
  { timeZone }: { timeZone: string },
  language: string,
  channel: MessageChannel,
): string {
  return appointments
    .map(
      ({ startsAt, services, places, staffName }) =>
        `${when(startsAt, timeZone, language)} – ${services.map(({ name }) => name).join(', ')}${places > 1 ? ` × ${places}` : ''}, ${staffName}`,
    )
    .join(channel === 'email' ? '\n' : '; ');
}

export function when(instant: string | Date, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(new Date(instant));
}

/** "4 March 2026". */
export function dayOnly(instant: Date, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone }).format(instant);
}

export function clock(instant: string | Date, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(instant));
}

export function amount(minor: number, currency: string, language: string): string {
  return formatMoney(minor, currency, localeOf(language));
}

function localeOf(language: string): string {
  return clientLanguages.some((one) => one === language) ? clientLocale(language) : 'en-GB';
}

export interface Template {
  readonly subject: string;
  readonly body: string;
}

/** A name that begins like a header or goes over several lines must not break one. */
export function asSubject(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
