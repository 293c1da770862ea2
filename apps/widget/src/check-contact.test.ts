import { expect, test } from 'vitest';
import { contactFaults, isGood } from './check-contact.ts';

const good = { name: 'Marta', phone: '912 345 678', email: '', comment: '', terms: true };

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
