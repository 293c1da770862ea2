import type { Booking } from '@holdfast/contract/booking';
import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { ByLanguage } from '@holdfast/contract/link-settings';
import { paletteOf } from '@holdfast/contract/palette';
import type { WidgetSettings } from '@holdfast/contract/widget-settings';
import type { BookingLink, Catalog, LocationSettings } from '../catalog/catalog.ts';

/** What a booking link makes of the booking page, in one language. */
export function widgetSettings({ location }: Pick<Catalog, 'location'>, link: BookingLink, language: string): WidgetSettings {
  const { settings } = link;
  const said = (words: ByLanguage) => inLanguage(words, language, location.defaultLanguage);
  return {
    link: link.slug,
    first: settings.first,
    asksStaff: settings.asksStaff || !offersAnyStaff(location, link),
    otherLocations: settings.otherLocations,
    fields: settings.fields,
    phoneConfirmation: settings.phoneConfirmation,
    consentVersion: link.consentVersion,
    privacy: settings.privacy && (said(settings.privacy) || null),
    look: lookOf(location, link),
    texts: { welcome: said(settings.welcome), afterBooking: said(settings.afterBooking) },
    measurementId: link.measurementId,
  };
}

/** What of the booking link its bookings show afterwards; of one that is gone, what the default one has. */
export function bookedBy({ location, links }: Pick<Catalog, 'location' | 'links'>, linkId: string | undefined, language: string): Booking['link'] {
  const link = links.find((one) => one.linkId === linkId) ?? links[0];
  const { slug, settings, measurementId } = link;
  return { slug, look: lookOf(location, link), afterBooking: inLanguage(settings.afterBooking, language, location.defaultLanguage), measurementId };
}

function lookOf({ chainId }: LocationSettings, { settings: { accent, logo } }: BookingLink): WidgetSettings['look'] {
  return { colors: accent ? paletteOf(accent) : null, logo: logo && pictureAddress(chainId, logo) };
}

export function pictureAddress(chainId: string, pictureId: string): string {
  return `/pictures/${chainId}/${pictureId}`;
}

export function offersAnyStaff(location: Pick<LocationSettings, 'anyStaff'>, { settings }: Pick<BookingLink, 'settings'>): boolean {
  return location.anyStaff && settings.anyStaff;
}

/** What both speak; where that is nothing, the link says nothing. */
export function languagesOf(location: Pick<LocationSettings, 'languages'>, { settings }: Pick<BookingLink, 'settings'>): readonly string[] {
  const both = location.languages.filter((language) => settings.languages.includes(language));
  return both.length > 0 ? both : location.languages;
}

/** The location's policy as it is for who comes by this link. A service's own may still be stricter. */
export function policyOfLink(policy: CancellationPolicy, { settings }: Pick<BookingLink, 'settings'>): CancellationPolicy {
  return { ...policy, cancelOnline: settings.cancelling ?? policy.cancelOnline, moveOnline: settings.moving };
}

/** In this language, else in the other one, else in any. The language comes from an address: "toString" is none of ours. */
export function inLanguage(words: ByLanguage, language: string, otherwise: string): string {
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  return own || words[otherwise] || Object.values(words).find((text) => text) || '';
}
