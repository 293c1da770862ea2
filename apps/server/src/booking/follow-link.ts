import type { BookingWish } from '@holdfast/contract/booking';
import type { BookingLink, LocationSettings } from '../catalog/catalog.ts';
import { Problem } from '../kit/problem.ts';
import { inLanguage, offersAnyStaff } from './settings-of-link.ts';

/** What somebody agreed to besides the terms, as it is kept with the appointment. */
export interface LinkConsent {
  readonly version: number;
  /** Empty: nothing was asked. */
  readonly privacy: string;
}

/**
 * Holds a wish against the settings of the booking link it came by. Refuses with `consent_needed` (the privacy text, or the rules of cancelling and moving, are
 * others by now), `invalid_request` (a contact field that is required) and `time_not_offered` ("any team member" where it is not offered).
 */
export function followLink(
  link: BookingLink,
  location: LocationSettings,
  wish: Pick<BookingWish, 'appointments' | 'client' | 'comment' | 'consent' | 'language'>,
): LinkConsent {
  const { fields, privacy } = link.settings;
  const text = privacy ? inLanguage(privacy, wish.language, location.defaultLanguage) : '';
  const given = wish.consent.link;
  if (given ? given.version !== link.consentVersion || (text !== '' && !given.privacy) : text !== '') {
    throw new Problem('consent_needed', 422, 'What the booking link asks to agree to has to be agreed to, in its present version.', {
      linkVersion: link.consentVersion,
    });
  }
  if (fields.email === 'required' && wish.client.email === '') throw missing('email');
  if (fields.comment === 'required' && wish.comment.trim() === '') throw missing('comment');
  const line = wish.appointments.findIndex(({ staffId }) => staffId === null);
  if (line >= 0 && !offersAnyStaff(location, link)) {
    throw new Problem('time_not_offered', 422, 'A team member has to be chosen here.', { line, reason: 'choose_staff' });
  }
  return { version: link.consentVersion, privacy: text };
}

function missing(field: string): Problem {
  return new Problem('invalid_request', 422, 'This booking link needs it.', { field });
}
