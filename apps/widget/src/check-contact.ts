import type { WidgetSettings } from '@holdfast/contract/widget-settings';
import type { Contact } from './booking-draft.ts';
import type { TextKey } from './words.tsx';

/** What the booking link asks for. */
type Asked = Pick<WidgetSettings, 'fields' | 'privacy'>;
export type ContactField = 'name' | 'phone' | 'email' | 'comment' | 'terms' | 'privacy';

/** What still has to be put right, in the order of the form. The server reads phone numbers properly; this only catches slips early. */
export function contactFaults(contact: Contact, { fields, privacy }: Asked): Partial<Record<ContactField, TextKey>> {
  const faults: Partial<Record<ContactField, TextKey>> = {};
  if (contact.name.trim() === '') faults.name = 'details.name_needed';
  const digits = contact.phone.replace(/\D/g, '').length;
  if (contact.phone.trim() === '') faults.phone = 'details.phone_needed';
  else if (digits < 6 || digits > 15) faults.phone = 'details.phone_wrong';
  if (contact.email.trim() === '') {
    if (fields.email === 'required') faults.email = 'details.email_needed';
  } else if (!/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(contact.email.trim())) faults.email = 'details.email_wrong';
  if (fields.comment === 'required' && contact.comment.trim() === '') faults.comment = 'details.comment_needed';
  if (!contact.terms) faults.terms = 'details.terms_needed';
  if (privacy && !contact.privacy) faults.privacy = 'details.privacy_needed';
  return faults;
}

export function isGood(contact: Contact, asked: Asked): boolean {
  return Object.keys(contactFaults(contact, asked)).length === 0;
}
