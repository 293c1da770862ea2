import { isDeepStrictEqual } from 'node:util';
import type { LinkWish } from '@holdfast/contract/booking-links';
import type { LinkSettings } from '@holdfast/contract/link-settings';

/** Whoever is just agreeing to it sees it anew: another privacy text, or other rules of cancelling and moving. */
export function asksAnew(before: LinkSettings, after: LinkSettings): boolean {
  const agreed = ({ privacy, cancelling, moving }: LinkSettings) => [privacy && said(privacy), cancelling, moving];
  return !isDeepStrictEqual(agreed(before), agreed(after));
}

/** Why these settings cannot be: the path of the first field that is wrong. */
export function linkFault({ settings, measurementId, apiSecret }: Pick<LinkWish, 'settings' | 'measurementId' | 'apiSecret'>): string | undefined {
  if (!settings.asksStaff && !settings.anyStaff) return 'settings.asksStaff';
  if (settings.privacy && Object.keys(said(settings.privacy)).length === 0) return 'settings.privacy';
  if (apiSecret && measurementId === null) return 'apiSecret';
  return undefined;
}

/** Words in a language in which nothing is said are no words. */
export function tidied(settings: LinkSettings): LinkSettings {
  return {
    ...settings,
    privacy: settings.privacy && said(settings.privacy),
    welcome: said(settings.welcome),
    afterBooking: said(settings.afterBooking),
  };
}

function said(words: LinkSettings['welcome']): LinkSettings['welcome'] {
  return Object.fromEntries(
    Object.entries(words)
      .filter(([, text]) => text)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
