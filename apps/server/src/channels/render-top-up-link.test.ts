import type { TopUpLink } from '@holdfast/contract/accounts';
import { clientLanguages, directionOf } from '@holdfast/contract/client-language';
import { expect, test } from 'vitest';
import { renderTopUpLink } from './render-top-up-link.ts';

const link: TopUpLink = {
  state: 'ready',
  chainName: 'Linden & Salt',
  locationName: 'Alfama',
  address: 'Rua 1',
  phone: '+351 912 000 000',
  language: 'en',
  typeName: null,
  amountMinor: 5000,
  currency: 'EUR',
  company: { legalName: 'Linden Lda', registrationNumber: '500', legalAddress: 'Lisboa' },
  now: '2026-01-01T10:00:00.000Z',
};
const asked = { language: 'en', back: false, byItself: true, demo: false, files: undefined };

test('the page says what is paid, to whom, and begins the payment by itself', () => {
  const page = renderTopUpLink(link, asked);
  expect(page).toContain('Top up your account');
  expect(page).toContain('Pay €50');
  expect(page).toContain('Linden Lda');
  expect(page).toContain('data-by-itself');
  expect(renderTopUpLink(link, { ...asked, byItself: false })).not.toContain('data-by-itself');
  expect(renderTopUpLink(link, { ...asked, back: true }), 'who comes back without paying').toContain('Not paid yet');
});

test('where nothing can be paid there is no button, in every language', () => {
  for (const state of ['checking', 'paid', 'returned', 'cancelled', 'off'] as const) {
    for (const language of clientLanguages) {
      const page = renderTopUpLink({ ...link, state }, { ...asked, language });
      expect(page).toContain(`<html lang="${language}" dir="${directionOf(language)}">`);
      expect(page).not.toContain('<button');
      expect(page).not.toContain('undefined');
    }
  }
  expect(renderTopUpLink({ ...link, state: 'unavailable' }, asked)).toContain('Try again');
});

test('money of three digits and of none, and names that are markup, are shown as they are', () => {
  expect(renderTopUpLink({ ...link, currency: 'KWD', amountMinor: 12_345 }, asked)).toContain('12.345');
  expect(renderTopUpLink({ ...link, currency: 'JPY', amountMinor: 5000 }, asked)).toContain('5,000');
  const page = renderTopUpLink({ ...link, typeName: '<script>alert(1)</script>$&', locationName: '"><img>' }, asked);
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;$&amp;');
  expect(page).not.toContain('"><img>');
});
