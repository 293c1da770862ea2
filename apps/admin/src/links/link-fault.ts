import type { LinkWish } from '@holdfast/contract/booking-links';
import { slugFault } from '../location/slug.ts';
import type { TextKey } from '../words.tsx';

export const measurementIdPattern = /^G-[A-Z0-9]{4,20}$/;
const originPattern = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::[0-9]{1,5})?$/;

/** The first line that is no site's address, as the server sees it; undefined: all are. */
export function wrongOrigin(origins: readonly string[]): string | undefined {
  return origins.find((origin) => !originPattern.test(origin));
}

/** Why it cannot be saved yet; the same rules as the server's. */
export function linkFault({ name, slug, settings, measurementId, allowedOrigins }: LinkWish): TextKey | undefined {
  if (name.trim() === '') return 'links.add.name.hint';
  if (!settings.asksStaff && !settings.anyStaff) return 'links.any_staff.needed';
  if (settings.privacy && !Object.values(settings.privacy).some((text) => text?.trim())) return 'links.privacy.empty';
  if (measurementId !== null && !measurementIdPattern.test(measurementId)) return 'links.measurement_id.wrong';
  if (wrongOrigin(allowedOrigins)) return 'links.origins.about';
  return slugFault(slug);
}
