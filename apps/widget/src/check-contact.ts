import type { Contact } from './booking-draft.ts';
import type { TextKey } from './words.tsx';

export type ContactField = 'name' | 'phone' | 'email' | 'terms';

/** What still has to be put right, in the order of the form. The server reads phone numbers properly; this only catches slips early. */
export function contactFaults(contact: Contact): Partial<Record<ContactField, TextKey>> {
  const faults: Partial<Record<ContactField, TextKey>> = {};
  if (contact.name.trim() === '') faults.name = 'details.name_needed';
  const digits = contact.phone.replace(/\D/g, '').length;
  if (contact.phone.trim() === '') faults.phone = 'details.phone_needed';
  else if (digits < 6 || digits > 15) faults.phone = 'details.phone_wrong';
  if (contact.email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(contact.email.trim())) faults.email = 'details.email_wrong';
  if (!contact.terms) faults.terms = 'details.terms_needed';
  return faults;
}

export function isGood(contact: Contact): boolean {
  return Object.keys(contactFaults(contact)).length === 0;
}
