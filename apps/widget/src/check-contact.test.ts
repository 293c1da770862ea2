import { expect, test } from 'vitest';
import * as check from './check-contact.ts';
import { plainPage } from './testing/plain-page.ts';

const good = { name: 'Marta', phone: '912 345 678', email: '', comment: '', terms: true, privacy: false };
const contactFaults = (contact: typeof good, asked = {}) => check.contactFaults(contact, { ...plainPage.widget, ...asked });
const isGood = (contact: typeof good) => check.isGood(contact, plainPage.widget);

test('a name, a number and the consent are enough', () => {
  expect(isGood(good)).toBe(true);
});

test('each thing that is missing or wrong is named beside its field', () => {
  expect(contactFaults({ ...good, name: '  ' })).toEqual({ name: 'details.name_needed' });
  expect(contactFaults({ ...good, phone: '' })).toEqual({ phone: 'details.phone_needed' });
  expect(contactFaults({ ...good, phone: '12 34' })).toEqual({ phone: 'details.phone_wrong' });
  expect(contactFaults({ ...good, phone: '1234567890123456' })).toEqual({ phone: 'details.phone_wrong' });
  expect(contactFaults({ ...good, email: 'marta@home' })).toEqual({ email: 'details.email_wrong' });
  expect(contactFaults({ ...good, terms: false })).toEqual({ terms: 'details.terms_needed' });
});

test('numbers are taken as people write them', () => {
  for (const phone of ['+351 912 345 678', '(050) 123-45-67', '0044.20.7946.0018']) expect(isGood({ ...good, phone })).toBe(true);
});

test('a salon may require an email address, a comment, and that people agree to what it does with their data', () => {
  const strict = { fields: { email: 'required', comment: 'required' }, privacy: 'We keep it.' };
  expect(contactFaults(good, strict)).toEqual({
    email: 'details.email_needed',
    comment: 'details.comment_needed',
    privacy: 'details.privacy_needed',
  });
  expect(contactFaults({ ...good, email: 'm@example.org', comment: 'Hi', privacy: true }, strict)).toEqual({});
});
